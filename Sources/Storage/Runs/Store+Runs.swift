public import Foundation
public import Records

internal import PostgresClient

/// Whether a start goes on with an earlier run.
public enum Resumption: Hashable, Sendable {
    /// Always a new run.
    case never
    /// The job's last run, if it died with the same parameters and not longer ago than this; else a
    /// new run.
    case ifDied(within: Duration)
    /// This run, also when it failed.
    case run(RunID)
}

extension Store {
    /// Starts a run, or goes on with one that died.
    ///
    /// Its start is noted by this machine's clock: the schedule holds it against times of the same one.
    ///
    /// To be called with the job's lock held: a run that nobody finished is then known to be dead.
    /// Runs that died and are not gone on with are marked as abandoned.
    ///
    /// - Parameters:
    ///   - lock: The job's lock; it will name the run.
    ///   - parameters: What the run is started with.
    ///   - engine: The version of Sverka.
    ///   - resumption: Whether to go on with an earlier run.
    /// - Returns: The run, with the stages that are done when it goes on.
    /// - Throws: ``StorageError/notResumable(run:)`` when the given run cannot go on.
    public nonisolated(nonsending) func startRun(
        _ lock: JobLock, parameters: [String: String] = [:], engine: String,
        resumption: Resumption = .ifDied(within: .seconds(12 * 3600))
    ) async throws -> Run {
        let statements = statements
        let job = PostgresValue.text(lock.job)
        let values = try PostgresValue.object(parameters)
        let id = try await pool.withTransaction { connection in
            var earlier: Int64?
            switch resumption {
            case .never: break
            case .run(let run): earlier = run.rawValue
            case .ifDied(let age):
                earlier = try await connection.query(
                    statements["run/resumable"],
                    [job, values, .double(Double(age.components.seconds))]
                ).first?["id"].int64
            }
            let id: Int64
            if let earlier {
                let count = try await connection.execute(
                    statements["run/resume"], [.int64(earlier), job, .text(lock.holder)])
                guard count == 1 else { throw StorageError.notResumable(run: RunID(earlier)) }
                id = earlier
            } else {
                let rows = try await connection.query(
                    statements["run/start"],
                    [job, values, .text(engine), .text(lock.holder), .instant(Date())])
                id = try rows.first?["id"].int64 ?? 0
            }
            try await connection.execute(statements["run/abandon_others"], [job, .int64(id)])
            try await connection.execute(statements["run/name_job_run"], [job, .int64(id)])
            return id
        }
        return try await run(RunID(id))
    }

    /// Begins a stage.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - stage: The stage's name.
    /// - Returns: Whether there is something to do; `false` when the stage is done already.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func beginStage(
        _ run: RunID, _ stage: String
    ) async throws -> Bool {
        try await execute("run/begin_stage", [.int64(run.rawValue), .text(stage)]) == 1
    }

    /// Ends a stage that is done, and hands over what it wants delivered, in one transaction.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - stage: The stage's name.
    ///   - counts: What it counted.
    ///   - messages: What is to be delivered; messages that are in the outbox already are left out.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func finishStage(
        _ run: RunID, _ stage: String, counts: [String: Int] = [:],
        enqueuing messages: [OutboxMessage] = []
    ) async throws {
        let statements = statements
        let counts = try PostgresValue.object(counts)
        try await pool.withTransaction { connection in
            for message in messages {
                try await Self.enqueue(message, connection, statements)
            }
            try await connection.execute(
                statements["run/finish_stage"],
                [.int64(run.rawValue), .text(stage), .text("done"), counts, .null])
        }
    }

    /// Ends a stage that failed.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - stage: The stage's name.
    ///   - error: Why, without personal data.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func failStage(
        _ run: RunID, _ stage: String, error: String
    ) async throws {
        try await execute(
            "run/finish_stage",
            [.int64(run.rawValue), .text(stage), .text("failed"), .jsonb("{}"), .text(error)])
    }

    /// Ends a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - state: How it ended; not `running`.
    ///   - error: Why it failed, without personal data.
    ///   - modelVersion: The versions of the linkage models; `nil` leaves it as it is.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func finishRun(
        _ run: RunID, _ state: Run.State, error: String? = nil, modelVersion: String? = nil
    ) async throws {
        try await execute(
            "run/finish",
            [.int64(run.rawValue), .text(state.rawValue), .text(error), .text(modelVersion)])
    }

    /// Ends a run, and hands over what people are told of it, in one transaction: nobody is told of an
    /// end that is not stored, and none is stored untold.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - state: How it ended; not `running`.
    ///   - error: Why it failed, without personal data.
    ///   - compose: Writes the messages, given a reader that sees the run as it ended.
    /// - Throws: `PostgresError`; what composing throws. The run has not ended then.
    public nonisolated(nonsending) func finishRun(
        _ run: RunID, _ state: Run.State, error: String? = nil,
        telling compose: nonisolated(nonsending) (ReportReader) async throws -> [OutboxMessage]
    ) async throws {
        let statements = statements
        try await pool.withTransaction { connection in
            try await connection.execute(
                statements["run/finish"],
                [.int64(run.rawValue), .text(state.rawValue), .text(error), .null])
            let reader = ReportReader(connection: connection, statements: statements)
            for message in try await compose(reader) {
                try await Self.enqueue(message, connection, statements)
            }
        }
    }

    /// How often a job failed since a moment, other runs than one.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - moment: The moment.
    ///   - run: The run that does not count.
    /// - Returns: Runs that failed.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func failureCount(
        of job: String, since moment: Date, besides run: RunID
    ) async throws -> Int {
        try await query(
            "run/failures", [.text(job), .instant(moment), .int64(run.rawValue)])[0]["failures"].int
    }

    /// One run with its stages.
    ///
    /// - Parameter id: Its number.
    /// - Returns: The run.
    /// - Throws: ``StorageError/notFound(what:)``; `PostgresError`.
    public nonisolated(nonsending) func run(_ id: RunID) async throws -> Run {
        guard let row = try await query("run/by_id", [.int64(id.rawValue)]).first else {
            throw StorageError.notFound(what: "run \(id.rawValue)")
        }
        let stages = try await query("run/stages", [.int64(id.rawValue)])
        return try Run(row, stages: try stages.map(RunStage.init))
    }

    /// Runs without their stages, the latest first.
    ///
    /// - Parameters:
    ///   - job: Those of one job only.
    ///   - limit: How many at most.
    /// - Returns: The runs.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func runs(
        job: String? = nil, limit: Int = 30
    ) async throws -> [Run] {
        try await query("run/list", [.text(job), .int(limit)]).map { try Run($0) }
    }
}
