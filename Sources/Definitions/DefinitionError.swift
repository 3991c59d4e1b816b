/// What is wrong in a definition file, and where.
public struct DefinitionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was asked for.
    public var file: String
    /// The line, from 1; `nil` when the file as a whole is meant.
    public var line: Int?
    /// The column, from 1.
    public var column: Int?
    /// What is wrong and what would be right.
    public var message: String

    /// Makes an error at a place.
    public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: message`, as compilers write it.
    public var description: String {
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line):\(column ?? 1): \(message)"
    }
}
