internal import Channels
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Ends a run that failed and tells people of it, by the report `run-failed`.
struct FailureNotice {
    private let job: ReportJob

    init(
        _ configuration: Configuration, _ resources: ResourceFolders,
        _ progress: any ProgressDisplay, now: @escaping @Sendable () -> Date
    ) {
        job = ReportJob(configuration, resources: resources, progress: progress, now: now)
    }

    /// Jobs that run every few minutes; people hear of their first failure of a day.
    private static let frequentJobs: Set = [JournalIngest.job, AlertJob.job]

    /// Stores that a run failed along with the messages that tell of it, and tries to send them.
    ///
    /// A run that was cancelled is gone on with later and did not fail. It never throws: the failure
    /// itself is what the caller has to hand on, and a database that is away is why it failed as often
    /// as not.
    func end(_ run: Run, of error: any Error, store: Store) async {
        guard !(error is CancellationError) else { return }
        let explanation = error.explained
        do {
            guard try await isNews(run, store) else {
                return try await store.finishRun(run.id, .failed, error: explanation)
            }
            try await end(run, explanation, store)
            for line in try await Deliverer(job.configuration).drain(store).unsent {
                job.progress.warn(line)
            }
        } catch {
            job.progress.warn(
                "nobody could be told of the failure: \(error.explained)")
            // Nothing happens when it has ended already.
            try? await store.finishRun(run.id, .failed, error: explanation)
        }
    }

    private func end(_ run: Run, _ explanation: String, _ store: Store) async throws {
        let definition = try ReportDefinition(
            report: "run-failed", resources: job.reportResources)
        let request = try await job.request(
            definition, ReportJob.Order(definition.name, run: run.id), store)
        let job = job
        try await store.finishRun(run.id, .failed, error: explanation) { reader in
            let data = try await job.engine.gather(definition, request, from: reader)
            return try await job.messages(definition, data, severity: .error).messages
        }
    }

    private func isNews(_ run: Run, _ store: Store) async throws -> Bool {
        guard Self.frequentJobs.contains(run.job) else { return true }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = job.configuration.company.timeZone
        let today = calendar.startOfDay(for: run.startedAt)
        return try await store.failureCount(of: run.job, since: today, besides: run.id) == 0
    }
}
