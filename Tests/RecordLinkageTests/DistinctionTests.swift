import RecordLinkage
import Records
import Testing

@Suite("What must stay apart")
struct DistinctionTests {
    /// A background of plain pairs, from which the model learns, and hard cases among them.
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 160, seed: 21)
        // Branches: one ИНН and one name, each its own КПП; both sides keep all.
        for company in 0..<8 {
            var head = sample.firm()
            for branch in 0..<3 {
                head.kpp = "77010\(1 + branch)00\(1 + company)"
                head.address = sample.firm().address
                sample.addLeft(head, id: "LB\(company)-\(branch)")
                sample.addRight(head, id: "RB\(company)-\(branch)")
            }
        }
        // Namesakes: one name, two taxpayers, both valid.
        for name in 0..<10 {
            let words = [sample.word()]
            sample.addLeft(sample.firm(words: words), id: "LN\(name)")
            sample.addRight(sample.firm(words: words), id: "RN\(name)")
        }
        // A group: one name, phone, e-mail, address and КПП, two taxpayers a digit or two apart.
        for group in 0..<6 {
            let first = sample.firm(taxID: CounterpartySample.taxID(770_100_000 + UInt64(group)))
            var second = first
            second.taxID = CounterpartySample.taxID(770_100_100 + UInt64(group))
            sample.addLeft(first, id: "LG\(group)a")
            sample.addRight(second, id: "RG\(group)b")
            sample.addLeft(second, id: "LG\(group)b")
            sample.addRight(first, id: "RG\(group)a")
        }
        // Neighbours: two firms of two names whose mail is with one small provider.
        for bridge in 0..<5 {
            var (first, second) = (sample.firm(), sample.firm())
            first.email = "first\(bridge)@bridge.ru"
            second.email = "second\(bridge)@bridge.ru"
            sample.addLeft(first, id: "LX\(bridge)")
            sample.addRight(second, id: "RX\(bridge)")
        }
        return (
            sample,
            LinkageEngine(entity: sample.entity, options: .quick)
                .link(left: sample.left, right: sample.right)
        )
    }

    @Test("each branch is linked to itself and to no other branch")
    func branches() throws {
        let (_, result) = try Self.run.get()
        let links = Set(result.links.map(\.line).filter { $0.hasPrefix("LB") })
        var expected: Set<String> = []
        for company in 0..<8 {
            for branch in 0..<3 { expected.insert("LB\(company)-\(branch)=RB\(company)-\(branch)") }
        }
        #expect(links == expected)
        #expect(!result.leftClusters.contains { $0.line.contains("LB") })
        #expect(!result.rightClusters.contains { $0.line.contains("RB") })
        #expect(result.statistics.distinctPairs >= 8 * 3 * 4)
    }

    @Test("namesakes, and firms that a bridge could tie, stay alone", arguments: ["N", "X"])
    func namesakes(kind: String) throws {
        let (_, result) = try Self.run.get()
        let lines = (result.links.map(\.line) + result.leftClusters.map(\.line))
        #expect(!lines.contains { $0.contains("L\(kind)") || $0.contains("R\(kind)") })
    }

    @Test("companies of a group are linked to themselves, however alike they are")
    func companies() throws {
        let (_, result) = try Self.run.get()
        let links = result.links.map(\.line).filter { $0.hasPrefix("LG") }
        #expect(
            links == (0..<6).flatMap { ["LG\($0)a=RG\($0)a", "LG\($0)b=RG\($0)b"] })
    }

    @Test("one valid number that stands for another by mistake does not part two records")
    func mistakenNumber() throws {
        var sample = try CounterpartySample(pairs: 160, seed: 23)
        let firm = sample.firm(taxID: CounterpartySample.taxID(770_100_000))
        var mistaken = firm
        mistaken.taxID = CounterpartySample.taxID(770_300_000)
        sample.addLeft(firm, id: "LM")
        sample.addRight(mistaken, id: "RM")
        let result = LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right)
        #expect(result.links.map(\.line).contains("LM=RM"))
    }

    @Test("no group holds two valid taxpayer numbers")
    func groups() throws {
        let (sample, result) = try Self.run.get()
        let index = try #require(sample.entity.index(of: FieldName("tax_id")))
        var taxIDs: [RecordID: TaxID] = [:]
        for record in sample.left + sample.right {
            taxIDs[record.id] = record[index]?.texts.first.flatMap { TaxIDReading($0)?.taxID }
        }
        for link in result.links {
            guard let left = taxIDs[link.left], let right = taxIDs[link.right] else { continue }
            #expect(left == right, "\(link.line)")
        }
        for cluster in result.leftClusters + result.rightClusters {
            #expect(Set(cluster.members.compactMap { taxIDs[$0.id] }).count <= 1)
        }
    }

    @Test("a chain of half-filled records does not tie two taxpayers together")
    func bridges() throws {
        var sample = try CounterpartySample(pairs: 120, seed: 22)
        var (first, second) = (sample.firm(), sample.firm())
        first.email = "mail@first.ru"
        second.email = "mail@second.ru"
        sample.addLeft(first, id: "LA")
        sample.addLeft(second, id: "LZ")
        sample.addRight(first, id: "RA")
        sample.addRight(second, id: "RZ")
        // Knows the first by phone and name, the second by e-mail; has no number of its own.
        sample = sample.adding(
            right: sample.record(
                "RM", ["name": first.name, "phone": first.phone, "email": "mail@second.ru"]))
        let result = LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right)
        let lines = Set(result.links.map(\.line))
        #expect(lines.isSuperset(of: ["LA=RA", "LZ=RZ"]))
        #expect(lines.isDisjoint(with: ["LA=RZ", "LZ=RA"]))
        #expect(!(lines.contains("LA=RM") && lines.contains("LZ=RM")))
    }
}
