import Foundation
import Records
import Testing

@testable import RecordLinkage

@Suite("Relatives: firms and their branches")
struct RelativesTests {
    /// Firms of which some have branches elsewhere, under the same name, ИНН and e-mail.
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 200, onlyLeft: 20, onlyRight: 20, seed: 91)
        for index in 0..<60 {
            var head = sample.firm()
            head.email = "info@head\(index).ru"
            sample.add(head)
            let elsewhere = sample.firm()
            var branch = head
            (branch.kpp, branch.address) = (elsewhere.kpp, elsewhere.address)
            branch.phone = elsewhere.phone
            if index < 45 {
                sample.add(branch)
            } else {
                // Nothing but place and telephone tells it from the head office.
                branch.kpp = nil
                sample.addRight(branch, id: "B\(index)")
            }
        }
        let engine = LinkageEngine(entity: sample.entity, options: .quick)
        return (sample, engine.explainedLink(left: sample.left, right: sample.right))
    }

    @Test("are learnt from pairs that keys tell apart")
    func learnt() throws {
        let (_, (result, _)) = try Self.run.get()
        let relatives = try #require(result.model.relatives)
        // Each head and branch of 45, both ways across the sides, and the 15 without a key.
        let (left, right) = (result.model.leftRecords, result.model.rightRecords)
        let expected = relatives.prior * Double(left) * Double(right)
        #expect(expected > 80 && expected < 130)
        let phone = try #require(result.model.comparisons.firstIndex { $0.name == "phone" })
        let bits = relatives.levelBits[phone]
        // They have telephones of their own.
        #expect(bits[0] < -2 && bits[bits.count - 1] > 1)
    }

    @Test("take from the evidence what they share, and leave enough where all agrees")
    func taken() throws {
        let (sample, (result, explainer)) = try Self.run.get()
        for pair in sample.pairs.prefix(200) where pair.error == .none {
            let found = try #require(explainer.explain(left: pair.left, right: pair.right))
            #expect(found.weightBits > 20 && found.probability > 0.999)
        }
        let branches = result.links.filter { $0.right.rawValue.hasPrefix("B") }
        #expect(branches.count <= 3)
        for link in branches { #expect(link.probability < 0.9) }
    }

    @Test("the bits of relatives are a summand of the weight")
    func sums() throws {
        let (sample, (_, explainer)) = try Self.run.get()
        var lowered = 0
        for left in sample.left.suffix(100) {
            for right in sample.right.suffix(100) {
                let found = try #require(explainer.explain(left: left.id, right: right.id))
                let sum = found.evidence.reduce(0) { $0 + $1.weightBits }
                #expect(abs(sum + found.relativesBits - found.weightBits) < 1e-3)
                if found.relativesBits < -3 { lowered += 1 }
            }
        }
        #expect(lowered >= 40)
    }

    @Test("stay with a model that is used again, and one that is damaged is not sound")
    func reused() throws {
        let (sample, (result, _)) = try Self.run.get()
        let text = try JSONEncoder().encode(result.model)
        let model = try JSONDecoder().decode(FittedModel.self, from: text)
        #expect(model.relatives == result.model.relatives && model.isSound)
        let again = LinkageEngine(entity: sample.entity, options: .quick, model: model)
            .link(left: sample.left, right: sample.right)
        #expect(again.links == result.links)
        var damaged = model
        damaged.relatives?.levelBits.removeLast()
        #expect(!damaged.isSound)
    }

    @Test("too few known are none")
    func few() throws {
        let sample = try CounterpartySample(pairs: 150, onlyLeft: 20, onlyRight: 20, seed: 92)
        let result = LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right)
        #expect(result.model.relatives == nil)
    }

    @Test("of one list are not joined, without a key that tells the sites of a firm")
    func sites() throws {
        var sample = try CounterpartySample(pairs: 0, seed: 93)
        var entity = sample.entity
        (entity.linkage.rules, entity.linkage.distinctions) = ([], [])
        var (records, siteOf) = ([Record](), [RecordID: String]())
        for number in 0..<160 {
            let firm = sample.firm()
            for site in 0..<(number < 60 ? 2 : 1) {
                let address = site == 0 ? firm.address : sample.firm().address
                for copy in 0..<2 {
                    let id = "\(number)-\(site)-\(copy)"
                    siteOf[RecordID(id)] = "\(number)-\(site)"
                    records.append(
                        sample.record(
                            id, ["name": firm.name, "phone": firm.phone, "address": address]))
                }
            }
        }
        let result = LinkageEngine(entity: entity, options: .quick).dedupe(records)
        let mixed = result.leftClusters.count { cluster in
            Set(cluster.members.map { siteOf[$0.id] }).count > 1
        }
        #expect(mixed <= 6)
        #expect(result.leftClusters.count >= 200)
    }
}
