internal import Collection
internal import Foundation
internal import Reconciliation
public import Records
internal import Reporting
internal import Storage

extension NightlyAudit {
    /// Compares the snapshots that were current at the end of a day, writes a report, and changes
    /// nothing: no snapshot is taken, no finding is carried on, no mail is sent.
    ///
    /// - Parameters:
    ///   - entities: The entities to compare; `nil` for those of the configuration.
    ///   - day: The day, in the company's time zone.
    /// - Returns: What was found; the run named is that of the latest snapshot.
    /// - Throws: ``ConfigurationError`` when a side had no snapshot by then, or retention has deleted
    ///   of it.
    public func run(entities: [EntityName]?, asOf day: CalendarDate) async throws -> JobOutcome {
        try requireKept(day, until: endOfDay(day))
        let audited = try definitions(entities).filter(\.isCompared)
        let sources = try makeSources(audited)
        return try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { store in
                var found: [Int: EntityAudit] = [:]
                var absent: [String] = []
                for place in ReferenceOrder.places(audited) {
                    let entity = audited[place]
                    switch try await snapshots(of: entity, asOf: day, store: store) {
                    case .success(let snapshots):
                        found[place] = try await compare(
                            entity, snapshots, Array(found.values), store: store)
                    case .failure(let error): absent.append(error.description)
                    }
                }
                let audits = audited.indices.compactMap { found[$0] }
                guard let latest = audits.flatMap({ $0.snapshots.values.map(\.run) }).max() else {
                    throw ConfigurationError(
                        absent.isEmpty
                            ? "none of the entities is compared" : absent.joined(separator: "; "))
                }
                // What one side never had by then cannot be compared; the others still can.
                for message in absent { progress.warn("\(message); not compared") }
                let run = try await store.run(latest)
                let report = AuditReportBuilder(
                    configuration: configuration, sources: sources, run: run, store: store,
                    progress: progress
                ).report(withoutHistory: audits, finishedAt: run.finishedAt ?? run.startedAt)
                let file = try writeWorkbook(report, folder: "reports/as-of-\(day)")
                return JobOutcome(
                    run: run.id, entities: audits.map(\.outcome), collected: [], files: [file],
                    incomplete: [], sentCount: 0, unsent: [])
            }
    }

    /// The snapshots of both sides that were current at the end of a day.
    private func snapshots(
        of entity: EntityDefinition, asOf day: CalendarDate, store: Store
    ) async throws -> Result<[Side: Snapshot], ConfigurationError> {
        var snapshots: [Side: Snapshot] = [:]
        let end = endOfDay(day)
        for side in Side.allCases {
            guard let name = configuration.sources[side]?.name else { continue }
            let taken = try await store.snapshots(source: name, entity: entity.name, limit: 10_000)
            guard let snapshot = taken.first(where: { $0.takenAt < end }) else {
                return .failure(
                    ConfigurationError("\(name) had no snapshot of \(entity.name) by \(day)"))
            }
            snapshots[side] = snapshot
        }
        return .success(snapshots)
    }

    /// References are compared by the links of what was audited before.
    private func compare(
        _ entity: EntityDefinition, _ snapshots: [Side: Snapshot], _ audited: [EntityAudit],
        store: Store
    ) async throws -> EntityAudit {
        var records: [Side: [Record]] = [:]
        for (side, snapshot) in snapshots {
            records[side] = try await store.loadRecords(snapshot, as: entity)
        }
        let linker = try await RecordLinker(entity, resources: resources, store: store)
        let outcome = try linker.link(
            left: records[.left] ?? [], right: records[.right] ?? []
        ) { _ in }
        let (linkage, method) = (outcome.linkage, outcome.method)
        let found = reconcile(
            ReconciliationInput(
                definition: entity, left: records[.left] ?? [], right: records[.right] ?? [],
                links: linkage.links, leftClusters: linkage.leftClusters,
                rightClusters: linkage.rightClusters,
                certifiedSides: Set(snapshots.filter { $0.value.isCertified }.keys),
                references: Dictionary(
                    audited.filter { entity.referredEntities.contains($0.definition.name) }
                        .map { ($0.definition.name, ReferenceLinks($0.linkage)) },
                    uniquingKeysWith: { first, _ in first })))
        let findings = try await ReferredTitles(configuration, resources: resources, store: store)
            .naming(found, of: entity)
        return EntityAudit(
            definition: entity, snapshots: snapshots, records: records, linkage: linkage,
            findings: findings, method: method,
            outcome: EntityOutcome(
                entity: entity.name, recordCounts: snapshots.mapValues(\.recordCount),
                writtenCounts: [:], linkCount: linkage.links.count { $0.isAssigned },
                findings: findings, stateCounts: [:]))
    }

    private func endOfDay(_ day: CalendarDate) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = configuration.company.timeZone
        let next = DateComponents(year: day.year, month: day.month, day: day.day + 1)
        return calendar.date(from: next) ?? .distantFuture
    }
}
