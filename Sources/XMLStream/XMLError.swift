/// Why a document cannot be read on, and where.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// The document ends before its root element does: a file that was cut off.
        case truncated
        /// There is no element at all.
        case empty
        /// Something follows the end of the root element, such as a second root.
        case contentAfterRoot
        /// A start tag and an end tag do not belong together.
        case tagMismatch
        /// A character that XML does not allow, such as a control character.
        case forbiddenCharacter
        /// The bytes are not of the encoding in which the document is read.
        case wrongEncoding(XMLEncoding)
        /// The declared encoding is none of those that are read.
        case unknownEncoding(String)
        /// A reference to an entity that XML itself does not define.
        case unknownEntity
        /// A document type declaration, which exchange files do not have and attacks do.
        case doctype
        /// Elements are nested deeper than allowed.
        case tooDeep(limit: Int)
        /// More different names than a real document has.
        case tooManyNames(limit: Int)
        /// A name, tag, attribute or comment longer than any real one.
        case tooLong
        /// Anything else that is not XML, by the number that libxml2 gives it.
        case notWellFormed(code: Int)
    }

    /// What is wrong.
    public var problem: Problem
    /// The line at which it shows, from 1; `nil` when it shows before the text is decoded.
    public var line: Int?
    /// The byte of the file at which it shows, from 0; `nil` where the encoding hides it.
    public var byte: Int?

    /// Makes an error at a place.
    public init(_ problem: Problem, line: Int? = nil, byte: Int? = nil) {
        self.problem = problem
        self.line = line
        self.byte = byte
    }

    /// The problem and its place; nothing of the text, which may be personal data.
    public var description: String {
        let place = [line.map { "line \($0)" }, byte.map { "byte \($0)" }].compactMap { $0 }
        return place.isEmpty ? words : "\(place.joined(separator: ", ")): \(words)"
    }

    private var words: String {
        switch problem {
        case .truncated: "the document ends before its root element; the file was cut off"
        case .empty: "there is no XML element in the document"
        case .contentAfterRoot: "something follows the end of the root element"
        case .tagMismatch: "a start tag and an end tag do not belong together"
        case .forbiddenCharacter: "a character that XML does not allow"
        case .wrongEncoding(let encoding): "bytes that are not \(encoding.rawValue)"
        case .unknownEncoding(let name):
            "the encoding '\(name)' is not read; save the file as UTF-8"
        case .unknownEntity: "a reference to an entity that XML does not define"
        case .doctype: "a document type declaration (<!DOCTYPE), which is refused"
        case .tooDeep(let limit): "elements nested deeper than \(limit)"
        case .tooManyNames(let limit): "more than \(limit) different names"
        case .tooLong: "a name, tag, attribute or comment that is too long"
        case .notWellFormed(let code): "not well-formed XML (libxml2 error \(code))"
        }
    }
}
