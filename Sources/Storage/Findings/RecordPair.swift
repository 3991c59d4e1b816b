public import Records

internal import PostgresClient

/// Two records about which a person decides: a left and a right one, or two of one side.
public struct RecordPair: Hashable, Sendable {
    /// The side of both; `nil` where the first is a left record and the second a right one.
    public let side: Side?
    /// The left record; of two of one side the one whose id comes first by its bytes.
    public let first: RecordID
    /// The right record, or the other one of the side.
    public let second: RecordID

    /// A left and a right record.
    public init(left: RecordID, right: RecordID) {
        side = nil
        first = left
        second = right
    }

    /// Two records of one side, the same pair whichever is named first.
    public init(of side: Side, _ one: RecordID, _ other: RecordID) {
        self.side = side
        // As the database orders texts, which is not how ids of digits are ordered.
        let isInOrder = !other.rawValue.utf8.lexicographicallyPrecedes(one.rawValue.utf8)
        first = isInOrder ? one : other
        second = isInOrder ? other : one
    }

    /// The side of the first record.
    public var firstSide: Side { side ?? .left }

    /// The side of the second record.
    public var secondSide: Side { side ?? .right }
}

extension RecordPair {
    /// The pair that a verdict is about; `nil` when it is about a finding.
    init?(_ row: PostgresRow) throws {
        guard let first = try row["left_id"].optionalText else { return nil }
        side = try row["side"].optionalText.flatMap(Side.init(rawValue:))
        self.first = RecordID(first)
        second = RecordID(try row["right_id"].text)
    }
}
