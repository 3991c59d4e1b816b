public import Foundation
public import Storage

/// How the service stands: for people who watch it by `/metrics` or by `sverka schedule`.
public struct ServiceStatus: Sendable {
    /// A job of the schedule.
    public struct Job: Sendable {
        /// The entry.
        public var entry: ScheduledJob
        /// Its last run with its stages; `nil` before the first.
        public var lastRun: Run?
        /// When its last run that succeeded ended.
        public var lastSuccess: Date?
        /// When it is due next.
        public var next: Date?
    }

    /// The jobs, in the order of the configuration.
    public var jobs: [Job]
    /// Findings that stand, by entity, kind and severity.
    public var findings: [StandingFindings]
    /// Messages in the outbox by state.
    public var messages: [String: Int]
    /// Alerts by rule and phase.
    public var alerts: [AlertPhaseCount] = []

    /// Asks the database.
    ///
    /// - Parameters:
    ///   - schedule: The entries in force.
    ///   - store: The database.
    ///   - now: The time.
    /// - Returns: How the service stands.
    /// - Throws: `PostgresError`.
    public static func read(
        _ schedule: [ScheduledJob], store: Store, now: Date = Date()
    ) async throws -> ServiceStatus {
        var jobs: [Job] = []
        for entry in schedule {
            var job = Job(entry: entry, next: entry.cron.next(after: now, in: entry.timeZone))
            if let last = try await store.runs(job: entry.job, limit: 1).first {
                job.lastRun = try await store.run(last.id)
            }
            job.lastSuccess = try await store.lastSuccess(job: entry.job)
            jobs.append(job)
        }
        return ServiceStatus(
            jobs: jobs, findings: try await store.standingFindings(),
            messages: try await store.messageCounts(), alerts: try await store.alertPhases())
    }
}
