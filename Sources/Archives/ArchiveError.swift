/// Why an archive is not read.
public struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// The file cannot be opened or read.
        case unreadable
        /// There is no directory at its end: no zip archive, or one that was cut off.
        case noDirectory
        /// What the directory says does not fit the file.
        case damaged
        /// The name of an entry leads out of the archive, such as `../file`.
        case unsafeName
        /// An entry is encrypted.
        case encrypted
        /// An entry is packed in another way than deflate.
        case unknownMethod(Int)
        /// There are more entries than allowed.
        case tooManyEntries(limit: Int)
        /// Unpacked, the archive is larger than allowed.
        case tooLarge(limit: Int)
        /// An entry unpacks to so many times its size that it can only be meant to do harm.
        case tooDense(limit: Int)
    }

    /// What is wrong.
    public var problem: Problem
    /// The entry concerned; `nil` when it is the archive as a whole.
    public var entry: String?

    /// Makes an error.
    public init(_ problem: Problem, entry: String? = nil) {
        self.problem = problem
        self.entry = entry
    }

    /// The problem and the entry.
    public var description: String {
        entry.map { "entry '\($0)': \(words)" } ?? words
    }

    private var words: String {
        switch problem {
        case .unreadable: "the archive cannot be read"
        case .noDirectory: "not a zip archive, or one that was cut off"
        case .damaged: "the archive is damaged"
        case .unsafeName: "the name leads out of the archive, which is refused"
        case .encrypted: "it is encrypted"
        case .unknownMethod(let method): "packed in a way that is not read (method \(method))"
        case .tooManyEntries(let limit): "more than \(limit) entries, which is refused"
        case .tooLarge(let limit): "more than \(limit) bytes unpacked, which is refused"
        case .tooDense(let limit): "over \(limit) times as large unpacked, which is refused"
        }
    }
}
