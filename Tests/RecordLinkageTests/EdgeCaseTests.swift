import RecordLinkage
import Records
import Testing

@Suite("Linking at the edges")
struct EdgeCaseTests {
    private func link(
        _ sample: CounterpartySample, _ left: [Record], _ right: [Record], known: [KnownPair] = [],
        _ change: (inout LinkageOptions) -> Void = { _ in }
    ) -> LinkageResult {
        var options = LinkageOptions.quick
        change(&options)
        return LinkageEngine(entity: sample.entity, options: options)
            .link(left: left, right: right, known: known)
    }

    private func expectSound(_ result: LinkageResult) {
        for link in result.links {
            #expect(link.probability >= 0 && link.probability <= 1 && link.weightBits.isFinite)
        }
        for cluster in result.leftClusters + result.rightClusters {
            #expect(cluster.members.count > 1)
            #expect(cluster.members.allSatisfy { $0.probability >= 0 && $0.probability <= 1 })
        }
        for level in result.model.comparisons.flatMap(\.levels) {
            #expect(level.m > 0 && level.m <= 1 && level.u > 0 && level.weightBits.isFinite)
        }
        let priors = [result.model.prior, result.model.leftPrior, result.model.rightPrior]
        #expect(priors.allSatisfy { $0 >= 0 && $0 <= 0.5 })
    }

    @Test("empty sides have no links", arguments: [(0, 0), (0, 5), (5, 0), (0, 1), (1, 0)])
    func empty(left: Int, right: Int) throws {
        let sample = try CounterpartySample(pairs: 0, onlyLeft: left, onlyRight: right, seed: 1)
        let result = link(sample, sample.left, sample.right)
        #expect(result.links.isEmpty)
        #expect(result.statistics.leftRecords == left)
        #expect(result.statistics.rightRecords == right)
        expectSound(result)
    }

    @Test("one record a side is linked by its number, and not to another number")
    func single() throws {
        let same = try CounterpartySample(pairs: 1, seed: 2)
        #expect(link(same, same.left, same.right).links.map(\.line) == ["L1=R1"])
        let other = try CounterpartySample(pairs: 0, onlyLeft: 1, onlyRight: 1, seed: 3)
        #expect(link(other, other.left, other.right).links.isEmpty)
    }

    @Test("one record against many finds its own")
    func oneAgainstMany() throws {
        let sample = try CounterpartySample(pairs: 1, onlyRight: 200, seed: 4)
        #expect(link(sample, sample.left, sample.right).links.map(\.line) == ["L1=R1"])
    }

    @Test("records without any value are linked to nothing", arguments: [1, 300])
    func valueless(count: Int) throws {
        let sample = try CounterpartySample(pairs: 0, seed: 5)
        let records = (0..<count).map { sample.record("\($0)", [:]) }
        let result = link(sample, records, records)
        #expect(result.links.isEmpty && result.leftClusters.isEmpty)
        expectSound(result)
    }

    @Test("placeholders are no values: «нет», «-» and noughts tie nothing together")
    func placeholders() throws {
        let sample = try CounterpartySample(pairs: 0, seed: 6)
        let records = (0..<40).map { index in
            sample.record(
                "\(index)",
                ["tax_id": "0000000000", "kpp": "-", "phone": "нет", "email": "-", "address": "-"])
        }
        let result = link(sample, records, records)
        #expect(result.links.isEmpty && result.leftClusters.isEmpty)
    }

    @Test("many equal records without a number end, and in order", arguments: [2, 30, 400])
    func allEqual(count: Int) throws {
        let sample = try CounterpartySample(pairs: 0, seed: 7)
        let records = (0..<count).map {
            sample.record("\($0)", ["name": "ООО Ромашка", "phone": "8 495 123-45-67"])
        }
        let result = link(sample, records, records)
        expectSound(result)
        #expect(link(sample, records.reversed(), records) == result)
    }

    @Test("a block that runs away is left out and counted, and does not hide the others")
    func runaway() throws {
        var sample = try CounterpartySample(pairs: 60, seed: 8)
        // Everyone's phone is the portal's own.
        let phone = try #require(sample.entity.index(of: FieldName("phone")))
        sample = sample.mapping { record in
            var record = record
            record.fields[phone] = .texts(["8 800 555-35-35"])
            return record
        }
        let others = (0..<400).map {
            sample.record("P\($0)", ["name": "Лид \($0)", "phone": "8 800 555-35-35"])
        }
        let result = link(sample, sample.left + others, sample.right)
        let block = try #require(result.statistics.blocking.first { $0.rule == "phone" })
        #expect(block.skippedBlocks == 1 && block.pairs == 0)
        let truth = Set(sample.pairs.map(\.line))
        #expect(result.links.count { truth.contains($0.line) } >= 57)
        #expect(result.links.count { !truth.contains($0.line) } <= 2)
        expectSound(result)
    }

    @Test(
        "values of ten thousand characters, control characters and foreign scripts are borne",
        .timeLimit(.minutes(10)))
    func oddValues() throws {
        let sample = try CounterpartySample(pairs: 30, seed: 9)
        let odd = [
            String(repeating: "а", count: 10_000), String(repeating: "слово ", count: 2_000),
            "\u{0}", "\u{301}\u{301}", "🌼", "花店", "ООО \u{202E}акшамоР", "((((((((", "&#0;",
            String(repeating: "7", count: 10_000), "\u{FFFD}", " ",
        ]
        let fields = ["name", "tax_id", "kpp", "registration_number", "phone", "email", "address"]
        let records = odd.enumerated().map { index, text in
            sample.record("O\(index)", Dictionary(uniqueKeysWithValues: fields.map { ($0, text) }))
        }
        let result = link(sample, sample.left + records, sample.right)
        expectSound(result)
        let truth = Set(sample.pairs.map(\.line))
        #expect(result.links.count { truth.contains($0.line) } >= 28)
        // The limit that was applied is said, once for a column.
        let limits = result.statistics.appliedLimits
        #expect(limits.map(\.fields) == ["name,full_name"] && limits.map(\.count) == [1])
        #expect(limits.map(\.limit) == [40] && limits.map(\.kind) == [.wordsOfText])
    }

    @Test("one to one, no record has two counterparts, and none is doubled")
    func oneToOne() throws {
        var sample = try CounterpartySample(pairs: 60, seed: 10)
        for index in 0..<15 {
            let firm = sample.firm()
            for copy in ["a", "b"] { sample.addLeft(firm, id: "LD\(index)\(copy)") }
            for copy in ["a", "b", "c"] { sample.addRight(firm, id: "RD\(index)\(copy)") }
        }
        let free = link(sample, sample.left, sample.right)
        let bound = link(sample, sample.left, sample.right) { $0.isOneToOne = true }
        #expect(free.links.count { $0.line.hasPrefix("LD") } == 15 * 6)
        #expect(bound.links.count { $0.line.hasPrefix("LD") } == 15 * 2)
        #expect(Set(bound.links.map(\.left)).count == bound.links.count)
        #expect(Set(bound.links.map(\.right)).count == bound.links.count)
        #expect(bound.leftClusters.isEmpty && bound.rightClusters.isEmpty)
        #expect(bound.links.allSatisfy { $0.isAssigned })
    }

    @Test("without it, exactly one pair of each thing is assigned and the others follow from it")
    func assigned() throws {
        var sample = try CounterpartySample(pairs: 60, seed: 12)
        let firm = sample.firm()
        for copy in ["a", "b"] { sample.addLeft(firm, id: "LD\(copy)") }
        for copy in ["a", "b"] { sample.addRight(firm, id: "RD\(copy)") }
        let links = link(sample, sample.left, sample.right).links.filter { $0.line.hasPrefix("LD") }
        #expect(links.map(\.line) == ["LDa=RDa", "LDa=RDb", "LDb=RDa", "LDb=RDb"])
        #expect(links.map(\.isAssigned) == [true, false, false, false])
        #expect(links.dropFirst().allSatisfy { $0.reason.kind == .cluster })
    }

    @Test(
        "whatever little is asked of a link, what is known to be apart is none",
        arguments: [0.0, 1e-12])
    func noThreshold(least: Double) throws {
        var sample = try CounterpartySample(pairs: 60, seed: 14)
        let firm = sample.firm()
        var branch = firm
        branch.kpp = "770201001"
        sample.addLeft(firm, id: "LX")
        sample.addRight(branch, id: "RX")
        let refused = try #require(sample.pairs.first)
        let known = [KnownPair(left: refused.left, right: refused.right, isSame: false)]
        sample.addLeft(branch, id: "LY")
        var options = LinkageOptions.quick
        options.threshold = least
        let result = LinkageEngine(entity: sample.entity, options: options)
            .link(left: sample.left, right: sample.right, known: known)
        let lines = result.links.map(\.line)
        #expect(!lines.contains("LX=RX") && lines.contains("LY=RX"))
        #expect(!lines.contains(refused.line))
    }

    @Test(
        "what the caller throws between two stages ends the work", arguments: LinkageStage.allCases)
    func cancelled(stage: LinkageStage) throws {
        struct CalledOff: Error {}
        let sample = try CounterpartySample(pairs: 20, seed: 15)
        let fields = sample.entity.fields.count
        var begun: [LinkageStage] = []
        #expect(throws: CalledOff.self) {
            _ = try LinkageEngine(entity: sample.entity, options: .quick)
                .explainedLink(
                    left: RecordTable(sample.left, fieldCount: fields),
                    right: RecordTable(sample.right, fieldCount: fields)
                ) {
                    begun.append($0)
                    if $0 == stage { throw CalledOff() }
                }
        }
        #expect(begun.last == stage)
    }

    @Test("a higher threshold only takes links away")
    func threshold() throws {
        let sample = try CounterpartySample(pairs: 100, seed: 13)
        let results = [0.05, 0.5, 0.95, 0.999999].map { least in
            link(sample, sample.left, sample.right) { $0.threshold = least }
        }
        for (looser, stricter) in zip(results, results.dropFirst()) {
            #expect(Set(stricter.links.map(\.line)).isSubset(of: looser.links.map(\.line)))
        }
        #expect(results[3].links.allSatisfy { $0.probability >= 0.999999 })
    }
}

extension CounterpartySample {
    /// The sample with one more right record.
    func adding(right record: Record) -> Self { with(left: left, right: right + [record]) }

    /// The sample with every record changed.
    func mapping(_ change: (Record) -> Record) -> Self {
        with(left: left.map(change), right: right.map(change))
    }
}
