public import Records

/// Finds which records of two sources, or of one, are the same thing.
///
/// Pure: no clock, no input or output, no random source but a seeded one. The same records,
/// definition and options give the same result, whatever the order of the rows or the number of
/// threads.
///
/// The way of a run: values are normalised and numbered; blocking rules propose pairs; each pair is
/// compared field by field into levels of agreement; expectation maximisation learns what a level
/// is worth (Fellegi–Sunter), rare values counting more than frequent ones; verdicts, explicit ids
/// and key rules decide before the model; records of both sides are joined into things by all
/// evidence between them, for and against.
public struct LinkageEngine: Sendable {
    /// The entity.
    public let entity: EntityDefinition
    /// The settings.
    public let options: LinkageOptions
    /// A model that was learnt before, used instead of learning.
    public let model: FittedModel?
    /// A model for records that cannot teach one.
    public let fallback: FittedModel?

    /// Makes an engine for an entity.
    ///
    /// - Parameters:
    ///   - entity: What the records are.
    ///   - options: The settings.
    ///   - model: A model to use instead of learning one. Where it does not fit the records, one is
    ///     learnt all the same, and ``LinkageStatistics/learning`` says why.
    ///   - fallback: The model for records that are too few, or too alike, to teach one.
    public init(
        entity: EntityDefinition, options: LinkageOptions = LinkageOptions(),
        model: FittedModel? = nil, fallback: FittedModel? = nil
    ) {
        self.entity = entity
        self.options = options
        self.model = model
        self.fallback = fallback
    }

    /// Links two sources and finds the duplicates in both.
    ///
    /// - Parameters:
    ///   - left: The records of one source.
    ///   - right: The records of the other.
    ///   - known: Decisions of people, which are never overridden.
    ///   - progress: Told when a stage begins.
    /// - Returns: Links, duplicates, and the model behind them.
    public func link(
        left: [Record], right: [Record], known: [KnownPair] = [],
        progress: (LinkageStage) -> Void = { _ in }
    ) -> LinkageResult {
        solve(list(left, right), known: known, progress: progress).decide().result
    }

    /// Finds the duplicates in one source.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - known: Decisions of people; the side of every record is `left`.
    ///   - progress: Told when a stage begins.
    /// - Returns: The clusters, as ``LinkageResult/leftClusters``, and the model.
    public func dedupe(
        _ records: [Record], known: [KnownPair] = [],
        progress: (LinkageStage) -> Void = { _ in }
    ) -> LinkageResult {
        solve(list(records, []), known: known, progress: progress).decide().result
    }

    /// Links two sources and keeps what explanations need.
    ///
    /// - Returns: The result, and the means to explain any pair.
    public func explainedLink(
        left: [Record], right: [Record], known: [KnownPair] = [],
        progress: (LinkageStage) -> Void = { _ in }
    ) -> (result: LinkageResult, explainer: LinkageExplainer) {
        let solution = solve(list(left, right), known: known, progress: progress)
        let (result, grouping) = solution.decide()
        return (result, LinkageExplainer(solution, grouping))
    }

    private func list(_ left: [Record], _ right: [Record]) -> RecordList {
        RecordList(
            left: left, right: right, fieldCount: entity.fields.count, threads: options.threads)
    }

    func solve(
        _ records: RecordList, known: [KnownPair],
        keep: ((KeptRule) -> Void)? = nil,
        progress: (LinkageStage) throws -> Void
    ) rethrows -> LinkageSolution {
        try progress(.preparing)
        let prepared = PreparedLinkage(entity, records, threads: options.threads)
        let keys = KeyDecisions(
            entity.linkage, prepared, entity: entity, verdicts: known, threads: options.threads)
        try progress(.blocking)
        let candidates = CandidatePairs(
            records: records, rules: prepared.blocking, similar: prepared.similar,
            known: keys.known.keys.sorted(),
            deciding: Set(
                entity.linkage.rules.filter { $0.isUnique && $0.same.count == 1 }.flatMap(\.same)),
            threads: options.threads, keep: keep)
        try progress(.comparing)
        let vectors = PairVectors(candidates.pairs, prepared, threads: options.threads)
        try progress(.estimating)
        let (model, learning) = weights(Training(prepared, candidates, vectors, keys, options))
        try progress(.deciding)
        return LinkageSolution(
            definition: entity.linkage, prepared: prepared, keys: keys, candidates: candidates,
            vectors: vectors, model: model, learning: learning, options: options)
    }

    /// The model given, or one learnt, or, where that cannot be, the one to fall back on.
    private func weights(_ training: Training) -> (FittedModel, LearningOutcome) {
        let records = training.prepared.records
        var outcome = LearningOutcome()
        func reused(_ model: FittedModel, _ origin: FittedModel.Origin) -> FittedModel? {
            do throws(ModelMisfit) {
                return try model.reused(
                    for: training.prepared.comparisons, leftRecords: records.leftCount,
                    rightRecords: records.rightCount, origin: origin)
            } catch {
                outcome.misfit = outcome.misfit ?? error
                return nil
            }
        }
        if let model, let fitting = reused(model, .reused) { return (fitting, outcome) }
        var learnt = training.fit()
        outcome.refusal = learnt.refusal(possiblePairs: training.possiblePairs)
        guard outcome.refusal != nil else { return (learnt, outcome) }
        learnt.origin = .assumed
        if let fallback, let fitting = reused(fallback, .shipped) {
            learnt = fitting
            outcome.usesFallback = true
        }
        learnt.hasBorrowedShares = true
        return (learnt, outcome)
    }
}

// Sources that were read into tables: of files, a million records at a time.
extension LinkageEngine {
    /// Links two sources and keeps what explanations need.
    ///
    /// - Parameters:
    ///   - left: The records of one source.
    ///   - right: The records of the other.
    ///   - known: Decisions of people, which are never overridden.
    ///   - progress: Told when a stage begins; what it throws, a cancellation, ends the work.
    /// - Returns: The result, and the means to explain any pair.
    public func explainedLink(
        left: RecordTable, right: RecordTable, known: [KnownPair] = [],
        progress: (LinkageStage) throws -> Void
    ) rethrows -> (result: LinkageResult, explainer: LinkageExplainer) {
        let records = RecordList(left: left, right: right, threads: options.threads)
        let solution = try solve(records, known: known, progress: progress)
        let (result, grouping) = solution.decide()
        return (result, LinkageExplainer(solution, grouping))
    }

    /// Finds the duplicates in one source.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - known: Decisions of people; the side of every record is `left`.
    ///   - progress: Told when a stage begins; what it throws, a cancellation, ends the work.
    /// - Returns: The clusters, as ``LinkageResult/leftClusters``, and the model.
    public func dedupe(
        _ records: RecordTable, known: [KnownPair] = [],
        progress: (LinkageStage) throws -> Void
    ) rethrows -> LinkageResult {
        let none = RecordTable([], fieldCount: entity.fields.count)
        let list = RecordList(left: records, right: none, threads: options.threads)
        return try solve(list, known: known, progress: progress).decide().result
    }
}
