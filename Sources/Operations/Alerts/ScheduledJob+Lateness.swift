internal import Foundation

extension ScheduledJob {
    /// A run that goes on for so long has died or hangs.
    private static let longestRun = 12 * 3_600.0

    /// A missed run that is not made up for is late for a day; then it is past, and nothing can be done.
    private static let longestMissed = 1_440

    /// Minutes since the job was due without having begun; 0 when all is well.
    ///
    /// Before its first run nothing was missed: the service has just been set up.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - lastStart: When its last run was begun, or gone on with; `nil` before the first.
    ///   - isRunning: Whether this run has not ended.
    /// - Returns: The minutes.
    func minutesLate(at now: Date, lastStart: Date?, isRunning: Bool) -> Int {
        guard let lastStart, let due = cron.last(notAfter: now, in: timeZone) else { return 0 }
        if lastStart < due, !isRunning {
            let minutes = Int(now.timeIntervalSince(due) / 60)
            return catchesUp || minutes <= Self.longestMissed ? minutes : 0
        }
        let seconds = now.timeIntervalSince(lastStart)
        return isRunning && seconds > Self.longestRun ? Int(seconds / 60) : 0
    }
}
