import Foundation
import Records
import Testing

@testable import RecordLinkage

@Suite("Match, review, non-match")
struct ZoneTests {
    private static let sample = Result {
        try CounterpartySample(pairs: 200, onlyLeft: 40, onlyRight: 40, seed: 91)
    }

    private func link(precision: Double) throws -> (LinkageResult, LinkageExplainer) {
        let sample = try Self.sample.get()
        var entity = sample.entity
        entity.linkage.zones = DecisionZones(targetPrecision: precision, leastReview: 0.05)
        return LinkageEngine(entity: entity, options: .quick)
            .explainedLink(left: sample.left, right: sample.right)
    }

    @Test(
        "links that stand unseen are expected to be as precise as is aimed for, and no more are kept"
    )
    func target() throws {
        for precision in [0.9, 0.99, 0.9999, 0.999999] {
            let (result, _) = try link(precision: precision)
            let seen = Set(
                result.review.filter { $0.doubt != .justMissed }.map { "\($0.left)=\($0.right)" })
            // What ids and keys decide neither counts nor is held to it.
            let links = result.links.filter { $0.reason.kind.isOfModel }
            #expect(!links.isEmpty)
            let unseen = links.filter { !seen.contains($0.line) }.map(\.probability)
            #expect(unseen.reduce(0, +) >= precision * Double(unseen.count) - 1e-9)
            #expect(unseen.allSatisfy { $0 >= result.matchThreshold })
            // The surest of those for review would spoil it.
            let doubted = links.filter { seen.contains($0.line) }.map(\.probability)
            if let next = doubted.max(), next < 1 {
                let more = unseen + doubted.filter { $0 == next }
                #expect(more.reduce(0, +) < precision * Double(more.count) + 1e-9)
            }
            #expect(result.statistics.linksToReview == seen.count)
        }
    }

    @Test("links that keys decide do not let doubtful ones stand unseen")
    func sure() throws {
        let (result, _) = try link(precision: 0.99)
        let links = (0..<2_000).map { number in
            Link(
                left: RecordID("L\(number)"), right: RecordID("R\(number)"),
                reason: LinkReason(number < 20 ? .model : .rule, detail: ""),
                probability: number < 20 ? 0.7 : 0.9999, weightBits: 0, isAssigned: true)
        }
        var decisions = Decisions()
        decisions.links = LinkList(links)
        decisions.linked = links.indices.map { UInt64($0) << 32 | UInt64(2_000 + $0) }
        decisions.isTied = links.map { _ in false }
        let drawn = LinkageResult(
            decisions, model: result.model, zones: DecisionZones(targetPrecision: 0.99))
        #expect(drawn.review.map(\.left) == links.prefix(20).map(\.left))
        #expect(drawn.review.allSatisfy { $0.doubt == .unsure && $0.reason.kind == .model })
    }

    @Test("what just missed has no link, and one of its records has none at all")
    func missed() throws {
        var sample = try CounterpartySample(pairs: 200, onlyLeft: 40, onlyRight: 40, seed: 92)
        // From next to nothing in common to nearly everything: some lie between.
        var (left, right) = (sample.left, sample.right)
        for kind in 0..<32 {
            let firm = sample.firm()
            var other = sample.firm()
            other.words[0] = firm.words[0]
            if kind & 1 != 0 { other.email = firm.email }
            if kind & 2 != 0 { other.phone = firm.phone }
            if kind & 4 != 0 { other.address = firm.address }
            if kind & 8 != 0 { other.words = [other.words[1], firm.words[1]] }
            left.append(sample.record("LX\(kind)", firm))
            var values = ["name": other.name, "phone": other.phone, "address": other.address]
            values["email"] = other.email
            right.append(sample.record("RX\(kind)", values))
        }
        var entity = sample.entity
        entity.linkage.zones = DecisionZones(targetPrecision: 0.99, leastReview: 0.002)
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        #expect(result.review.contains { $0.doubt == .justMissed })
        let links = Set(result.links.map(\.line))
        let (lefts, rights) = (Set(result.links.map(\.left)), Set(result.links.map(\.right)))
        for pair in result.review where pair.doubt == .justMissed {
            #expect(!links.contains("\(pair.left)=\(pair.right)"))
            #expect(!lefts.contains(pair.left) || !rights.contains(pair.right))
            #expect(pair.probability >= 0.002 - 1e-6)
            #expect(!pair.reason.detail.isEmpty)
        }
    }

    @Test("a run is measured against the truth: shares, reliability and what each rule finds")
    func evaluation() throws {
        let sample = try Self.sample.get()
        let (result, explainer) = try link(precision: 0.99)
        let truth = sample.pairs.map { ($0.left, $0.right) }
        let evaluation = explainer.evaluate(
            result, truth: truth + [(RecordID("gone"), RecordID("gone"))])
        let lines = Set(sample.pairs.map(\.line))
        #expect(evaluation.truePairs == 200)
        #expect(evaluation.links.count == result.links.count)
        #expect(evaluation.links.right == result.links.count { lines.contains($0.line) })
        #expect(evaluation.matchZone.count + evaluation.reviewZone.count == result.links.count)
        #expect(evaluation.recall == Double(evaluation.links.right) / 200)
        #expect(evaluation.f1 > 0.95)
        let inBins = evaluation.reliability.reduce(0) { $0 + $1.pairs.right }
        #expect(inBins == evaluation.comparedPairs)
        for bin in evaluation.reliability {
            let count = Double(bin.pairs.count)
            #expect(
                bin.promised >= bin.from * count - 1e-9 && bin.promised <= bin.to * count + 1e-9)
        }
        // Of ten kinds of planted errors three touch the number: a typing error, none, and spaces.
        let number = try #require(evaluation.rules.first { $0.rule == "tax_id" })
        #expect(number.found == 160 && number.sharing == 160)
        #expect(evaluation.rules.allSatisfy { $0.found <= evaluation.comparedPairs })
        #expect(evaluation.comparedPairs >= 198)
    }
}
