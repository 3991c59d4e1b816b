/// The name of an entity, as its definition file spells it: `counterparty`, `product`.
public struct EntityName: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The name, lower case, words joined by underscores.
    public let rawValue: String

    /// Wraps a name as it stands in a definition file.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The name itself.
    public var description: String { rawValue }

    /// Orders names by their UTF-8 bytes, the same on every machine.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

// Written as its text, so that files that people read say `"entity": "counterparty"`.
extension EntityName {
    /// Reads a name.
    ///
    /// - Throws: `DecodingError` when there is no text.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the name as a text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// The name of a field of an entity, as its definition file spells it: `tax_id`, `phone`.
public struct FieldName: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The name, lower case, words joined by underscores.
    public let rawValue: String

    /// Wraps a name as it stands in a definition file.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The name itself.
    public var description: String { rawValue }

    /// Orders names by their UTF-8 bytes, the same on every machine.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// The name of a source in the configuration: `accounting`, `crm`.
public struct SourceName: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The name as configured.
    public let rawValue: String

    /// Wraps a name as configured.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The name itself.
    public var description: String { rawValue }

    /// Orders names by their UTF-8 bytes, the same on every machine.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// The id that a source gives a record, unique within one entity of that source.
public struct RecordID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The id as the source writes it.
    public let rawValue: String

    /// Wraps an id as the source writes it.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The most bytes that an id can have to be kept: an index of the database takes no more than
    /// some 2 700, and what is longer is no id but a text in the wrong place.
    public static let byteCountMax = 1_000

    /// The id itself.
    public var description: String { rawValue }

    /// Orders ids of digits by number and others by their UTF-8 bytes, the same on every machine.
    ///
    /// Numbers come before other texts, so that the order is total in a mixed list too.
    public static func < (left: Self, right: Self) -> Bool {
        let (a, b) = (left.rawValue.utf8, right.rawValue.utf8)
        switch (left.isNumber, right.isNumber) {
        case (true, true) where a.count != b.count: return a.count < b.count
        case (true, false): return true
        case (false, true): return false
        default: return a.lexicographicallyPrecedes(b)
        }
    }

    /// Whether the id is a decimal number without leading zeros.
    private var isNumber: Bool {
        guard let first = rawValue.utf8.first, first != UInt8(ascii: "0") else { return false }
        return rawValue.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// Which of the two compared sources is meant.
///
/// No code below the collectors knows which of them is an accounting system and which a CRM.
public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
    /// The source named `left` in the configuration, as a rule 1C.
    case left
    /// The source named `right` in the configuration, as a rule Bitrix24.
    case right

    /// The side opposite.
    public var other: Side { self == .left ? .right : .left }
}

/// The number of a snapshot, growing with time within one database.
public struct SnapshotID: Hashable, Sendable, Comparable, Codable {
    /// The number.
    public let rawValue: Int64

    /// Wraps a number given by the database.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Orders snapshots by their number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The number of a run, growing with time within one database.
public struct RunID: Hashable, Sendable, Comparable, Codable {
    /// The number.
    public let rawValue: Int64

    /// Wraps a number given by the database.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Orders runs by their number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
