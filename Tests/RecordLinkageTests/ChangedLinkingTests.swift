import Foundation
import Records
import Testing

@testable import RecordLinkage

@Suite("A night on which little changed")
struct ChangedLinkingTests {
    @Test("without changes, what stands is what the full run decided")
    func nothingChanged() throws {
        let night = try Night(seed: 1)
        let (full, memory) = try night.remembered()
        let again = try night.link(memory)
        Night.expectSame(again.result, full)
        #expect(again.changes.changed == 0)
        #expect(again.changes.decidedAgain == 0)
    }

    @Test("all records matched by the model of a memory are linked as they were")
    func sameModel() throws {
        let night = try Night(seed: 2)
        let (full, memory) = try night.remembered()
        Night.expectSame(try night.link(memory, everything: true).result, full)
    }

    @Test(
        "what changed is linked as if all were matched by the same model",
        arguments: [UInt64](1...12))
    func likeAll(seed: UInt64) throws {
        var night = try Night(seed: seed)
        let (_, memory) = try night.remembered()
        // Some nights after the full run; each looks at all that changed since.
        for _ in 0..<3 {
            night.change(records: 6)
            let again = try night.link(memory)
            Night.expectSame(again.result, try night.link(memory, everything: true).result)
            #expect(again.changes.decidedAgain < night.left.count + night.right.count)
        }
    }

    @Test("records of which it is known that they say the same need not be at hand")
    func unread() throws {
        for seed in UInt64(1)...6 {
            let then = try Night(seed: seed, verdicts: 2)
            let (_, memory) = try then.remembered()
            var night = then
            night.change(records: 8)
            let expected = try night.link(memory).result
            Night.expectSame(try night.link(memory, knowing: then), expected)
            // All of them in another order.
            (night.left, night.right) = (night.left.reversed(), night.right.reversed())
            Night.expectSame(try night.link(memory, knowing: then), expected)
        }
    }

    @Test("a source that is written while it is read is refused")
    func written() throws {
        let then = try Night(seed: 3)
        let (_, memory) = try then.remembered()
        var night = then
        night.change(records: 8)
        #expect(throws: MemoryRefusal.sourceChanged) {
            try night.link(memory, knowing: then, isWritten: true)
        }
    }

    @Test("verdicts that come and are taken back change what they decided, and nothing else does")
    func verdicts() throws {
        for seed in UInt64(1)...6 {
            var night = try Night(seed: seed, verdicts: 4)
            let (_, memory) = try night.remembered()
            night.decide(pairs: 3)
            Night.expectSame(
                try night.link(memory).result,
                try night.link(memory, everything: true).result)
            night.verdicts.removeFirst(2)
            night.change(records: 2)
            Night.expectSame(
                try night.link(memory).result,
                try night.link(memory, everything: true).result)
        }
    }

    @Test("verdicts about two records of one side are followed, and taken back, likewise")
    func verdictsOfOneSide() throws {
        for seed in UInt64(1)...3 {
            var night = try Night(seed: seed)
            let (full, memory) = try night.remembered()
            let doubled = try #require(full.leftClusters.first).members.map(\.id)
            let ofClusters = Set(full.rightClusters.flatMap { $0.members.map(\.id) })
            let others = full.links.filter(\.isAssigned).map(\.right)
                .filter { !ofClusters.contains($0) }
            try #require(others.count > 1)
            night.verdicts = [
                KnownPair(.left, doubled[0], .left, doubled[1], isSame: false),
                KnownPair(.right, others[0], .right, others[1], isSame: true),
            ]
            let again = try night.link(memory)
            #expect(again.changes.changed == 0 && again.changes.decidedAgain > 3)
            func isOne(_ clusters: [Cluster], _ ids: ArraySlice<RecordID>) -> Bool {
                clusters.contains { Set($0.members.map(\.id)).isSuperset(of: ids) }
            }
            #expect(!isOne(again.result.leftClusters, doubled.prefix(2)))
            #expect(isOne(again.result.rightClusters, others.prefix(2)))
            Night.expectSame(again.result, try night.link(memory, everything: true).result)
            let (_, decided) = try night.remembered()
            night.verdicts = []
            Night.expectSame(
                try night.link(decided).result,
                try night.link(decided, everything: true).result)
            Night.expectSame(try night.link(memory).result, full)
        }
    }

    @Test("blocks that pass their limit, either way, change the candidates of all their records")
    func limits() throws {
        for seed in UInt64(1)...4 {
            var night = try Night(seed: seed, sharing: 10, largestBlock: 10)
            let (full, memory) = try night.remembered()
            let limited = full.statistics.blocking.filter { $0.limit == 10 }
            #expect(!limited.isEmpty)
            night.share(more: seed % 2 == 0)
            let again = try night.link(memory)
            Night.expectSame(again.result, try night.link(memory, everything: true).result)
            // More than the record that changed.
            #expect(again.changes.concerned > 5)
        }
    }

    @Test("limits that the full run reached are said again on nights on which little changed")
    func warnings() throws {
        var night = try Night(seed: 9)
        let name = try #require(night.entity.index(of: FieldName("name")))
        let taxID = try #require(night.entity.index(of: FieldName("tax_id")))
        night.left[0].fields[name] = .text((0..<200).map { "слово\($0)" }.joined(separator: " "))
        for record in 1...60 {
            night.left[record].fields[taxID] = .text(CounterpartySample.taxID(770_000_123))
        }
        let (full, memory) = try night.remembered()
        #expect(!full.statistics.appliedLimits.isEmpty && !full.statistics.commonValues.isEmpty)
        night.change(records: 3)
        let again = try night.link(memory).result.statistics
        #expect(again.appliedLimits == full.statistics.appliedLimits)
        #expect(again.commonValues == full.statistics.commonValues)
    }

    @Test("why a model did not fit is kept, too")
    func misfit() throws {
        var full = LinkageStatistics()
        full.learning.misfit = .levelsDiffer("phone")
        let json = try JSONEncoder().encode(MemoryStatistics(full))
        let kept = try JSONDecoder().decode(MemoryStatistics.self, from: json)
        var again = LinkageStatistics()
        kept.add(to: &again, LinkageStatistics())
        #expect(again.learning == full.learning)
    }

    @Test("one list of records: duplicates found again only where something changed")
    func oneList() throws {
        for seed in UInt64(1)...4 {
            var night = try Night(seed: seed, isSingle: true)
            let (full, memory) = try night.remembered()
            #expect(!full.leftClusters.isEmpty)
            Night.expectSame(try night.link(memory, everything: true).result, full)
            night.change(records: 5)
            Night.expectSame(
                try night.link(memory).result,
                try night.link(memory, everything: true).result)
        }
    }

    @Test("the order of rows and the number of threads do not matter")
    func order() throws {
        var night = try Night(seed: 7)
        let (_, memory) = try night.remembered()
        night.change(records: 6)
        let result = try night.link(memory).result
        night.left.reverse()
        night.right.swapAt(3, 40)
        night.options.threads = 1
        Night.expectSame(try night.link(memory).result, result)
    }

    @Test("an id that leads somewhere only now links the record that carries it")
    func danglingID() throws {
        var night = try Night(seed: 3)
        let field = try #require(night.entity.index(of: FieldName("other_id")))
        night.right[5].fields[field] = .text("L-new")
        let (full, memory) = try night.remembered()
        let id = RecordID("L-new")
        #expect(!full.links.contains { $0.left == id })
        var new = night.left[20]
        new.id = id
        night.left.append(new)
        let again = try night.link(memory)
        #expect(again.result.links.contains { $0.left == id && $0.right == night.right[5].id })
        Night.expectSame(again.result, try night.link(memory, everything: true).result)
    }

    @Test("a pair is explained as the changed night decided it")
    func explained() throws {
        var night = try Night(seed: 8, verdicts: 2)
        let (_, memory) = try night.remembered()
        night.change(records: 8)
        let links = try night.link(memory).result.links
        let explainer = try night.explainer(memory)
        for link in links {
            let account = try #require(explainer.account(left: link.left, right: link.right))
            #expect(account.explanation.weightBits == link.weightBits)
            switch account.outcome {
            case .assigned: #expect(link.isAssigned)
            case .followed: #expect(!link.isAssigned)
            default: Issue.record("\(link.left) and \(link.right) are not \(account.outcome)")
            }
        }
    }

    @Test("a memory is refused where it cannot serve")
    func refusals() throws {
        var night = try Night(seed: 4)
        let (_, memory) = try night.remembered()
        #expect(throws: MemoryRefusal.unfitting) {
            try night.link(LinkageMemory([]))
        }
        var other = night
        other.options.threshold = 0.7
        #expect(throws: MemoryRefusal.unfitting) { try other.link(memory) }
        other = night
        other.left.append(night.left[3])
        #expect(throws: MemoryRefusal.repeatedIDs) { try other.link(memory) }
        night.change(records: 100)
        #expect(throws: MemoryRefusal.self) { try night.link(memory, mostChanged: 0.05) }
    }

    @Test("a field that was empty and is filled now asks for a full run")
    func fieldFilled() throws {
        var night = try Night(seed: 5)
        let field = try #require(night.entity.index(of: FieldName("registration_number")))
        let (_, memory) = try night.remembered()
        night.right[2].fields[field] = .text("1027700132195")
        #expect(throws: MemoryRefusal.fieldFilled("registration_number")) {
            try night.link(memory)
        }
    }

    @Test("ids that are repeated leave no memory")
    func repeatedIDs() throws {
        var night = try Night(seed: 6)
        night.left.append(night.left[0])
        #expect(night.rememberedOrNot().memory == nil)
    }
}
