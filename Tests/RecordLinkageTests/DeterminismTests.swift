import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("The same records give the same result")
struct DeterminismTests {
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 120, onlyLeft: 20, onlyRight: 20, seed: 31)
        for index in 0..<10 {
            var firm = sample.firm()
            sample.addLeft(firm, id: "D\(index)")
            firm.phone = "8 495 765432\(index)"
            sample.addLeft(firm, id: "E\(index)")
        }
        return (sample, link(sample.left, sample.right, sample.entity))
    }

    private static func link(
        _ left: [Record], _ right: [Record], _ entity: EntityDefinition,
        _ change: (inout LinkageOptions) -> Void = { _ in }
    ) -> LinkageResult {
        var options = LinkageOptions.quick
        change(&options)
        return LinkageEngine(entity: entity, options: options).link(left: left, right: right)
    }

    @Test("in any order of the rows", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) throws {
        let (sample, result) = try Self.run.get()
        var random = SeededNumbers(seed: seed)
        let again = Self.link(
            sample.left.shuffled(using: &random), sample.right.shuffled(using: &random),
            sample.entity)
        #expect(again == result)
        #expect(!result.links.isEmpty && !result.leftClusters.isEmpty)
    }

    @Test("on any number of threads", arguments: [1, 2, 3, 8])
    func threads(count: Int) throws {
        let (sample, result) = try Self.run.get()
        #expect(
            Self.link(sample.left, sample.right, sample.entity) { $0.threads = count } == result)
    }

    @Test("on any number of threads where the records fill several chunks")
    func manyChunks() throws {
        // 4 096 texts and 8 192 keys a chunk: three of the one, two of the other.
        var sample = try CounterpartySample(pairs: 0, seed: 32)
        let records = (0..<9_000).map { sample.record("\($0)", ["name": sample.word()]) }
        func dedupe(threads: Int) -> LinkageResult {
            var options = LinkageOptions.quick
            options.threads = threads
            return LinkageEngine(entity: sample.entity, options: options).dedupe(records)
        }
        let result = dedupe(threads: 1)
        #expect(dedupe(threads: 4) == result)
        #expect(result.statistics.scoredPairs > 1_000)
    }

    @Test("in any order, on any number of threads, where two sides fill several chunks")
    func manyChunksOfTwoSides() throws {
        let sample = try CounterpartySample(pairs: 5_000, onlyLeft: 300, onlyRight: 300, seed: 33)
        let result = Self.link(sample.left, sample.right, sample.entity) { $0.threads = 1 }
        var random = SeededNumbers(seed: 33)
        let again = Self.link(
            sample.left.shuffled(using: &random), sample.right.shuffled(using: &random),
            sample.entity
        ) { $0.threads = 4 }
        #expect(again == result)
        #expect(result.links.count > 4_500 && result.statistics.scoredPairs > 5_000)
    }

    @Test("another seed of the random pairs changes no decision here")
    func seed() throws {
        let (sample, result) = try Self.run.get()
        let other = Self.link(sample.left, sample.right, sample.entity) { $0.seed = 99 }
        #expect(other.model.seed == 99)
        #expect(other.links.map(\.line) == result.links.map(\.line))
    }

    @Test("the sides may change places")
    func sides() throws {
        let (sample, result) = try Self.run.get()
        let turned = Self.link(sample.right, sample.left, sample.entity)
        let found = Set(result.links.map { "\($0.left)=\($0.right)" })
        #expect(Set(turned.links.map { "\($0.right)=\($0.left)" }) == found)
        #expect(turned.rightClusters.map(\.line) == result.leftClusters.map(\.line))
    }
}
