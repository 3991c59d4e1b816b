internal import Foundation
internal import Storage

extension ScheduledJob {
    /// A run that goes on for so long has died or hangs.
    private static let longestRun = 12 * 3_600.0

    /// Minutes since the job was due without having begun; 0 when all is well.
    ///
    /// Before its first run nothing was missed: the service has just been set up.
    func minutesLate(at now: Date, last: Run?) -> Int {
        guard let last, let due = cron.last(notAfter: now, in: timeZone) else { return 0 }
        if last.startedAt < due { return Int(now.timeIntervalSince(due) / 60) }
        let begun = last.resumedAt ?? last.startedAt
        let isHanging =
            last.state == .running && now.timeIntervalSince(begun) > Self.longestRun
        return isHanging ? Int(now.timeIntervalSince(begun) / 60) : 0
    }
}
