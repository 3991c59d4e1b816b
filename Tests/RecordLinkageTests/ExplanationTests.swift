import Foundation
import RecordLinkage
import Records
import Testing

@Suite("Explanations")
struct ExplanationTests {
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 120, onlyLeft: 10, onlyRight: 10, seed: 51)
        var branch = sample.firm()
        sample.addLeft(branch, id: "LB")
        let elsewhere = sample.firm()
        (branch.kpp, branch.address) = ("770143001", elsewhere.address)
        (branch.phone, branch.email) = (elsewhere.phone, elsewhere.email)
        sample.addRight(branch, id: "RB")
        let engine = LinkageEngine(entity: sample.entity, options: .quick)
        return (sample, engine.explainedLink(left: sample.left, right: sample.right))
    }

    @Test("the bits of all comparisons sum to the whole, and with the prior to the probability")
    func sums() throws {
        let (sample, (result, explainer)) = try Self.run.get()
        var explained = 0
        for left in sample.left.prefix(40) {
            for right in sample.right.prefix(40) {
                let found = try #require(explainer.explain(left: left.id, right: right.id))
                let sum =
                    found.evidence.reduce(0) { $0 + $1.weightBits } + found.relativesBits
                #expect(abs(sum - found.weightBits) < 1e-3)
                #expect(found.evidence.count == result.model.comparisons.count)
                #expect(found.probability >= 0 && found.probability <= 1)
                guard found.decidedBy == nil, !found.isDistinct else { continue }
                explained += 1
                let odds = exp2(min(60, max(-60, sum + found.priorBits + found.rivalBits)))
                #expect(abs(found.probability - odds / (1 + odds)) < 1e-4)
            }
        }
        #expect(explained > 500)
    }

    @Test("a link has the weight and the reason of its explanation")
    func links() throws {
        let (_, (result, explainer)) = try Self.run.get()
        #expect(!result.links.isEmpty)
        for link in result.links {
            let found = try #require(explainer.explain(left: link.left, right: link.right))
            #expect(abs(found.weightBits - link.weightBits) < 1e-3)
            #expect(found.decidedBy == (link.reason.kind == .model ? nil : link.reason))
        }
    }

    @Test("rarity is told apart from what the level is worth on average, whatever the names say")
    func rarity() throws {
        let (_, (result, explainer)) = try Self.run.get()
        for link in result.links {
            let found = try #require(explainer.explain(left: link.left, right: link.right))
            let isNameGiven = ["exact", "one error", "similar"].contains(found.evidence[0].level)
            for (evidence, learnt) in zip(found.evidence, result.model.comparisons) {
                #expect(evidence.comparison == learnt.name)
                let given = learnt.levelsGivenName
                let levels = isNameGiven && !given.isEmpty ? given : learnt.levels
                guard let level = levels.first(where: { $0.name == evidence.level }) else {
                    #expect(evidence.level == "no evidence" && evidence.weightBits == 0)
                    continue
                }
                let rest = evidence.weightBits - evidence.rarityBits
                // Without a measured rarity nothing is added or taken.
                #expect(evidence.rarityBits == 0 || abs(rest - level.weightBits) < 1e-3)
            }
        }
    }

    @Test("a branch is said to be one")
    func branch() throws {
        let (_, (_, explainer)) = try Self.run.get()
        let found = try #require(explainer.explain(left: RecordID("LB"), right: RecordID("RB")))
        #expect(found.isDistinct)
        #expect(found.decidedBy == nil)
        #expect(found.probability < 1e-9)
    }

    @Test("values are shown as they are compared")
    func values() throws {
        let (sample, (_, explainer)) = try Self.run.get()
        let pair = try #require(sample.pairs.first { $0.error == .taxIDSpaced })
        let found = try #require(explainer.explain(left: pair.left, right: pair.right))
        let number = try #require(found.evidence.first { $0.comparison == "tax_id" })
        #expect(number.level == "exact")
        #expect(number.leftValue == number.rightValue)
        #expect((try? TaxID(validating: number.leftValue)) != nil)
        // КПП says nothing more where the ИНН agrees.
        #expect(found.evidence.first { $0.comparison == "kpp" }?.level == "no evidence")
    }

    @Test("what is not known is not explained; a side's own pairs are, either way round")
    func sides() throws {
        let (sample, (_, explainer)) = try Self.run.get()
        #expect(explainer.explain(left: RecordID("L1"), right: RecordID("nobody")) == nil)
        #expect(explainer.explain(left: RecordID("R1"), right: RecordID("L1")) == nil)
        let (first, second) = (sample.left[0].id, sample.left[1].id)
        let there = try #require(explainer.explain(.left, first, second))
        let back = try #require(explainer.explain(.left, second, first))
        #expect(there.weightBits == back.weightBits)
        #expect(there.evidence.map(\.leftValue) == back.evidence.map(\.rightValue))
    }
}
