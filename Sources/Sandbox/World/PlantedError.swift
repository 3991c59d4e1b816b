/// One thing that is wrong between the two sides, put there on purpose.
public struct PlantedError: Hashable, Sendable {
    /// What is wrong, in the words of Sverka's findings.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A record has no counterpart.
        case missing
        /// A pair differs in a field.
        case mismatch
        /// One thing is kept twice in one system.
        case duplicate
        /// An explicit id leads nowhere or to a deleted record.
        case brokenLink = "broken_link"
        /// An explicit id contradicts the taxpayer numbers, or is claimed twice.
        case conflict
        /// A value cannot be right.
        case invalid
    }

    /// One of the two systems: 1C is the left one, Bitrix24 the right one.
    public enum Side: String, Hashable, Sendable {
        /// 1C.
        case left
        /// Bitrix24.
        case right
    }

    /// What is wrong.
    public var kind: Kind
    /// The entity: `counterparty`, `contact`, `product`, `price`, `stock`, `order`, `invoice`,
    /// `payment` or `user`.
    public var entity = "counterparty"
    /// The field concerned; `nil` when it is the record as a whole.
    public var field: String?
    /// The side that was spoilt; `nil` for both.
    public var side: Side?
    /// `Ref_Key`s of the 1C records concerned.
    ///
    /// A register's record (price, stock) has the references of its key:
    /// `product#characteristic#price kind` or `product#characteristic#warehouse`, with a hyphen in
    /// place of no characteristic.
    public var leftIDs: [String]
    /// `ID`s of the Bitrix24 records concerned; `contact-ID` for a contact that is a counterparty.
    public var rightIDs: [String]
    /// Which variant of the kind it is: `points_nowhere`, `check_digit`, `typing_error`.
    public var note: String
    /// Whether a reconciler must report it.
    ///
    /// Where `false`, to report it and not to report it are
    /// both right: a far spelling, a value that is absent, the consequence of another error.
    public var isRequired = true

    /// The line of the truth file.
    public var jsonLine: String {
        var writer = ByteWriter()
        writer.raw("{\"kind\":")
        writer.string(kind.rawValue)
        writer.raw(",\"entity\":")
        writer.string(entity)
        writer.raw(",\"field\":")
        writer.optionalString(field)
        writer.raw(",\"side\":")
        writer.optionalString(side?.rawValue)
        for (key, ids) in [("left_ids", leftIDs), ("right_ids", rightIDs)] {
            writer.raw(",\"\(key)\":[")
            for (index, id) in ids.enumerated() {
                if index > 0 { writer.raw(",") }
                writer.string(id)
            }
            writer.raw("]")
        }
        writer.raw(",\"note\":")
        writer.string(note)
        writer.raw(",\"required\":\(isRequired)}")
        return writer.text
    }
}

/// A record of 1C and one of Bitrix24 that are the same thing.
public struct TruePair: Hashable, Sendable {
    /// `Ref_Key`.
    public var leftID: String
    /// `ID`.
    public var rightID: String

    /// Makes a pair.
    public init(leftID: String, rightID: String) {
        self.leftID = leftID
        self.rightID = rightID
    }
}
