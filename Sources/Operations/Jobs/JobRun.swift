internal import Foundation
internal import Records
internal import Storage

/// What every job does around its work: the database, the lock, the run's row and its end.
struct JobRun {
    private let job: String
    private let session: DatabaseSession
    private let progress: any ProgressDisplay
    private let notice: FailureNotice

    /// Names the job.
    init(
        _ job: String, _ configuration: Configuration, _ resources: ResourceFolders,
        _ progress: any ProgressDisplay, now: @escaping @Sendable () -> Date
    ) {
        self.job = job
        notice = FailureNotice(configuration, resources, progress, now: now)
        session = DatabaseSession(configuration, resources: resources)
        self.progress = progress
    }

    /// Does the work of a job that begins anew each time; a run that died is abandoned.
    ///
    /// - Parameters:
    ///   - due: When the schedule wanted it; a run that was started since then is the wanted one.
    ///   - body: The work.
    /// - Returns: What the work came to.
    /// - Throws: ``AlreadyRun``; `StorageError` when another run holds the lock; what ended the work.
    func execute<Outcome: Sendable>(
        due: Date?, _ body: (Run, Store) async throws -> Outcome
    ) async throws -> Outcome {
        try await session.withStore(progress: progress) { store in
            try await store.withJobLock(job, holder: NightlyAudit.holder) { lock in
                if let due, let last = try await store.runs(job: job, limit: 1).first,
                    last.startedAt >= due, last.state != .running
                {
                    throw AlreadyRun(run: last.id)
                }
                let run = try await store.startRun(
                    lock, engine: ProgramVersion.current, resumption: .never)
                do {
                    let outcome = try await body(run, store)
                    try await store.finishRun(run.id, .succeeded)
                    return outcome
                } catch {
                    await notice.end(run, of: error, store: store)
                    throw error
                }
            }
        }
    }
}

extension Store {
    /// Runs a stage and stores what it counted, or why it failed.
    func stage(
        _ name: String, of run: RunID, _ body: () async throws -> [String: Int]
    ) async throws {
        _ = try await beginStage(run, name)
        do {
            let counts = try await body()
            try await finishStage(run, name, counts: counts)
        } catch {
            try? await failStage(run, name, error: NightlyAudit.explanation(of: error))
            throw error
        }
    }
}
