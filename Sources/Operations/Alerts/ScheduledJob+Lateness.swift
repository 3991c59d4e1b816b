internal import Foundation

extension ScheduledJob {
    /// A run that goes on for so long has died or hangs.
    private static let longestRun = 12 * 3_600.0

    /// A missed run that is not made up for is late for a day; then it is past, and nothing can be done.
    private static let longestMissed = 1_440

    /// Minutes since the job had to begin without having done so; 0 when all is well.
    ///
    /// It has to begin when it is due and the longest delay that ``jitter`` allows is over.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - lastStart: When its last run was begun, or gone on with; `nil` before the first.
    ///   - isRunning: Whether this run has not ended.
    ///   - since: Since when it is scheduled as it is: what was due before was not missed. `nil` when
    ///     that is not known, and then nothing was missed before its first run.
    /// - Returns: The minutes.
    func minutesLate(
        at now: Date, lastStart: Date?, isRunning: Bool, since: Date? = nil
    ) -> Int {
        if isRunning, let lastStart {
            let seconds = now.timeIntervalSince(lastStart)
            if seconds > Self.longestRun { return Int(seconds / 60) }
        }
        guard let known = [lastStart, since].compactMap({ $0 }).max(),
            let due = cron.last(notAfter: now - seconds(jitter), in: timeZone), known < due,
            !isRunning
        else { return 0 }
        let minutes = Int((now.timeIntervalSince(due) - seconds(jitter)) / 60)
        return catchesUp || minutes <= Self.longestMissed ? minutes : 0
    }

    /// When it is due, by which a changed schedule is known.
    var schedule: String { "\(cron) \(timeZone.identifier)" }
}
