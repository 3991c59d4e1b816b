/// One operation of the integration, as its journal tells of it: one line.
public struct JournalEntry: Hashable, Sendable {
    /// When it happened, in microseconds since 1970.
    public var occurredAt: Int64
    /// What was done: `create`, `update`; empty where the line leaves it out.
    public var operation: String
    /// To what kind of thing: `counterparty`.
    public var objectKind: String
    /// The system that sent it, as the journal calls it.
    public var sourceSystem: String
    /// The system that got it, as the journal calls it.
    public var targetSystem: String
    /// The thing's id in the system that sent it.
    public var objectID: String
    /// Whether it failed.
    public var isError: Bool
    /// How long it took; `nil` where the line does not tell.
    public var durationMilliseconds: Int32?
    /// The code of the error; `nil` where there is none.
    public var errorCode: String?
    /// What the integration wrote of it, which may name persons; `nil` for nothing.
    public var details: String?

    /// Makes an entry.
    public init(
        occurredAt: Int64, operation: String = "", objectKind: String = "",
        sourceSystem: String = "", targetSystem: String = "", objectID: String = "",
        isError: Bool = false, durationMilliseconds: Int32? = nil, errorCode: String? = nil,
        details: String? = nil
    ) {
        self.occurredAt = occurredAt
        self.operation = operation
        self.objectKind = objectKind
        self.sourceSystem = sourceSystem
        self.targetSystem = targetSystem
        self.objectID = objectID
        self.isError = isError
        self.durationMilliseconds = durationMilliseconds
        self.errorCode = errorCode
        self.details = details
    }
}

/// Why a line of a journal is left out.
public enum JournalRefusal: String, Hashable, Sendable, CaseIterable {
    /// It is no JSON object, or no row of the columns at the head of the file.
    case unreadable
    /// It is longer than any line that a program means to write.
    case tooLong = "too_long"
    /// It does not say when, or not in a form that is understood.
    case noTime = "no_time"
    /// It says that it happened later than now.
    case fromFuture = "from_future"
}

/// How far a file of a journal was read, and how the file is recognised under another name.
public struct JournalMark: Hashable, Sendable {
    /// Its number in the database; `nil` for a file of which nothing is stored yet.
    public var id: Int64?
    /// The file's name when it was read.
    public var name: String
    /// Bytes that were read; always up to the end of a line.
    public var readBytes: Int
    /// A hash of the first kilobyte of what was read.
    public var headHash: [UInt8]
    /// A hash of the last kilobyte of what was read.
    public var tailHash: [UInt8]
    /// Lines that were read, those left out included.
    public var readLines: Int
    /// Lines that were left out, by reason.
    public var refused: [JournalRefusal: Int]

    /// Makes a mark; of a file of which nothing was read yet without more.
    public init(
        id: Int64? = nil, name: String, readBytes: Int = 0,
        headHash: [UInt8] = [UInt8](repeating: 0, count: 16),
        tailHash: [UInt8] = [UInt8](repeating: 0, count: 16), readLines: Int = 0,
        refused: [JournalRefusal: Int] = [:]
    ) {
        self.id = id
        self.name = name
        self.readBytes = readBytes
        self.headHash = headHash
        self.tailHash = tailHash
        self.readLines = readLines
        self.refused = refused
    }
}
