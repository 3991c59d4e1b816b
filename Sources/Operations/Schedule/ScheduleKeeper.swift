public import Foundation

/// Starts jobs when they are due, one after the other, until it is cancelled.
///
/// It keeps nothing in memory about what ran: whether a job was started since it was due is asked of
/// the database, so that several processes may keep one schedule, a restart loses nothing, and a
/// clock that is set back repeats nothing.
public struct ScheduleKeeper: Sendable {
    /// What it does to the world, and what it is told by it.
    public struct Surroundings: Sendable {
        /// The entries in force; asked again at each look, since the configuration may change.
        public var jobs: @Sendable () -> [ScheduledJob]
        /// The time.
        public var now: @Sendable () -> Date
        /// Waits so long, or shorter when there is a reason to look again.
        public var pause: @Sendable (Duration) async throws -> Void
        /// When a job was last started, by whomever.
        public var lastStart: @Sendable (_ job: String) async throws -> LastStart?
        /// Runs a job for the time at which it was due and says whether it ran; what it throws ends
        /// this run only.
        public var start: @Sendable (_ job: String, _ due: Date) async throws -> Bool
        /// Told what happens, for the log.
        public var log: @Sendable (String) -> Void

        /// Makes surroundings.
        public init(
            jobs: @escaping @Sendable () -> [ScheduledJob],
            now: @escaping @Sendable () -> Date = { Date() },
            pause: @escaping @Sendable (Duration) async throws -> Void,
            lastStart: @escaping @Sendable (_ job: String) async throws -> LastStart?,
            start: @escaping @Sendable (_ job: String, _ due: Date) async throws -> Bool,
            log: @escaping @Sendable (String) -> Void
        ) {
            self.jobs = jobs
            self.now = now
            self.pause = pause
            self.lastStart = lastStart
            self.start = start
            self.log = log
        }
    }

    /// The last start of a job.
    public struct LastStart: Hashable, Sendable {
        /// When it was.
        public var at: Date
        /// Whether nobody has ended that run: it goes on, or it died.
        public var isUnfinished: Bool

        /// Tells of a start.
        public init(at: Date, isUnfinished: Bool) {
            self.at = at
            self.isUnfinished = isUnfinished
        }
    }

    /// Looks are not further apart, so that a changed clock or a machine that slept is noticed.
    static let longestPause = Duration.seconds(60)

    private let surroundings: Surroundings
    private let machine: String

    /// Makes a keeper.
    ///
    /// - Parameters:
    ///   - surroundings: What it does to the world, and what it is told by it.
    ///   - machine: The machine's name, which gives the delay of its starts.
    public init(_ surroundings: Surroundings, machine: String) {
        self.surroundings = surroundings
        self.machine = machine
    }

    /// Keeps the schedule.
    ///
    /// - Throws: `CancellationError` only: a job that fails, and a database that is away, are logged.
    public func run() async throws {
        while true {
            try Task.checkCancellation()
            try await surroundings.pause(look())
        }
    }

    /// Starts what is due, in the order of the schedule, and says how long to wait.
    func look() async throws -> Duration {
        var pause = Self.longestPause
        for entry in surroundings.jobs() {
            let lastStart: LastStart?
            do {
                lastStart = try await surroundings.lastStart(entry.job)
            } catch let error where !(error is CancellationError) {
                surroundings.log(
                    "the schedule could not be looked at, once more in a minute: "
                        + error.explained)
                continue
            }
            let now = surroundings.now()
            switch entry.decision(at: now, lastStart: lastStart, machine: machine) {
            case .run(let due):
                // The others may have fallen due meanwhile. What could not begin is tried again at
                // the next look: without a pause it would fail as fast as the machine can.
                if try await start(entry.job, due, lastStart) { pause = .zero }
            case .wait(let until):
                guard let until else { continue }
                pause = min(pause, .milliseconds(Int(max(0, until.timeIntervalSince(now)) * 1000)))
            }
        }
        return pause
    }

    /// - Returns: Whether the job ran, to whatever end.
    private func start(_ job: String, _ due: Date, _ last: LastStart?) async throws -> Bool {
        // One that began in time and has no end as a rule goes on elsewhere, and is asked each minute.
        let isSilent = last.map { $0.isUnfinished && $0.at >= due } ?? false
        if !isSilent {
            surroundings.log("\(job) is due since \(due.formatted(.iso8601)); it begins")
        }
        do {
            let ran = try await surroundings.start(job, due)
            if ran { surroundings.log("\(job) ended") }
            return ran
        } catch let error where !(error is CancellationError) && !Task.isCancelled {
            surroundings.log("\(job) failed: \(error.explained)")
            return false
        }
    }
}
