import Foundation
import Records
import Testing

@testable import RecordLinkage

@Suite("Models that were learnt before")
struct ModelReuseTests {
    private static let run = Result {
        let sample = try CounterpartySample(pairs: 150, onlyLeft: 20, onlyRight: 30, seed: 71)
        let engine = LinkageEngine(entity: sample.entity, options: .quick)
        return (sample, engine.link(left: sample.left, right: sample.right))
    }

    private func link(
        _ sample: CounterpartySample, model: FittedModel? = nil, fallback: FittedModel? = nil
    ) -> LinkageResult {
        LinkageEngine(
            entity: sample.entity, options: .quick, model: model, fallback: fallback
        ).link(left: sample.left, right: sample.right)
    }

    @Test("the same records are linked the same by the model that they taught, through a file too")
    func same() throws {
        let (sample, result) = try Self.run.get()
        let text = try JSONEncoder().encode(result.model)
        let model = try JSONDecoder().decode(FittedModel.self, from: text)
        #expect(model == result.model && model.isSound)
        let again = link(sample, model: model)
        #expect(again.links == result.links)
        #expect(again.leftClusters == result.leftClusters)
        #expect(again.model.origin == .reused)
        var expected = result.model
        expected.origin = .reused
        #expect(again.model == expected)
    }

    @Test("other records are linked by it, with priors for their number")
    func others() throws {
        let (_, result) = try Self.run.get()
        let other = try CounterpartySample(pairs: 40, onlyLeft: 5, onlyRight: 5, seed: 72)
        let again = link(other, model: result.model)
        let truth = Set(other.pairs.map(\.line))
        #expect(again.links.count { truth.contains($0.line) } >= 38)
        #expect(again.links.count { !truth.contains($0.line) } <= 1)
        // As many records have a counterpart, so that a random pair of fewer is likelier to match.
        let (before, after) = (result.model, again.model)
        let share = before.prior * Double(max(before.leftRecords, before.rightRecords))
        #expect(
            abs(after.prior * Double(max(after.leftRecords, after.rightRecords)) - share) < 1e-9)
        #expect(after.comparisons.map(\.levels) == before.comparisons.map(\.levels))
    }

    @Test("a model of two sources finds the duplicates of one")
    func oneSource() throws {
        let (sample, result) = try Self.run.get()
        let records = sample.left + sample.right
        let engine = LinkageEngine(entity: sample.entity, options: .quick, model: result.model)
        let found = engine.dedupe(records)
        #expect(found.model.origin == .reused)
        #expect(found.leftClusters.count > 130)
    }

    @Test("a model that does not know a comparison, or its levels, is not used, and it is said")
    func misfit() throws {
        let (sample, result) = try Self.run.get()
        var model = result.model
        model.comparisons.removeAll { $0.name == "phone" }
        let without = link(sample, model: model)
        #expect(without.statistics.learning.misfit == .comparisonUnknown("phone"))
        #expect(without.model.origin == .trained)
        model = result.model
        model.comparisons[0].levels[0].name = "identical"
        let other = link(sample, model: model)
        #expect(other.statistics.learning.misfit == .levelsDiffer("name"))
        #expect(other.links == result.links)
    }

    @Test("records that cannot teach a model are weighed by the one to fall back on")
    func fallback() throws {
        let (_, result) = try Self.run.get()
        let few = try CounterpartySample(pairs: 8, seed: 73)
        let alone = link(few)
        #expect(alone.model.origin == .assumed)
        guard case .tooFewMatches = alone.statistics.learning.refusal else {
            Issue.record("eight pairs taught a model")
            return
        }
        let helped = link(few, fallback: result.model)
        #expect(helped.model.origin == .shipped)
        #expect(helped.statistics.learning.refusal != nil)
        #expect(helped.links.count == 8)
        // Enough records teach their own.
        let (sample, _) = try Self.run.get()
        #expect(link(sample, fallback: result.model).model.origin == .trained)
    }

    @Test("a shipped model is believed half: a difference weighs less against")
    func softened() throws {
        let (_, result) = try Self.run.get()
        let few = try CounterpartySample(pairs: 8, seed: 73)
        let helped = link(few, fallback: result.model).model
        for comparison in helped.comparisons {
            #expect(comparison.levels.allSatisfy { $0.rarityCorrections.isEmpty })
            if comparison.name == "tax_id" || comparison.name == "phone" {
                let bits = comparison.levels.map(\.weightBits)
                #expect(bits == bits.sorted(by: >))
                #expect(try #require(bits.last) > -6)
            }
        }
        #expect(helped.isSound)
    }

    @Test("what tells nothing apart teaches nothing")
    func nothingTells() throws {
        let sample = try CounterpartySample(pairs: 0, seed: 74)
        let records = (0..<200).map { sample.record("\($0)", ["legal_kind": "organization"]) }
        let result = link(sample.with(left: records, right: records))
        #expect(result.model.origin == .assumed && result.statistics.learning.refusal != nil)
    }

    @Test("a damaged model is not sound")
    func damaged() throws {
        let (_, result) = try Self.run.get()
        var model = result.model
        model.prior = 0
        #expect(!model.isSound)
        model = result.model
        model.comparisons[0].levels[1].m = .nan
        #expect(!model.isSound)
        model = result.model
        model.comparisons[0].levels[0].rarityCorrections = [1, 2]
        #expect(!model.isSound)
    }

    @Test("two models are compared by the pairs that change side")
    func comparison() throws {
        let (sample, _) = try Self.run.get()
        let engine = LinkageEngine(entity: sample.entity, options: .quick)
        let first = engine.explainedLink(left: sample.left, right: sample.right)
        #expect(
            ModelComparison(first, first)
                == {
                    var same = ModelComparison(first, first)
                    same.changed = []
                    return same
                }())
        // A model to which a different phone says all: pairs whose phone changed are lost.
        var model = first.result.model
        for index in model.comparisons.indices where model.comparisons[index].name == "phone" {
            let last = model.comparisons[index].levels.count - 1
            model.comparisons[index].levels[last].weightBits = -60
            if !model.comparisons[index].levelsGivenName.isEmpty {
                model.comparisons[index].levelsGivenName[last].weightBits = -60
            }
        }
        let second = LinkageEngine(entity: sample.entity, options: .quick, model: model)
            .explainedLink(left: sample.left, right: sample.right)
        let changes = ModelComparison(first, second)
        let (old, new) = (
            Set(first.result.links.map(\.line)), Set(second.result.links.map(\.line))
        )
        #expect(changes.kept == old.intersection(new).count)
        #expect(
            Set(changes.changed.filter { !$0.isGained }.map { "\($0.left)=\($0.right)" })
                == old.subtracting(new))
        #expect(
            Set(changes.changed.filter(\.isGained).map { "\($0.left)=\($0.right)" })
                == new.subtracting(old))
    }

    @Test("the fingerprint knows ids and values, not the order of the rows")
    func fingerprint() throws {
        let (sample, _) = try Self.run.get()
        let own = LinkageEngine.fingerprint(left: sample.left, right: sample.right)
        #expect(
            own == LinkageEngine.fingerprint(left: sample.left.reversed(), right: sample.right))
        #expect(own != LinkageEngine.fingerprint(left: sample.right, right: sample.left))
        var changed = sample.left
        changed[3].fields[0] = .text("ООО Другое")
        #expect(own != LinkageEngine.fingerprint(left: changed, right: sample.right))
    }
}
