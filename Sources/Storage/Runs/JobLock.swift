internal import Foundation
internal import PostgresClient
internal import Records

/// The right to run a job: an advisory lock, held by one session until it is given back or dies.
public struct JobLock: Sendable {
    /// The job.
    public let job: String
    /// Who holds the lock, for the person who waits: host and process.
    public let holder: String
    let connection: PostgresConnection
    let statements: StatementCatalog

    /// Makes sure that the lock is still held; to be asked between stages.
    ///
    /// - Throws: `PostgresError` of kind `connectionLost` when its session is gone, and the lock with
    ///   it: another run may have started, so that this one must end.
    public nonisolated(nonsending) func requireHeld() async throws {
        _ = try await connection.query(statements["run/job_holder"], [.text(job)])
    }
}

extension Store {
    /// Does something that only one process at a time may do.
    ///
    /// - Parameters:
    ///   - job: The job: `nightly`.
    ///   - holder: Who asks, for the person who waits: host and process.
    ///   - body: The work, given the lock.
    /// - Returns: What the body returns.
    /// - Throws: ``StorageError/jobIsRunning(job:run:holder:since:)`` when another process holds the
    ///   lock; what the body throws.
    public nonisolated(nonsending) func withJobLock<Value>(
        _ job: String, holder: String,
        _ body: nonisolated(nonsending) (JobLock) async throws -> Value
    ) async throws -> Value {
        let key = AdvisoryLockKey(name: "sverka.job.\(job)")
        let (take, find) = (try statements["run/take_job"], try statements["run/job_holder"])
        let statements = statements
        return try await pool.withConnection { connection in
            guard try await connection.tryAdvisoryLock(key) else {
                let row = try await connection.query(find, [.text(job)]).first
                throw StorageError.jobIsRunning(
                    job: job, run: try row?["run_id"].optionalInt64.map(RunID.init),
                    holder: try row?["holder"].text ?? "an unknown process",
                    since: try row?["taken_at"].instant ?? .distantPast)
            }
            do {
                try await connection.execute(take, [.text(job), .text(holder)])
                let value = try await body(
                    JobLock(
                        job: job, holder: holder, connection: connection, statements: statements))
                await connection.releaseAdvisoryLock(key)
                return value
            } catch {
                await connection.releaseAdvisoryLock(key)
                throw error
            }
        }
    }
}
