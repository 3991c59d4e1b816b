internal import Definitions
public import FileSource
public import Foundation
public import RecordLinkage
public import Records

/// Links two files, or finds the duplicates of one: no database, no configuration.
public struct FileLinking: Sendable {
    private let entity: EntityDefinition
    private let progress: any ProgressDisplay

    /// Makes a linking of files.
    ///
    /// - Parameters:
    ///   - entity: What their records are.
    ///   - progress: Told how far it has come, and which columns were recognised.
    public init(entity: EntityDefinition, progress: any ProgressDisplay) {
        self.entity = entity
        self.progress = progress
    }

    /// A file and how it is written.
    public struct Input: Sendable {
        /// The file.
        public var file: URL
        /// How it is written.
        public var options: RecordFile.Options

        /// Makes an input.
        public init(_ file: URL, options: RecordFile.Options = RecordFile.Options()) {
            self.file = file
            self.options = options
        }
    }

    /// Links two files.
    ///
    /// - Parameters:
    ///   - left: The one file.
    ///   - right: The other file.
    ///   - options: Settings of the engine.
    /// - Returns: The result, and the means to explain any pair.
    /// - Throws: `FileError` when a file cannot be read to its end.
    public func link(
        left: Input, right: Input, options: LinkageOptions = LinkageOptions()
    ) async throws -> (result: LinkageResult, explainer: LinkageExplainer) {
        async let leftReading = read(left)
        async let rightReading = read(right)
        let (leftTable, rightTable) = try await (leftReading, rightReading)
        let stage = ProgressStage("link")
        progress.begin(stage)
        let linked = LinkageEngine(entity: entity, options: options).explainedLink(
            left: leftTable, right: rightTable
        ) { progress.note(stage, $0.rawValue) }
        progress.end(
            stage,
            result: "\(linked.result.links.count) links, "
                + "\(linked.result.statistics.scoredPairs) pairs scored")
        warn(of: linked.result)
        return linked
    }

    /// Finds the duplicates of a file.
    ///
    /// - Throws: `FileError` when the file cannot be read to its end.
    public func dedupe(
        _ input: Input, options: LinkageOptions = LinkageOptions()
    ) async throws -> [Cluster] {
        let records = try await read(input)
        let stage = ProgressStage("find duplicates")
        progress.begin(stage)
        let result = LinkageEngine(entity: entity, options: options).dedupe(records) {
            progress.note(stage, $0.rawValue)
        }
        progress.end(stage, result: "\(result.leftClusters.count) groups")
        warn(of: result)
        return result.leftClusters
    }

    /// Says which blocks were too large, so that their pairs were not looked at, and whether the
    /// model learnt.
    private func warn(of result: LinkageResult) {
        for rule in result.statistics.blocking where rule.skippedBlocks > 0 {
            progress.warn(
                "\(rule.rule): \(rule.skippedBlocks) values that more than \(rule.limit) records "
                    + "share (the most: \(rule.largestBlock)) were not used to find pairs; other "
                    + "rules still find them")
        }
        if !result.model.hasConverged {
            progress.warn(
                "the model did not come to rest in \(result.model.iterations) rounds; look at "
                    + "doubtful pairs with --explain")
        }
    }

    private func read(_ input: Input) async throws -> RecordTable {
        let stage = ProgressStage("read \(input.file.lastPathComponent)")
        progress.begin(stage)
        let (table, summary) = try await RecordFile(
            input.file, entity: entity, options: input.options
        ).readTable { share in progress.advance(stage, done: Int(share * 100), total: 100) }
        progress.end(
            stage,
            result:
                "\(table.count) records; id \(summary.roles.idHeader); "
                + summary.roles.recognised.joined(separator: ", "))
        if !summary.roles.ignored.isEmpty {
            progress.warn(
                "\(input.file.lastPathComponent): columns not used: "
                    + summary.roles.ignored.joined(separator: ", "))
        }
        for (count, what) in [
            (summary.withoutIDCount, "rows without id were left out"),
            (summary.repeatedCount, "rows repeat an id and were left out"),
            (summary.raggedCount, "rows have more or fewer cells than the header"),
        ] where count > 0 {
            progress.warn("\(input.file.lastPathComponent): \(count) \(what)")
        }
        return table
    }
}
