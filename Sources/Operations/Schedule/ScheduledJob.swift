public import Foundation

/// When a job runs by itself.
public struct ScheduledJob: Hashable, Sendable {
    /// The job: `nightly`.
    public var job: String
    /// When it is due.
    public var cron: CronExpression
    /// The zone of the wall clock that ``cron`` speaks of.
    public var timeZone: TimeZone
    /// The longest delay of a start; one machine always has the same delay.
    ///
    /// So not every installation asks a shared server in the same second.
    public var jitter: Duration
    /// How late a start still counts as being on time.
    public var grace: Duration
    /// Whether what was missed while nothing ran is made up for, once, however often it was missed.
    public var catchesUp: Bool

    /// Makes an entry of the schedule.
    public init(
        job: String, cron: CronExpression, timeZone: TimeZone, jitter: Duration = .zero,
        grace: Duration = .seconds(900), catchesUp: Bool = true
    ) {
        self.job = job
        self.cron = cron
        self.timeZone = timeZone
        self.jitter = jitter
        self.grace = grace
        self.catchesUp = catchesUp
    }

    /// What is to be done at a moment.
    public enum Decision: Hashable, Sendable {
        /// To run for the time at which it was due.
        case run(due: Date)
        /// To wait until it is due again; `nil` when it never is.
        case wait(until: Date?)
    }

    /// Decides what is to be done.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - lastStart: When the job was last started, by whomever; `nil` for never. A run that nobody
    ///     ended has died, unless another process is about it: the job's lock knows.
    ///   - machine: The machine's name, which gives the delay.
    /// - Returns: The decision.
    public func decision(
        at now: Date, lastStart: ScheduleKeeper.LastStart?, machine: String
    ) -> Decision {
        let delay = delay(on: machine)
        let wait = Decision.wait(
            until: cron.next(after: now.addingTimeInterval(-delay), in: timeZone)?
                .addingTimeInterval(delay))
        guard let due = cron.last(notAfter: now.addingTimeInterval(-delay), in: timeZone) else {
            return wait
        }
        if let lastStart, lastStart.at >= due {
            return lastStart.isUnfinished ? .run(due: due) : wait
        }
        let isLate = now.timeIntervalSince(due) - delay > seconds(grace)
        // Before the first run nothing was missed: the service has just been set up.
        guard !isLate || catchesUp && lastStart != nil else { return wait }
        return .run(due: due)
    }

    /// The delay of a machine, in seconds below ``jitter``.
    private func delay(on machine: String) -> TimeInterval {
        let hash = UInt64(StableHash.of([machine, job]), radix: 16) ?? 0
        return seconds(jitter) * Double(hash >> 11) / Double(UInt64(1) << 53)
    }

    func seconds(_ duration: Duration) -> TimeInterval {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
