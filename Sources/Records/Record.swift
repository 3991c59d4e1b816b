/// One object of one entity in one source.
public struct Record: Hashable, Sendable {
    /// The id that the source gives it.
    public var id: RecordID
    /// The typed fields, in the order of ``EntityDefinition/fields``; `nil` where the source is silent.
    public var fields: [FieldValue?]
    /// The object as it came, JSON text; empty when the record was loaded for matching only.
    ///
    /// Of a record that was just read it is made when it is asked for: what did not change since the
    /// last snapshot is never asked.
    public var payload: String {
        get { payloadText.text }
        set { payloadText = .text(newValue) }
    }
    /// What had to be mended or left out while reading, for the certificate and the findings.
    public var readingNotes: [ReadingNote]
    /// Whether the source says that the record is no longer there; it has no values then.
    ///
    /// Where a source gives changes only, this alone ends what was read before.
    public var isRemoved = false
    private var payloadText: PayloadText

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - id: The id that the source gives it.
    ///   - fields: The typed fields, in the order of ``EntityDefinition/fields``.
    ///   - payload: The object as it came, JSON text.
    ///   - readingNotes: What had to be mended while reading.
    public init(
        id: RecordID, fields: [FieldValue?], payload: String = "", readingNotes: [ReadingNote] = []
    ) {
        self.id = id
        self.fields = fields
        payloadText = .text(payload)
        self.readingNotes = readingNotes
    }

    /// Makes a record whose payload is made when it is asked for.
    ///
    /// - Parameters:
    ///   - id: The id that the source gives it.
    ///   - fields: The typed fields, in the order of ``EntityDefinition/fields``.
    ///   - payload: Makes the object as it came, JSON text.
    ///   - readingNotes: What had to be mended while reading.
    public init(
        id: RecordID, fields: [FieldValue?], payload: any LazyPayload,
        readingNotes: [ReadingNote] = []
    ) {
        self.id = id
        self.fields = fields
        payloadText = .lazy(payload)
        self.readingNotes = readingNotes
    }

    /// The value of a field, by its position in the definition.
    public subscript(index: Int) -> FieldValue? { fields[index] }
}

/// What can make the payload of a record; the same text each time.
public protocol LazyPayload: AnyObject, Sendable {
    /// The object as it came, JSON text.
    var text: String { get }
}

/// The payload of a record: two are equal when their texts are.
private enum PayloadText: Hashable, Sendable {
    case text(String)
    case lazy(any LazyPayload)

    var text: String {
        switch self {
        case .text(let text): text
        case .lazy(let payload): payload.text
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Something that had to be mended in one field of one record while reading it.
public struct ReadingNote: Hashable, Sendable, Codable {
    /// What was mended.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// NUL characters were left out.
        case nulRemoved = "nul_removed"
        /// Bytes that are not UTF-8 became U+FFFD.
        case brokenEncoding = "broken_encoding"
        /// The value does not fit the field's type and was kept as no value.
        case typeMismatch = "type_mismatch"
        /// A reference is not in the list that says what it means, and was kept as it is.
        case unknownKey = "unknown_key"
        /// The text was longer than the limit and was cut.
        case cut
    }

    /// What was mended.
    public var kind: Kind
    /// The field concerned; `nil` when it is not one that is mapped.
    public var field: FieldName?

    /// Makes a note.
    public init(_ kind: Kind, field: FieldName? = nil) {
        self.kind = kind
        self.field = field
    }
}
