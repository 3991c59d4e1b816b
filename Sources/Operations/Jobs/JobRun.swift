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

    /// Who holds the job's lock, for the person who waits for it.
    static var holder: String {
        "\(ProcessInfo.processInfo.hostName) process \(ProcessInfo.processInfo.processIdentifier)"
    }

    /// Does the work of a job.
    ///
    /// - Parameters:
    ///   - due: When the schedule wanted it; a run that was started since then is the wanted one.
    ///   - parameters: What the run is started with.
    ///   - resumption: Whether a run that died is gone on with; else it is abandoned.
    ///   - follow: What comes after the run's end, also after a failure, which has no outcome.
    ///   - body: The work.
    /// - Returns: What the work came to.
    /// - Throws: ``AlreadyRun``; `StorageError` when another run holds the lock; what ended the work.
    func execute<Outcome: RunOutcome>(
        due: Date?, parameters: [String: String] = [:], resumption: Resumption = .never,
        then follow: (Run, Store, Outcome?) async throws -> Void = { _, _, _ in },
        _ body: (Run, Store, JobLock) async throws -> Outcome
    ) async throws -> Outcome {
        try await session.withStore(progress: progress) { store in
            try await store.withJobLock(job, holder: Self.holder) { lock in
                try await requireNoRun(since: due, store)
                let run = try await store.startRun(
                    lock, parameters: parameters, engine: ProgramVersion.current,
                    resumption: resumption)
                if run.resumedAt != nil {
                    progress.warn("going on with run \(run.id.rawValue), which died")
                }
                let outcome: Outcome
                do {
                    outcome = try await body(run, store, lock)
                    try await end(run, outcome, store)
                } catch {
                    await notice.end(run, of: error, store: store)
                    if !(error is CancellationError) { try? await follow(run, store, nil) }
                    throw error
                }
                try await follow(run, store, outcome)
                return outcome
            }
        }
    }

    /// With the lock held, a run that nobody finished has died and is not the wanted one.
    private func requireNoRun(since due: Date?, _ store: Store) async throws {
        guard let due, let last = try await store.runs(job: job, limit: 1).first,
            last.startedAt >= due, last.state != .running
        else { return }
        throw AlreadyRun(run: last.id)
    }

    private func end(_ run: Run, _ outcome: some RunOutcome, _ store: Store) async throws {
        guard !outcome.incomplete.isEmpty else {
            return try await store.finishRun(
                run.id, .succeeded, modelVersion: outcome.modelVersion)
        }
        try await store.finishRun(
            run.id, .incomplete, error: outcome.incomplete.joined(separator: "; "),
            modelVersion: outcome.modelVersion)
    }
}

/// What a job came to that did not fail.
protocol RunOutcome: Sendable {
    /// Everything that could not be read whole, for a person; empty when all is well.
    var incomplete: [String] { get }
    /// The versions of the models by which it linked; `nil` for a job that links nothing.
    var modelVersion: String? { get }
}

extension RunOutcome {
    var incomplete: [String] { [] }
    var modelVersion: String? { nil }
}

extension JobOutcome: RunOutcome {}
extension JournalOutcome: RunOutcome {}
extension AlertOutcome: RunOutcome {}
extension ReportJob.Sent: RunOutcome {}

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
            try? await failStage(run, name, error: error.explained)
            throw error
        }
    }
}
