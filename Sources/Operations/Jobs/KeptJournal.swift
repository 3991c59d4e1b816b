internal import Collection
internal import Foundation
internal import Records
internal import Storage

/// A journal that a system keeps, a register of 1C or a smart process of the portal, as the job of the
/// journal reads it between two nights.
///
/// It is read as a snapshot, as the night does, and what no earlier snapshot had is taken over. The whole
/// of it is read the first time only; later what came to be of late is enough, so that a journal of years
/// costs no more every five minutes than one of days.
struct KeptJournal {
    let journal: Configuration.Source
    let configuration: Configuration
    let resources: ResourceFolders
    let progress: any ProgressDisplay
    let systems: SystemRegistry
    let now: @Sendable () -> Date

    /// So far before the last reading it is read again: some programs write of an operation when it is
    /// over, under the time at which it began.
    private static let overlap = 48 * 3_600.0
    /// So many numbers below the greatest are read again: numbers are given before rows are there to
    /// read.
    private static let numberOverlap: Int64 = 200

    /// Reads what is new.
    ///
    /// - Parameters:
    ///   - run: The run that it is part of.
    ///   - store: Keeps snapshots and journal.
    /// - Returns: What was read; a journal that cannot be read is no failure of the job.
    /// - Throws: ``ConfigurationError`` when its mapping or address is not right; `PostgresError`.
    func read(_ run: RunID, _ store: Store) async throws -> EntityReading {
        let entity = try EntityCatalog(resources).entity(ConfiguredSource.journalEntity.rawValue)
        let window = try await window(entity, store)
        let source = try SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources, systems: systems,
            window: window
        ).source(.journal, journal, entities: [entity])
        return try await NightlyAudit(
            configuration, resources: resources, progress: progress, systems: systems, now: now
        ).collect(entity, from: [source], run: run, store: store)
    }

    /// What is enough to read; `nil` for all of it, the first time.
    private func window(
        _ entity: EntityDefinition, _ store: Store
    ) async throws -> ReadingWindow? {
        guard let last = try await store.lastJournalReading(journal.name) else { return nil }
        let greatest = try await store.greatestNumber(of: entity.name, in: journal.name)
        return ReadingWindow(
            field: FieldName("timestamp"),
            // A clock that was set back does not make it skip anything.
            since: min(last, now()) - Self.overlap,
            leastNumber: greatest.map { max(1, $0 - Self.numberOverlap) })
    }
}
