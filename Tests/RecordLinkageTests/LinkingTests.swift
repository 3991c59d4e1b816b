import RecordLinkage
import Records
import Testing

@Suite("Linking two sources")
struct LinkingTests {
    /// Sources with every kind of planted error, linked once for all tests of the suite.
    private static let run = Result {
        let sample = try CounterpartySample(pairs: 300, onlyLeft: 60, onlyRight: 60, seed: 11)
        let engine = LinkageEngine(entity: sample.entity, options: .quick)
        return (sample, engine.link(left: sample.left, right: sample.right))
    }

    @Test(
        "finds the planted pairs in spite of their errors",
        arguments: CounterpartySample.Error.allCases)
    func recall(error: CounterpartySample.Error) throws {
        let (sample, result) = try Self.run.get()
        let found = Set(result.links.map(\.line))
        let planted = sample.pairs.filter { $0.error == error }
        let missed = planted.filter { !found.contains($0.line) }
        #expect(planted.count == 30)
        #expect(missed.count <= 1, "\(missed)")
    }

    @Test("finds next to nothing that was not planted")
    func precision() throws {
        let (sample, result) = try Self.run.get()
        let truth = Set(sample.pairs.map(\.line))
        let wrong = result.links.filter { !truth.contains($0.line) }
        #expect(wrong.count <= 2, "\(wrong)")
        #expect(result.leftClusters.isEmpty)
        #expect(result.rightClusters.isEmpty)
    }

    @Test("probabilities lie between nought and one, above the threshold, and weights are numbers")
    func probabilities() throws {
        let (_, result) = try Self.run.get()
        for link in result.links {
            #expect(link.probability >= 0.5 && link.probability <= 1)
            #expect(link.weightBits.isFinite)
        }
        #expect(result.model.hasConverged)
        #expect(result.model.prior > 0 && result.model.prior < 0.5)
    }

    @Test("learns that agreement speaks for a match, more for numbers than for a legal form")
    func weights() throws {
        let (_, result) = try Self.run.get()
        func level(_ comparison: String, _ index: Int) -> Double? {
            result.model.comparisons.first { $0.name == comparison }?.levels[index].weightBits
        }
        let number = try #require(level("tax_id", 0))
        let form = try #require(level("legal_form", 0))
        #expect(number > 5 && number > form)
        #expect(try #require(level("name", 0)) > 5)
        #expect(try #require(level("phone", 0)) > 5)
        let different = try #require(
            result.model.comparisons.first { $0.name == "tax_id" }?.levels.last)
        #expect(different.weightBits < 0)
    }

    @Test("links are sorted, each pair once")
    func shape() throws {
        let (sample, result) = try Self.run.get()
        let sorted = result.links.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
        #expect(Array(result.links) == sorted)
        #expect(Set(result.links.map(\.line)).count == result.links.count)
        #expect(result.statistics.leftRecords == sample.left.count)
        #expect(result.statistics.rightRecords == sample.right.count)
        #expect(result.statistics.scoredPairs > result.links.count)
    }

    @Test("an equal ИНН and КПП is decided by the rule of that name, an error in it by the model")
    func reasons() throws {
        let (sample, result) = try Self.run.get()
        for link in result.links {
            let pair = sample.pairs.first { $0.line == link.line }
            switch pair?.error {
            case .taxIDTyping, .taxIDMissing: #expect(link.reason.kind == .model)
            case nil: continue
            default: #expect(link.reason == LinkReason(.rule, detail: "tax_id+kpp"))
            }
        }
    }
}
