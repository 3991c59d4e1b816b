/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: String, Hashable, Sendable {
        /// The text ends in the middle: an answer that was cut off.
        case truncated = "the text ends in the middle"
        /// Another character was expected here.
        case unexpectedCharacter = "unexpected character"
        /// The number is not written as JSON writes numbers.
        case badNumber = "malformed number"
        /// The escape after a backslash is not one of JSON's.
        case badEscape = "malformed escape"
        /// Objects and arrays are nested deeper than allowed.
        case tooDeep = "nested too deeply"
        /// Something follows the value.
        case trailingText = "text after the end of the value"
        /// The text is longer than a reader can address.
        case tooLong = "longer than 4 GB"
    }

    /// What is wrong.
    public var problem: Problem
    /// The byte at which it shows, from 0.
    public var offset: Int

    /// Makes an error at a byte.
    public init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// The problem and its place; nothing of the text, which may be personal data.
    public var description: String { "\(problem.rawValue) at byte \(offset)" }
}
