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
    /// The rows of files; `nil` of a source that is asked, which announces its records instead.
    public var fileRows: RowCounts?
    /// Objects that the lists named, each id once, whatever became of them.
    ///
    /// The second count, to be set against what was announced: an object may give several records, or
    /// none.
    public var listedCount: Int
    /// Records delivered, each id once.
    public var deliveredCount: Int
    /// Rows that came again with an id seen before: they moved while pages were read.
    public var repeatedCount: Int
    /// Objects that were created after reading began and were read too; `nil` when it cannot be told.
    public var appearedCount: Int?
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
    /// Answers that were none, by HTTP status, or by `connection` where there was no status.
    public var failureCounts: [String: Int]
    /// How often it was waited for a limit or before a retry.
    public var waits: Int
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
    /// Of what the source says that it consists of, as 1C's `$metadata` does: another one where a
    /// list or field came, went or changed; `nil` where it does not say.
    public var structureFingerprint: String?
    /// What a person should know and what does not speak against completeness: the source has moved
    /// to another address, an older way of reading had to do.
    public var remarks: [String]
    /// Everything that speaks against completeness; empty means certified.
    public var doubts: [Doubt]

    /// Makes an empty certificate to be filled while reading.
    public init() {
        announcedCount = nil
        announcedCountAfter = nil
        fileRows = nil
        listedCount = 0
        deliveredCount = 0
        repeatedCount = 0
        appearedCount = nil
        skippedCount = 0
        firstID = nil
        lastID = nil
        pages = 0
        requests = 0
        retries = 0
        failureCounts = [:]
        waits = 0
        waitedMilliseconds = 0
        byteCount = 0
        durationMilliseconds = 0
        contentChecksum = nil
        noteCounts = [:]
        structureFingerprint = nil
        remarks = []
        doubts = []
    }

    /// Whether the snapshot may be taken for the whole.
    public var isCertified: Bool { doubts.isEmpty }

    /// Remarks that the source consists of something else than it did at an earlier reading.
    ///
    /// - Parameters:
    ///   - earlier: The certificate of that reading; nothing is remarked where either does not say.
    ///   - day: When it was, for the person who reads the remark.
    public mutating func remarkStructure(since earlier: Certificate, of day: String) {
        guard let before = earlier.structureFingerprint, let now = structureFingerprint,
            before != now
        else { return }
        remarks.append(
            "What the source publishes has changed since the reading of \(day) (fingerprint "
                + "\(before), now \(now)): lists or fields came, went or became others. "
                + "'sverka check' says whether the mapping still fits.")
    }
}

extension Certificate {
    /// Reads a certificate, also one that an earlier version stored without some of the numbers.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys, or absent: Value) throws -> Value {
            try values.decodeIfPresent(Value.self, forKey: key) ?? absent
        }
        self.init()
        announcedCount = try values.decodeIfPresent(Int.self, forKey: .announcedCount)
        announcedCountAfter = try values.decodeIfPresent(Int.self, forKey: .announcedCountAfter)
        fileRows = try values.decodeIfPresent(RowCounts.self, forKey: .fileRows)
        deliveredCount = try values.decode(Int.self, forKey: .deliveredCount)
        skippedCount = try value(.skippedCount, or: 0)
        listedCount = try value(.listedCount, or: deliveredCount + skippedCount)
        repeatedCount = try value(.repeatedCount, or: 0)
        appearedCount = try values.decodeIfPresent(Int.self, forKey: .appearedCount)
        firstID = try values.decodeIfPresent(RecordID.self, forKey: .firstID)
        lastID = try values.decodeIfPresent(RecordID.self, forKey: .lastID)
        pages = try value(.pages, or: 0)
        requests = try value(.requests, or: 0)
        retries = try value(.retries, or: 0)
        failureCounts = try value(.failureCounts, or: [:])
        waits = try value(.waits, or: 0)
        waitedMilliseconds = try value(.waitedMilliseconds, or: 0)
        byteCount = try value(.byteCount, or: 0)
        durationMilliseconds = try value(.durationMilliseconds, or: 0)
        contentChecksum = try values.decodeIfPresent(String.self, forKey: .contentChecksum)
        noteCounts = try value(.noteCounts, or: [:])
        structureFingerprint = try values.decodeIfPresent(
            String.self, forKey: .structureFingerprint)
        remarks = try value(.remarks, or: [])
        doubts = try values.decode([Doubt].self, forKey: .doubts)
    }
}
