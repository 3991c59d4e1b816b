internal import Definitions
public import FileSource
public import Foundation
public import RecordLinkage
public import Records

/// Links two files, or finds the duplicates of one: no database, no configuration.
public struct FileLinking: Sendable {
    private let entity: EntityDefinition
    private let model: FittedModel?
    private let fallback: FittedModel?
    private let progress: any ProgressDisplay

    /// Makes a linking of files.
    ///
    /// - Parameters:
    ///   - entity: What their records are.
    ///   - model: A model to use instead of learning one.
    ///   - fallback: The model for files that cannot teach one.
    ///   - progress: Told how far it has come, and which columns were recognised.
    public init(
        entity: EntityDefinition, model: FittedModel? = nil, fallback: FittedModel? = nil,
        progress: any ProgressDisplay
    ) {
        self.entity = entity
        self.model = model
        self.fallback = fallback
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

    /// What linking two files gave.
    public struct Linked: Sendable {
        /// The links.
        public var result: LinkageResult
        /// The means to explain any pair.
        public var explainer: LinkageExplainer
        /// The model for a file, where it was asked for.
        public var modelFile: ModelFile?
    }

    /// Links two files.
    ///
    /// - Parameters:
    ///   - left: The one file.
    ///   - right: The other file.
    ///   - known: Decisions of people, which are never overridden.
    ///   - options: Settings of the engine.
    ///   - savesModel: Whether the model will be written.
    /// - Returns: The result, and the means to explain any pair.
    /// - Throws: `FileError` when a file cannot be read to its end; ``ConfigurationError`` when the
    ///   model does not fit the files; `CancellationError` between two stages.
    public func link(
        left: Input, right: Input, known: [KnownPair] = [],
        options: LinkageOptions = LinkageOptions(), savesModel: Bool = false
    ) async throws -> Linked {
        async let leftReading = read(left)
        async let rightReading = read(right)
        let (leftTable, rightTable) = try await (leftReading, rightReading)
        let stage = ProgressStage("link")
        progress.begin(stage)
        let (result, explainer) = try engine(options).explainedLink(
            left: leftTable, right: rightTable, known: known
        ) { try begin($0, of: stage) }
        try Task.checkCancellation()
        progress.end(
            stage,
            result: "\(result.links.count) links, \(result.statistics.linksToReview) of them for "
                + "review, \(result.statistics.scoredPairs) pairs scored")
        try refuseMisfit(result)
        warn(of: result)
        let file =
            savesModel
            ? ModelFile(
                entity: entity.name,
                data: LinkageEngine.fingerprint(left: leftTable, right: rightTable),
                model: result.model) : nil
        return Linked(result: result, explainer: explainer, modelFile: file)
    }

    /// Links two files, matching only what changed since a memory was kept; it is kept where there is
    /// none that fits.
    ///
    /// - Parameters:
    ///   - left: The one file.
    ///   - right: The other file.
    ///   - known: Decisions of people, all of them.
    ///   - options: Settings of the engine.
    ///   - memory: The file of the memory.
    /// - Returns: The result.
    /// - Throws: `FileError` when a file cannot be read to its end; ``ConfigurationError`` when the
    ///   memory cannot be written.
    public func link(
        left: Input, right: Input, known: [KnownPair] = [],
        options: LinkageOptions = LinkageOptions(), memory: URL
    ) async throws -> LinkageResult {
        let file = MemoryFile(memory)
        let key = StableHash.of(
            [ProgramVersion.current, String(describing: entity.linkage)]
                + entity.fields.map { "\($0.name) \($0.type) \($0.isMultiple)" })
        let kept = file.read(key: key)
        async let leftReading = readChanges(left, .left, kept)
        async let rightReading = readChanges(right, .right, kept)
        let (leftTable, rightTable) = try await (leftReading, rightReading)
        let stage = ProgressStage("link")
        progress.begin(stage)
        var matched = "all matched, as there is no memory that fits"
        if let kept {
            do throws(MemoryRefusal) {
                let (result, changes) = try engine(options).link(
                    left: leftTable.changes, right: rightTable.changes, known: known, memory: kept
                ) { progress.note(stage, $0.rawValue) }
                progress.end(
                    stage,
                    result: "\(result.links.count) links; \(changes.changed) records changed, "
                        + "\(changes.decidedAgain) matched again")
                warn(of: result)
                return result
            } catch {
                matched = "all matched, as \(error.explanation)"
            }
        }
        let (leftAll, rightAll) = (try leftTable.all(), try rightTable.all())
        let remembered = try engine(options).rememberedLink(
            left: leftAll.table, right: rightAll.table, known: known
        ) { try begin($0, of: stage) }
        try Task.checkCancellation()
        let result = remembered.result
        var new = remembered.memory
        if let prints = leftAll.prints { new = new?.adding(prints, of: .left) }
        if let prints = rightAll.prints { new = new?.adding(prints, of: .right) }
        progress.end(stage, result: "\(result.links.count) links; \(matched)")
        warn(of: result)
        guard let new else {
            progress.warn(
                "these records leave no memory: texts are compared as a whole, or ids repeat")
            return result
        }
        do {
            try file.write(new, key: key)
        } catch {
            throw ConfigurationError("the memory \(memory.path) cannot be written: \(error)")
        }
        return result
    }

    /// Tells that the engine begins a stage, unless the work was called off: nothing is written then.
    private func begin(_ part: LinkageStage, of stage: ProgressStage) throws {
        try Task.checkCancellation()
        progress.note(stage, part.rawValue)
    }

    private func engine(_ options: LinkageOptions) -> LinkageEngine {
        LinkageEngine(entity: entity, options: options, model: model, fallback: fallback)
    }

    /// A model that was asked for and does not fit must not be replaced unseen.
    private func refuseMisfit(_ result: LinkageResult) throws {
        guard model != nil, let misfit = result.statistics.learning.misfit else { return }
        throw ConfigurationError(
            "the model does not fit these files: \(misfit.explanation). Leave --model out to train "
                + "one, or name the entity file that it was trained with")
    }

    /// Finds the duplicates of a file.
    ///
    /// - Parameters:
    ///   - input: The file.
    ///   - known: Decisions of people; the side of every record is `left`.
    ///   - options: Settings of the engine.
    /// - Returns: The groups of records that are the same thing.
    /// - Throws: `FileError` when the file cannot be read to its end.
    public func dedupe(
        _ input: Input, known: [KnownPair] = [], options: LinkageOptions = LinkageOptions()
    ) async throws -> [Cluster] {
        let records = try await read(input)
        let stage = ProgressStage("find duplicates")
        progress.begin(stage)
        let result = try engine(options).dedupe(records, known: known) {
            try begin($0, of: stage)
        }
        try Task.checkCancellation()
        progress.end(stage, result: "\(result.leftClusters.count) groups")
        try refuseMisfit(result)
        warn(of: result)
        return result.leftClusters
    }

    private func warn(of result: LinkageResult) {
        ResultWarnings(result).tell(progress)
        let unknown = result.statistics.unknownVerdicts
        guard unknown > 0 else { return }
        progress.warn("\(unknown) verdicts name records that are not in the files and say nothing")
    }

    private func read(_ input: Input) async throws -> RecordTable {
        let stage = ProgressStage("read \(input.file.lastPathComponent)")
        progress.begin(stage)
        let (table, summary) = try await RecordFile(
            input.file, entity: entity, options: input.options
        ).readTable { share in progress.advance(stage, done: Int(share * 100), total: 100) }
        tell(summary, of: input, stage)
        return table
    }

    /// Says what was read.
    private func tell(_ summary: RecordFile.Summary, of input: Input, _ stage: ProgressStage) {
        progress.end(
            stage,
            result:
                "\(summary.recordCount) records; id \(summary.roles.idHeader); "
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
            (summary.disagreeingCount, "documents have rows that say different things of them"),
        ] where count > 0 {
            progress.warn("\(input.file.lastPathComponent): \(count) \(what)")
        }
    }

    // MARK: What changed

    /// A file of which maybe not all was read.
    private struct Changes: Sendable {
        var changes: ChangedTable
        /// The file, where what was not read can be.
        var file: OpenRecordFile?
        /// What tells next time which rows are the same, where all was read.
        var prints: RowPrints?

        /// All records.
        func all() throws -> (table: RecordTable, prints: RowPrints?) {
            guard changes.origins != nil, let file else { return (changes.read, prints) }
            let (table, _, prints) = try file.table()
            return (table, prints)
        }
    }

    /// Reads what changed in a file since a memory was made, or all of it.
    private func readChanges(
        _ input: Input, _ side: Side, _ memory: LinkageMemory?
    ) async throws -> Changes {
        let record = RecordFile(input.file, entity: entity, options: input.options)
        guard let file = try record.open() else {
            return Changes(changes: ChangedTable(try await read(input)))
        }
        let stage = ProgressStage("read \(input.file.lastPathComponent)")
        progress.begin(stage)
        func show(_ share: Double) {
            progress.advance(stage, done: Int(share * 100), total: 100)
        }
        // Where something cannot be read, reading all of it says on which line.
        if let memory, let prints = memory.prints(of: side),
            let found = try? file.changes(
                since: prints, rowThen: memory.rows(of: side), progress: show)
        {
            tell(found.summary, of: input, stage)
            return Changes(changes: found.table, file: file)
        }
        let (table, summary, prints) = try file.table(progress: show)
        tell(summary, of: input, stage)
        return Changes(changes: ChangedTable(table), prints: prints)
    }
}
