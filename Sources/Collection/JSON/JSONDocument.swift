/// A JSON text and where everything in it stands.
///
/// Foundation's reader loses the text of numbers (`22729.10` becomes a binary fraction) and refuses
/// a whole page for one bad byte in one name. This one keeps number text and the order of members,
/// and *mends* what old systems write into strings: NUL characters are left out and bytes that are
/// not UTF-8 become U+FFFD, each marked so that a ``ReadingNote`` can be made of it. Raw control
/// characters in strings are taken as they are. In everything else it is strict.
///
/// Nothing is decoded ahead: a document is the bytes and one table of tokens, and strings come into
/// being when they are asked for.
public final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let tokens: [JSONToken]

    /// Reads a text; a byte order mark before it is skipped.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - depthLimit: How deep objects and arrays may be nested.
    /// - Throws: ``JSONError`` with the byte at which the text stops being JSON.
    public init(parsing bytes: [UInt8], depthLimit: Int = 128) throws(JSONError) {
        guard bytes.count < Int(UInt32.max) else { throw JSONError(.tooLong, at: 0) }
        let parsed: Result<[JSONToken], JSONError> = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer, depthLimit: depthLimit)
            do throws(JSONError) {
                try parser.parse()
                return .success(parser.tokens)
            } catch {
                return .failure(error)
            }
        }
        self.tokens = try parsed.get()
        self.bytes = bytes
    }

    /// Reads a text given as a string.
    ///
    /// - Throws: ``JSONError`` with the byte at which the text stops being JSON.
    public convenience init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The whole value.
    public var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// One value or member name: its kind, its bytes, and where the next one stands.
struct JSONToken {
    /// The first byte: of the text between the quotes, for a string.
    var start: UInt32
    /// The byte after the last.
    var end: UInt32
    /// The token after this one and everything in it.
    var next: UInt32
    /// How many elements an array or members an object has.
    var count: UInt32
    var kind: JSONValue.Kind
    var flags: Flags

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The string has escapes.
        static let escaped = Flags(rawValue: 1)
        /// A NUL was left out, here or in something inside.
        static let hasNUL = Flags(rawValue: 2)
        /// Bytes that are not UTF-8, or half a surrogate pair, here or in something inside.
        static let isBroken = Flags(rawValue: 4)
        /// A raw control character, which JSON does not allow, here or in something inside.
        static let hasControl = Flags(rawValue: 8)
        /// What a container takes over from what it contains.
        static let inherited: Flags = [.hasNUL, .isBroken, .hasControl]
    }
}
