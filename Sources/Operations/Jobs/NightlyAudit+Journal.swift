internal import Foundation
internal import Records
internal import Storage

extension NightlyAudit {
    /// Takes over what a journal that a system keeps has new, so that reports and alerts count it.
    ///
    /// Files are taken over by ``JournalIngest``, line by line.
    func takeOver(
        _ snapshot: Snapshot, _ entity: EntityDefinition, _ run: RunID, _ store: Store
    ) async throws -> JournalTakeover.Outcome {
        var outcome = JournalTakeover.Outcome()
        guard let journal = configuration.journal, !journal.kind.isFolder else { return outcome }
        let latest = now().timeIntervalSince1970 + JournalIngest.futureTolerance
        var takeover = try JournalTakeover(
            entity,
            settings: JournalTakeover.Settings(
                words: try StatusWords.read(resources), latest: Int64(latest)),
            resources: resources)
        try await store.stage("take over \(journal.name)", of: run) {
            outcome = try await takeover.take(from: snapshot, now: now(), store)
            return outcome.counts
        }
        return outcome
    }
}
