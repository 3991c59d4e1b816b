/// Why a file could not be read to the end.
///
/// The message holds no value of a cell, an id aside.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was asked for.
    public var file: String
    /// The line, from 1; `nil` when the file as a whole is meant.
    public var line: Int?
    /// What is wrong and what to do.
    public var message: String

    /// Makes an error.
    public init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// What is wrong, for whoever names the file himself.
    static func reason(_ error: any Error) -> String {
        (error as? FileError)?.message ?? "\(error)"
    }

    /// `file:line: message`.
    public var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}
