public import Foundation

/// How a journal's lines are understood.
public struct JournalSettings: Sendable {
    /// Where the journal's clock hangs, for moments without an offset.
    public var timeZone: TimeZone
    /// Lines that say they happened later than this are left out; microseconds since 1970.
    public var latest: Int64
    /// What a journal writes for an operation that arrived, in lower case.
    public var successWords: Set<String>
    /// What a journal writes for an operation that failed, in lower case.
    public var errorWords: Set<String>

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - timeZone: Where the journal's clock hangs.
    ///   - latest: The latest moment that is believed, in microseconds since 1970.
    ///   - successWords: Words for an operation that arrived.
    ///   - errorWords: Words for one that failed.
    public init(
        timeZone: TimeZone, latest: Int64 = .max,
        successWords: Set<String> = ["success", "ok"],
        errorWords: Set<String> = ["error", "failed"]
    ) {
        self.timeZone = timeZone
        self.latest = latest
        self.successWords = successWords
        self.errorWords = errorWords
    }

    /// A line longer than this is not one that a program meant to write.
    public static let longestLineByteCount = 1 << 20
    /// What an integration wrote is kept up to this many characters.
    static let longestDetails = 4_000
    /// Names and ids are kept up to this many characters.
    static let longestName = 200
}
