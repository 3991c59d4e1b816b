import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Duplicates of one source")
struct DedupeTests {
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 0, onlyLeft: 150, seed: 41)
        // Ten firms that stand twice and five that stand three times, typed anew each time.
        for index in 0..<15 {
            let firm = sample.firm()
            sample.addLeft(firm, id: "D\(index)-a")
            var again = firm
            again.words = again.words.map { $0.uppercased() }
            again.phone = "8 495 7654\(100 + index)"
            sample.addLeft(again, id: "D\(index)-b")
            guard index >= 10 else { continue }
            var third = sample.record("D\(index)-c", firm)
            for name in ["tax_id", "kpp"] {
                if let place = sample.entity.index(of: FieldName(name)) {
                    third.fields[place] = nil
                }
            }
            sample = sample.with(left: sample.left + [third], right: [])
        }
        var options = LinkageOptions.quick
        options.seed = 5
        let engine = LinkageEngine(entity: sample.entity, options: options)
        return (sample, engine, engine.dedupe(sample.left))
    }

    @Test("the planted ones are found, whole, and no others")
    func clusters() throws {
        let (_, _, result) = try Self.run.get()
        let planted = (0..<15).map { index in
            (index < 10 ? ["a", "b"] : ["a", "b", "c"]).map { "D\(index)-\($0)" }
                .joined(separator: "=")
        }
        #expect(Set(result.leftClusters.map(\.line)) == Set(planted))
        #expect(result.rightClusters.isEmpty && result.links.isEmpty)
    }

    @Test("each has its members in the order of their ids, with probabilities and a reason")
    func shape() throws {
        let (_, _, result) = try Self.run.get()
        for cluster in result.leftClusters {
            #expect(cluster.members.map(\.id) == cluster.members.map(\.id).sorted())
            #expect(cluster.members.allSatisfy { $0.probability >= 0.5 && $0.probability <= 1 })
            #expect(cluster.reason == LinkReason(.rule, detail: "tax_id+kpp"))
        }
        let firsts = result.leftClusters.compactMap(\.members.first?.id)
        #expect(firsts == firsts.sorted())
    }

    @Test("the order of the rows does not matter")
    func order() throws {
        let (sample, engine, result) = try Self.run.get()
        var random = SeededNumbers(seed: 1)
        #expect(engine.dedupe(sample.left.shuffled(using: &random)) == result)
    }

    @Test("a person's decision goes before everything, both ways")
    func verdicts() throws {
        let (sample, engine, _) = try Self.run.get()
        let others = sample.left.filter { !$0.id.rawValue.hasPrefix("D") }.prefix(2).map(\.id)
        let result = engine.dedupe(
            sample.left,
            known: [
                KnownPair(.left, RecordID("D0-a"), .left, RecordID("D0-b"), isSame: false),
                KnownPair(.left, others[0], .left, others[1], isSame: true),
            ])
        #expect(!result.leftClusters.contains { $0.line.contains("D0-") })
        let decided = try #require(
            result.leftClusters.first { $0.members.contains { $0.id == others[0] } })
        #expect(decided.members.map(\.id) == others.sorted())
        #expect(decided.reason.kind == .verdict)
        #expect(decided.members.allSatisfy { $0.probability > 0.999 })
    }

    @Test("none, one and two records", arguments: [0, 1, 2])
    func few(count: Int) throws {
        let (sample, engine, _) = try Self.run.get()
        let result = engine.dedupe(
            sample.left.filter { $0.id.rawValue.hasPrefix("D3-") }.prefix(count) + [])
        #expect(result.leftClusters.map(\.line) == (count == 2 ? ["D3-a=D3-b"] : []))
    }
}
