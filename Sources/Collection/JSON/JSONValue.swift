/// One value of a ``JSONDocument``: a place in its table, as cheap to pass on as two numbers.
public struct JSONValue: Sendable {
    /// What a value is.
    public enum Kind: UInt8, Sendable {
        /// `null`.
        case null
        /// `true`.
        case `true`
        /// `false`.
        case `false`
        /// A number, kept as it was written.
        case number
        /// A text.
        case string
        /// A list.
        case array
        /// Named members, in the order in which they came.
        case object
    }

    let document: JSONDocument
    let index: Int

    private var token: JSONToken { document.tokens[index] }

    /// Hands over its place; the document is kept until the closure returns.
    @inline(__always)
    func withPlace<Value>(_ body: (JSONPlace) -> Value) -> Value {
        withExtendedLifetime(document) { body(JSONPlace(document.bytes, document.tokens, index)) }
    }

    /// What the value is.
    public var kind: Kind { token.kind }

    /// Whether it is `null`.
    public var isNull: Bool { kind == .null }

    /// The text of a string, mended; `nil` when it is not a string.
    public var string: String? { withPlace(\.string) }

    /// The text of a string, or of a number as it was written; `nil` for anything else.
    public var scalarText: String? { withPlace(\.scalarText) }

    /// Whether it is a string or a number.
    public var isScalar: Bool { kind == .string || kind == .number }

    /// A whole number, also one that came as text: `12`, `"12"`.
    public var integer: Int64? { withPlace(\.integer) }

    /// `true` or `false`; `nil` for anything else.
    public var boolean: Bool? { withPlace(\.boolean) }

    /// The number of elements of an array or members of an object, else 0.
    public var count: Int { Int(token.count) }

    /// Whether NULs were left out of it or of something inside it.
    public var hadNUL: Bool { token.flags.contains(.hasNUL) }

    /// Whether bytes that are not UTF-8 were replaced in it or in something inside it.
    public var hadBrokenEncoding: Bool { token.flags.contains(.isBroken) }

    /// The JSON text of the value, valid whatever the source wrote: mended where it was mended.
    public var jsonText: String {
        if token.flags.isDisjoint(with: .inherited) {
            return String(
                decoding: document.content(rawRange), as: UTF8.self)
        }
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }

    /// Appends the bytes of the value as they came, to be read again by ``JSONDocument`` only.
    public func appendRaw(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: document.content(rawRange))
    }

    /// What is to be known of it and of what is inside it.
    var flags: JSONToken.Flags { token.flags }

    /// Where its text stands, quotes included.
    var rawRange: Range<Int> {
        let token = token
        let quotes = token.kind == .string ? 1 : 0
        return Int(token.start) - quotes..<Int(token.end) + quotes
    }
}

extension JSONValue {
    /// The member of an object by its name; the last one where a name is repeated.
    ///
    /// - Returns: `nil` when there is none or this is not an object.
    public subscript(name: String) -> JSONValue? {
        var name = name
        return name.withUTF8 { name in
            withPlace { $0.member(named: name)?.index }
                .map { JSONValue(document: document, index: $0) }
        }
    }

    /// The member of an object by a name that is looked for in many of them.
    ///
    /// - Returns: `nil` when there is none or this is not an object.
    public subscript(key: JSONKey) -> JSONValue? {
        withPlace { $0.member(key.name)?.index }
            .map { JSONValue(document: document, index: $0) }
    }

    /// The element of an array by its position; `nil` beyond the end.
    ///
    /// - Complexity: O(position).
    public subscript(position: Int) -> JSONValue? {
        guard kind == .array, position < count else { return nil }
        return elements.dropFirst(position).first { _ in true }
    }

    /// The elements of an array; none when it is not an array.
    public var elements: Elements {
        kind == .array
            ? Elements(document: document, cursor: index + 1, end: Int(token.next))
            : Elements(document: document, cursor: 0, end: 0)
    }

    /// The members of an object in the order in which they came; none when it is not an object.
    public var members: Members {
        kind == .object
            ? Members(document: document, cursor: index + 1, end: Int(token.next))
            : Members(document: document, cursor: 0, end: 0)
    }

    /// The elements of an array, one after another.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        let document: JSONDocument
        var cursor: Int
        let end: Int

        /// The next element.
        public mutating func next() -> JSONValue? {
            guard cursor < end else { return nil }
            defer { cursor = Int(document.tokens[cursor].next) }
            return JSONValue(document: document, index: cursor)
        }
    }

    /// The members of an object, one after another.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        let document: JSONDocument
        var cursor: Int
        let end: Int

        /// The next member.
        public mutating func next() -> (name: String, value: JSONValue)? {
            guard cursor < end else { return nil }
            let name = JSONValue(document: document, index: cursor).string ?? ""
            let value = JSONValue(document: document, index: cursor + 1)
            cursor = Int(document.tokens[cursor + 1].next)
            return (name, value)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether bytes of the same number are the same.
    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        for offset in 0..<count where self[offset] != other[offset] { return false }
        return true
    }
}

extension Int64 {
    /// Reads an optional minus and digits; `nil` for anything else or beyond 64 bits.
    init?(asciiDigits bytes: UnsafeBufferPointer<UInt8>) {
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.count <= 19 else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte &- 0x30 < 10 else { return nil }
            let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(Int64(byte - 0x30))
            guard !isTooBig, !overflows else { return nil }
            value = sum
        }
        self = isNegative ? -value : value
    }
}
