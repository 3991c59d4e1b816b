public import Records

// Nights on which little changed.
extension LinkageEngine {
    /// Links two sources, or finds the duplicates of one where the right is empty, and keeps what a later
    /// run needs that matches only what changed.
    ///
    /// - Parameters:
    ///   - left: The records of one source.
    ///   - right: The records of the other.
    ///   - known: Decisions of people, which are never overridden.
    ///   - progress: Told when a stage begins; what it throws, a cancellation, ends the work.
    /// - Returns: The result, and the memory; `nil` where whether texts chose each other depends on all
    ///   of them (`similar_text`), and where ids are repeated. Rules that look up the nearest of all
    ///   records are left out where no comparison needs them.
    public func rememberedLink(
        left: RecordTable, right: RecordTable, known: [KnownPair] = [],
        progress: (LinkageStage) throws -> Void
    ) rethrows -> (result: LinkageResult, memory: LinkageMemory?) {
        let records = RecordList(left: left, right: right, threads: options.threads)
        var builder = MemoryBuilder()
        var rules: [RuleIndex.Facts] = []
        let solution = try remembering.solve(
            records, known: known,
            keep: { rule in
                rules.append(
                    builder.add(rule, place: rules.count, threads: options.threads))
            }, progress: progress)
        let decisions = solution.decisions()
        let result = LinkageResult(
            decisions, model: solution.model, zones: entity.linkage.zones)
        let hasChoices = solution.prepared.comparisons.contains { $0 is SimilarTextComparison }
        guard !hasChoices, solution.prepared.similar.isEmpty,
            builder.add([left, right], threads: options.threads)
        else { return (result, nil) }
        keep(solution, decisions, rules, [left, right], &builder)
        return (result, LinkageMemory(builder.sections))
    }

    /// The engine as it works where a memory is kept: what is nearest to a record depends on all of them,
    /// so that no memory has it.
    private var remembering: LinkageEngine {
        LinkageEngine(
            entity: rememberedEntity, options: options, model: model, fallback: fallback)
    }

    private var rememberedEntity: EntityDefinition {
        var entity = entity
        let chosen =
            entity.linkage.comparisons?.filter { $0.method == .similarText }
            .flatMap(\.fields) ?? []
        entity.linkage.blocking?.removeAll { rule in
            rule.keys.contains { $0.transform == .similar && !chosen.contains($0.field) }
        }
        return entity
    }

    private func keep(
        _ solution: LinkageSolution, _ decisions: Decisions, _ rules: [RuleIndex.Facts],
        _ tables: [RecordTable], _ builder: inout MemoryBuilder
    ) {
        let (prepared, records) = (solution.prepared, solution.prepared.records)
        builder.addDangling(entity.linkage.explicitLinks, records, entity)
        builder.add("candidates", solution.candidates.pairs)
        builder.add("least strengths", solution.candidates.leastStrengths)
        builder.add(decisions, withVerdicts: solution.keys.withVerdicts)
        let keys = KeyDecisions.countedFields(entity.linkage, prepared)
        for (place, field) in keys.enumerated() {
            guard let column = prepared.keyColumns[field] else { continue }
            builder.add(column, records: records.count, place: place)
        }
        let population = Population(prepared)
        let singles = builder.add(population)
        let header = MemoryHeader(
            entity: entity.name.rawValue, options: options, cells: tables.map(\.cellOfField),
            emptyFields: tables.map { table in
                entity.fields.indices.filter { field in
                    (0..<table.count).allSatisfy { table.cell($0, field).isEmpty }
                }
            },
            leftRecords: records.leftCount, rightRecords: records.rightCount,
            isSingle: records.isSingle, rules: rules, keys: keys.map(\.rawValue),
            model: solution.model, alone: decisions.grouping.competition.alone,
            frequencies: singles, places: population.places.keys.sorted(),
            initials: population.initials.keys.sorted(), comparisons: population.comparisons,
            statistics: MemoryStatistics(decisions.statistics))
        header.add(to: &builder)
    }

    /// Links by the model of a memory: only what changed since it was made is matched, and what that
    /// touches; the result is that of matching all records by the same model.
    ///
    /// - Parameters:
    ///   - left: The records of one source now, all of them.
    ///   - right: The records of the other.
    ///   - known: Decisions of people, all of them.
    ///   - memory: What ``rememberedLink(left:right:known:progress:)`` kept.
    ///   - mostChanged: The largest share of records that may have changed, 0 to 1.
    ///   - everything: Whether all records are matched, by the memory's model: what the result is
    ///     compared with.
    ///   - progress: Told when a stage begins.
    /// - Returns: The result; what its statistics say of blocking, of pairs decided by keys, of learning
    ///   and of limits is of the run that made the memory. And how much was looked at.
    /// - Throws: ``MemoryRefusal``; then ``rememberedLink(left:right:known:progress:)`` is what to do.
    public func link(
        left: RecordTable, right: RecordTable, known: [KnownPair] = [], memory: LinkageMemory,
        mostChanged: Double = 0.1, everything: Bool = false,
        progress: (LinkageStage) -> Void = { _ in }
    ) throws(MemoryRefusal) -> (result: LinkageResult, changes: ChangeSummary) {
        try link(
            left: ChangedTable(left), right: ChangedTable(right), known: known, memory: memory,
            mostChanged: mostChanged, everything: everything, progress: progress)
    }

    /// Links by the model of a memory where of most records it is known already that they say the same.
    ///
    /// - Parameters:
    ///   - left: The records of one source now.
    ///   - right: The records of the other.
    ///   - known: Decisions of people, all of them.
    ///   - memory: What ``rememberedLink(left:right:known:progress:)`` kept of the same sources.
    ///   - mostChanged: The largest share of records that may have changed, 0 to 1.
    ///   - everything: Whether all records are matched.
    ///   - progress: Told when a stage begins.
    /// - Returns: The result, and how much was looked at.
    /// - Throws: ``MemoryRefusal``.
    public func link(
        left: ChangedTable, right: ChangedTable, known: [KnownPair] = [], memory: LinkageMemory,
        mostChanged: Double = 0.1, everything: Bool = false,
        progress: (LinkageStage) -> Void = { _ in }
    ) throws(MemoryRefusal) -> (result: LinkageResult, changes: ChangeSummary) {
        let linking = try ChangedLinking(
            rememberedEntity, [left, right], verdicts: known, memory, options: options,
            everything: everything, mostChanged: mostChanged)
        return try linking.link(progress)
    }

    /// Matches all records by the model of a memory, and keeps what explanations need: what a night by
    /// that memory decided is explained as it was decided.
    ///
    /// - Throws: ``MemoryRefusal``.
    public func explainer(
        left: RecordTable, right: RecordTable, known: [KnownPair] = [], memory: LinkageMemory,
        progress: (LinkageStage) -> Void = { _ in }
    ) throws(MemoryRefusal) -> LinkageExplainer {
        let linking = try ChangedLinking(
            rememberedEntity, [ChangedTable(left), ChangedTable(right)], verdicts: known, memory,
            options: options, everything: true,
            mostChanged: 1)
        return try linking.explainer(progress)
    }
}

extension LinkageOptions {
    /// Whether two settings give the same result.
    func isAlike(_ other: LinkageOptions) -> Bool {
        threshold == other.threshold && isOneToOne == other.isOneToOne
    }
}
