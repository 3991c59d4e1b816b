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
///
/// Both stand in memory of the document's own: every value looks into them, and to look into an array
/// would count a reference each time. Neither is written after `init`, hence `@unchecked Sendable`.
public final class JSONDocument: @unchecked Sendable {
    /// The text, with eight bytes behind it, so that its last ones can be read eight at a time.
    let bytes: UnsafePointer<UInt8>
    let tokens: UnsafePointer<JSONToken>
    /// What both stand in.
    private let blocks: (text: MemoryBlock, tokens: MemoryBlock)

    /// Reads a text; a byte order mark before it is skipped.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - depthLimit: How deep objects and arrays may be nested.
    /// - Throws: ``JSONError`` with the byte at which the text stops being JSON.
    public init(parsing bytes: [UInt8], depthLimit: Int = 128) throws(JSONError) {
        guard bytes.count < Int(UInt32.max) else { throw JSONError(.tooLong, at: 0) }
        var text = DocumentText(capacity: bytes.count + 8)
        bytes.withUnsafeBufferPointer { text.append($0) }
        let block = text.take()
        text.deallocate()
        let start = UnsafePointer(block.start.assumingMemoryBound(to: UInt8.self))
        var parser = JSONParser(
            UnsafeBufferPointer(start: start, count: bytes.count), depthLimit: depthLimit)
        do throws(JSONError) {
            try parser.parse()
        } catch {
            parser.tokens.deallocate()
            DocumentMemory.give(block)
            throw error
        }
        self.bytes = start
        tokens = UnsafePointer(parser.tokens.start)
        blocks = (block, parser.tokens.block)
    }

    /// Takes a text, with eight bytes behind it, and its tokens, as ``JSONAssembler`` puts them
    /// together.
    init(_ text: MemoryBlock, _ tokens: JSONTokenTable) {
        precondition(text.count < Int(UInt32.max), "tokens count bytes in 32 bits")
        bytes = UnsafePointer(text.start.assumingMemoryBound(to: UInt8.self))
        self.tokens = UnsafePointer(tokens.start)
        blocks = (text, tokens.block)
    }

    /// Bytes of the text.
    func content(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count)
    }

    deinit {
        DocumentMemory.give(blocks.tokens)
        DocumentMemory.give(blocks.text)
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

    /// Makes the token of a value; that of a container is completed when it is closed.
    @inline(__always)
    init(
        _ kind: JSONValue.Kind, from start: Int, to end: Int = 0, next: Int = 0, flags: Flags = []
    ) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.next = UInt32(truncatingIfNeeded: next)
        count = 0
        self.kind = kind
        self.flags = flags
    }
}

/// The table of tokens while it grows.
struct JSONTokenTable {
    private(set) var start: UnsafeMutablePointer<JSONToken>
    private(set) var count = 0
    /// What the table stands in.
    private(set) var block: MemoryBlock
    private var capacity: Int

    init(capacity: Int) {
        block = DocumentMemory.take(max(1, capacity) * MemoryLayout<JSONToken>.stride)
        self.capacity = block.count / MemoryLayout<JSONToken>.stride
        start = block.start.bindMemory(to: JSONToken.self, capacity: self.capacity)
    }

    @inline(__always)
    mutating func append(_ token: JSONToken) {
        if count == capacity { grow() }
        (start + count).initialize(to: token)
        count += 1
    }

    /// Gives the memory back, in place of whoever else owns it.
    func deallocate() { DocumentMemory.give(block) }

    /// The table for a new owner of its memory; this one is empty then.
    mutating func take() -> JSONTokenTable {
        let taken = self
        self = JSONTokenTable(capacity: 0)
        return taken
    }

    @inline(never)
    private mutating func grow() {
        var larger = JSONTokenTable(capacity: capacity * 2)
        larger.start.moveInitialize(from: start, count: count)
        larger.count = count
        DocumentMemory.give(block)
        self = larger
    }
}
