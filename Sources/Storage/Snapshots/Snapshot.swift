public import Foundation
public import Records

/// The records of one entity in one source at one time.
public struct Snapshot: Hashable, Sendable {
    /// Its number.
    public var id: SnapshotID
    /// The source that was read.
    public var source: SourceName
    /// The entity that was read.
    public var entity: EntityName
    /// The run that took it.
    public var run: RunID
    /// When it was committed.
    public var takenAt: Date
    /// What is known about its completeness.
    public var certificate: Certificate
    /// Records that stand after it; more than were delivered when it is not certified.
    public var recordCount: Int
    /// Records that were not there before.
    public var addedCount: Int
    /// Records whose content changed.
    public var changedCount: Int
    /// Records that are no longer there; when it is not certified, those of which the source said so.
    public var removedCount: Int
    /// The checksum of all records that stand: equal checksums mean equal records.
    public var contentChecksum: String

    /// Whether it may be taken for the whole.
    public var isCertified: Bool { certificate.isCertified }
}

/// When a snapshot is held to be too small to be whole.
public struct SnapshotLimits: Hashable, Sendable {
    /// The share of records, in percent, whose disappearance since the last certified snapshot is a
    /// doubt; 1 to 100.
    public var suddenDropPercent: Int
    /// Whether a person said that the drop, or an empty source, is right this time.
    public var acceptsDrop: Bool

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - suddenDropPercent: The share of records that may not disappear at once.
    ///   - acceptsDrop: Whether it may this time.
    public init(suddenDropPercent: Int = 50, acceptsDrop: Bool = false) {
        self.suddenDropPercent = min(max(suddenDropPercent, 1), 100)
        self.acceptsDrop = acceptsDrop
    }

    /// What speaks against a number of records.
    ///
    /// - Parameters:
    ///   - delivered: Records delivered.
    ///   - certified: Records of the last certified snapshot; `nil` when there is none.
    ///   - areFiles: Whether the source is one of files, which withhold nothing from anybody.
    /// - Returns: The doubt; `nil` when there is none.
    public func doubt(
        delivered: Int, certified: Int?, areFiles: Bool = false
    ) -> Certificate.Doubt? {
        guard !acceptsDrop else { return nil }
        guard let certified else {
            if areFiles, delivered == 0 {
                return .partial(detail: "the files have no records at all")
            }
            // A source that withholds what it may not show gives nothing at all, without an error.
            return delivered == 0 ? .rightsLost(detail: "the source has no records at all") : nil
        }
        let lost = certified - delivered
        guard lost > 0, lost * 100 >= certified * suddenDropPercent else { return nil }
        return .suddenDrop(previous: certified, current: delivered)
    }
}
