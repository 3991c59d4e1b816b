public import Channels
public import Foundation

/// Hours of the day in which messages wait: `22:00-08:00`.
public struct QuietHours: Hashable, Sendable {
    /// The first quiet minute of the day.
    public var from: Int
    /// The minute of the day with which it ends; before ``from`` when night lies between.
    public var until: Int
    /// What is not quiet anywhere: notices from this severity on; `nil` for nothing.
    public var exception: Notice.Severity?
    /// The zone of the wall clock.
    public var timeZone: TimeZone

    /// Reads `22:00-08:00`; `nil` when the text is not of that form, or both times are one.
    ///
    /// - Parameters:
    ///   - text: Two times of the day.
    ///   - exception: What is not quiet anywhere.
    ///   - timeZone: The zone of the wall clock.
    public init?(_ text: String, exception: Notice.Severity? = nil, timeZone: TimeZone) {
        let minutes = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { Self.minute($0.trimmingCharacters(in: .whitespaces)) }
        guard minutes.count == 2, let from = minutes[0], let until = minutes[1], from != until
        else {
            return nil
        }
        self.from = from
        self.until = until
        self.exception = exception
        self.timeZone = timeZone
    }

    /// When a message may leave.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - severity: How much the message matters.
    /// - Returns: The end of the quiet hours; `nil` when it may leave at once.
    public func end(at now: Date, severity: Notice.Severity) -> Date? {
        if let exception, severity >= exception { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.hour, .minute], from: now)
        let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        let isQuiet =
            from < until ? (from..<until).contains(minute) : minute >= from || minute < until
        guard isQuiet else { return nil }
        // A time that the change of the clock leaves out is the next that there is.
        return calendar.nextDate(
            after: now, matching: DateComponents(hour: until / 60, minute: until % 60, second: 0),
            matchingPolicy: .nextTime)
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0..<24).contains(hour), (0..<60).contains(minute), parts[1].count == 2
        else { return nil }
        return hour * 60 + minute
    }
}
