/// What a collector can prove about the completeness of what it read.
public struct Certificate: Hashable, Sendable, Codable {
    /// Why a snapshot may not be taken for the whole.
    public enum Doubt: Hashable, Sendable, Codable {
        /// The source announced another number of records than were delivered.
        case countDiffers(announced: Int, delivered: Int)
        /// The number of records changed while they were read.
        case changedWhileReading(before: Int, after: Int)
        /// Far fewer records than last time.
        case suddenDrop(previous: Int, current: Int)
        /// Records could not be read and were left out.
        case recordsSkipped(count: Int)
        /// The rights do not suffice, or seem to have been lost.
        case rightsLost(detail: String)
        /// The source said that it gives changes only, or stopped early.
        case partial(detail: String)
    }

    /// The number that the source announced before reading; `nil` when it cannot tell.
    public var announcedCount: Int?
    /// The number that the source announced after reading; `nil` when it cannot tell.
    public var announcedCountAfter: Int?
    /// Records delivered, each id once.
    public var deliveredCount: Int
    /// Rows that came again with an id seen before.
    public var repeatedCount: Int
    /// Objects left out because they have no id or are not of this entity's shape.
    public var skippedCount: Int
    /// The least id delivered.
    public var firstID: RecordID?
    /// The greatest id delivered.
    public var lastID: RecordID?
    /// Pages read.
    public var pages: Int
    /// Requests sent, retries included.
    public var requests: Int
    /// Requests sent again after a failure.
    public var retries: Int
    /// Time spent waiting for limits and retries, in milliseconds.
    public var waitedMilliseconds: Int
    /// Bytes received, after decompression.
    public var byteCount: Int
    /// Time from the first request to the last answer, in milliseconds.
    public var durationMilliseconds: Int
    /// Checksum of all records' content, whatever their order: 32 hexadecimal digits, set on storing.
    public var contentChecksum: String?
    /// How many notes of each kind were made on records, by kind.
    public var noteCounts: [String: Int]
    /// Everything that speaks against completeness; empty means certified.
    public var doubts: [Doubt]

    /// Makes an empty certificate to be filled while reading.
    public init() {
        announcedCount = nil
        announcedCountAfter = nil
        deliveredCount = 0
        repeatedCount = 0
        skippedCount = 0
        firstID = nil
        lastID = nil
        pages = 0
        requests = 0
        retries = 0
        waitedMilliseconds = 0
        byteCount = 0
        durationMilliseconds = 0
        contentChecksum = nil
        noteCounts = [:]
        doubts = []
    }

    /// Whether the snapshot may be taken for the whole.
    public var isCertified: Bool { doubts.isEmpty }
}
