import Records
import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Verdicts of people")
struct VerdictTests {
    private static let sample = Result {
        var sample = try CounterpartySample(pairs: 60, onlyLeft: 10, onlyRight: 10, seed: 61)
        for index in 0..<8 {
            var firm = sample.firm()
            sample.addLeft(firm, id: "A\(index)")
            sample.addRight(firm, id: "B\(index)")
            firm.phone = "8 495 765432\(index)"
            sample.addLeft(firm, id: "C\(index)")
        }
        return sample
    }

    private func link(_ known: [KnownPair]) throws -> LinkageResult {
        let sample = try Self.sample.get()
        return LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right, known: known)
    }

    private func pair(_ left: String, _ right: String, _ isSame: Bool) -> KnownPair {
        KnownPair(left: RecordID(left), right: RecordID(right), isSame: isSame)
    }

    @Test("without any, a duplicate and its counterpart are one thing")
    func none() throws {
        let result = try link([])
        #expect(result.leftClusters.map(\.line).contains("A0=C0"))
        #expect(Set(result.links.map(\.line)).isSuperset(of: ["A0=B0", "C0=B0"]))
    }

    @Test("what differs from the counterpart differs from all that a person says is the same as it")
    func consequence() throws {
        let known = [pair("A0", "B0", true), pair("C0", "B0", false)]
        let result = try link(known)
        #expect(result.links.map(\.line).contains("A0=B0"))
        #expect(!result.links.map(\.line).contains("C0=B0"))
        // The two look the same, but one is B0 and the other is not.
        #expect(!result.leftClusters.map(\.line).contains("A0=C0"))
    }

    @Test("two things that nothing speaks for are one when a person says so, all their parts")
    func same() throws {
        let result = try link([pair("A0", "B1", true)])
        let lines = Set(result.links.map(\.line))
        #expect(lines.contains("A0=B1"))
        let link = try #require(result.links.first { $0.line == "A0=B1" })
        #expect(link.reason.kind == .verdict && link.probability == 1)
    }

    @Test("contradictions are named, and the later verdict holds")
    func contradiction() throws {
        let known = [
            KnownPair(.left, RecordID("A0"), .left, RecordID("C0"), isSame: true),
            pair("A0", "B0", true), pair("C0", "B0", false),
        ]
        let result = try link(known)
        #expect(result.statistics.contradictedVerdicts == [known[0]])
        #expect(!result.links.map(\.line).contains("C0=B0"))
    }

    @Test("of two that differ on one side each has a counterpart of its own, or none")
    func differentOfOneSide() throws {
        let known = [
            KnownPair(.left, RecordID("C0"), .left, RecordID("A0"), isSame: false),
            pair("A0", "B0", true),
        ]
        let result = try link(known)
        #expect(!result.leftClusters.map(\.line).contains("A0=C0"))
        let lines = result.links.map(\.line)
        #expect(lines.contains("A0=B0") && !lines.contains("C0=B0"))
    }

    @Test("two of one side that only a person holds to be one have the counterparts of either")
    func sameOfOneSide() throws {
        // Two taxpayers: by their numbers, what fits the one cannot be the other.
        let result = try link([
            KnownPair(.right, RecordID("B1"), .right, RecordID("B0"), isSame: true)
        ])
        #expect(result.rightClusters.map(\.line).contains("B0=B1"))
        func counterparts(_ id: String) -> [String] {
            result.links.filter { $0.right == RecordID(id) }.map(\.left.rawValue)
        }
        #expect([["A0", "C0"], ["A1", "C1"]].contains(counterparts("B0")))
        #expect(counterparts("B0") == counterparts("B1"))
        // Nobody says that the counterparts are one.
        #expect(Set(result.leftClusters.map(\.line)).isSuperset(of: ["A0=C0", "A1=C1"]))
    }

    @Test("an id may be written in either case and in braces; one that is not there is counted")
    func unknown() throws {
        let known = [
            pair("a0", "{b1}", true), pair("A1", "nobody", true), pair("nobody", "B2", false),
            KnownPair(.left, RecordID("A2"), .left, RecordID("A2"), isSame: true),
        ]
        let result = try link(known)
        #expect(result.statistics.unknownVerdicts == 2)
        #expect(result.links.map(\.line).contains("A0=B1"))
    }

    @Test("whatever people say: what is the same is together, what differs never is")
    func random() throws {
        let sample = try Self.sample.get()
        var random = SeededNumbers(seed: 9)
        for isOneToOne in [false, true] {
            for _ in 0..<6 {
                let known = (0..<25).map { _ in
                    let (first, second) = (random.below(30), random.below(30))
                    return KnownPair(
                        left: sample.left[first + 40].id, right: sample.right[second + 40].id,
                        isSame: random.happens(0.4))
                }
                var options = LinkageOptions.quick
                options.isOneToOne = isOneToOne
                let result = LinkageEngine(entity: sample.entity, options: options)
                    .link(left: sample.left, right: sample.right, known: known)
                let thing = things(result, sample)
                let records = RecordList(left: sample.left, right: sample.right)
                let numbered = known.compactMap { pair -> VerdictClosure.Verdict? in
                    guard let first = records.find(pair.first, on: .left),
                        let second = records.find(pair.second, on: .right)
                    else { return nil }
                    return VerdictClosure.Verdict(
                        first: first, second: second, isSame: pair.isSame)
                }
                for (pair, isSame) in VerdictClosure(numbered).pairs {
                    let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                    #expect((thing[a] == thing[b]) == isSame)
                }
            }
        }
    }

    /// The thing of each record, by following links and clusters.
    private func things(_ result: LinkageResult, _ sample: CounterpartySample) -> [Int] {
        let records = RecordList(left: sample.left, right: sample.right)
        var thing = Array(0..<records.count)
        func join(_ a: Int?, _ b: Int?) {
            guard let a, let b, thing[a] != thing[b] else { return }
            let (from, into) = (thing[a], thing[b])
            for record in thing.indices where thing[record] == from { thing[record] = into }
        }
        for link in result.links {
            join(records.find(link.left, on: .left), records.find(link.right, on: .right))
        }
        for (side, clusters) in [(Side.left, result.leftClusters), (.right, result.rightClusters)] {
            for cluster in clusters {
                for member in cluster.members {
                    join(
                        records.find(cluster.members[0].id, on: side),
                        records.find(member.id, on: side))
                }
            }
        }
        return thing
    }

    @Test("duplicates never have two different valid ИНН, however alike the rest")
    func taxpayers() throws {
        var sample = try CounterpartySample(pairs: 80, seed: 62)
        for index in 0..<10 {
            var firm = sample.firm()
            sample.addLeft(firm, id: "G\(index)")
            firm.taxID = sample.firm().taxID
            sample.addLeft(firm, id: "H\(index)")
        }
        let result = LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right)
        #expect(result.leftClusters.isEmpty)
        let alone = LinkageEngine(entity: sample.entity, options: .quick).dedupe(sample.left)
        #expect(alone.leftClusters.isEmpty)
    }
}
