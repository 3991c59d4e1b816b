/// A place in a ``JSONDocument`` that somebody else keeps in memory.
///
/// Reading a record looks at hundreds of values; to count a reference for each took an eighth of the
/// time. Whoever makes a place keeps the document until the last one is used: see
/// ``JSONValue/withPlace(_:)``. Nothing but reading goes on in between, and no place is stored.
struct JSONPlace {
    /// The document's text, with eight bytes that may be read behind it.
    let bytes: UnsafePointer<UInt8>
    let tokens: UnsafePointer<JSONToken>
    let index: Int

    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ tokens: UnsafePointer<JSONToken>, _ index: Int) {
        self.bytes = bytes
        self.tokens = tokens
        self.index = index
    }

    @inline(__always)
    var token: JSONToken { tokens[index] }

    /// Another place of the same document.
    @inline(__always)
    func at(_ index: Int) -> JSONPlace { JSONPlace(bytes, tokens, index) }

    /// The bytes of a token: between the quotes, for a string.
    @inline(__always)
    func content(_ token: JSONToken) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(token.start), count: Int(token.end - token.start))
    }

    /// What the value is.
    @inline(__always)
    var kind: JSONValue.Kind { token.kind }

    /// Whether it is `null`.
    var isNull: Bool { kind == .null }

    /// The text of a string, mended; `nil` when it is not a string.
    var string: String? {
        let token = token
        return token.kind == .string ? text(of: token) : nil
    }

    /// The text of a string, or of a number as it was written; `nil` for anything else.
    var scalarText: String? {
        let token = token
        return token.kind == .string || token.kind == .number ? text(of: token) : nil
    }

    /// A whole number, also one that came as text: `12`, `"12"`.
    var integer: Int64? {
        let token = token
        guard token.kind == .number || token.kind == .string else { return nil }
        return Int64(asciiDigits: content(token))
    }

    /// `true` or `false`; `nil` for anything else.
    var boolean: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// Looks at the bytes of a string or number that stand for themselves, before any text is made.
    ///
    /// - Returns: What `body` gives; `nil` for other values, and for strings to be decoded or mended.
    @inline(__always)
    func withPlainContent<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value?) -> Value? {
        let token = token
        guard token.kind == .string || token.kind == .number,
            token.flags.isDisjoint(with: [.escaped, .hasNUL, .isBroken])
        else { return nil }
        return body(content(token))
    }

    /// The member of an object by its name; the last one where a name is repeated.
    ///
    /// - Returns: `nil` when there is none or this is not an object.
    func member(_ name: MemberName) -> JSONPlace? {
        lastMember(isName: { name.isSame(as: $0) }, isText: { name.isSame(as: $0) })
    }

    /// The member of an object by the UTF-8 bytes of its name, which is looked for once.
    func member(named name: UnsafeBufferPointer<UInt8>) -> JSONPlace? {
        lastMember(
            isName: { $0.count == name.count && $0.isSame(as: name) },
            isText: { $0.utf8.elementsEqual(name) })
    }

    /// The last member whose name answers: as it stands, or decoded where it has to be.
    @inline(__always)
    private func lastMember(
        isName: (UnsafeBufferPointer<UInt8>) -> Bool, isText: (String) -> Bool
    ) -> JSONPlace? {
        let object = token
        guard object.kind == .object else { return nil }
        let end = Int(object.next)
        var (key, found) = (index + 1, -1)
        while key < end {
            let token = tokens[key]
            if token.flags.isEmpty ? isName(content(token)) : isText(text(of: token)) {
                found = key + 1
            }
            key = Int(tokens[key + 1].next)
        }
        return found < 0 ? nil : at(found)
    }

    /// Hands over the elements of an array; none when it is not an array.
    @inline(__always)
    func forEachElement(_ body: (JSONPlace) -> Void) {
        let array = token
        guard array.kind == .array else { return }
        var element = index + 1
        while element < Int(array.next) {
            body(at(element))
            element = Int(tokens[element].next)
        }
    }

    private func text(of token: JSONToken) -> String {
        let isPlain = token.flags.isDisjoint(with: [.escaped, .hasNUL, .isBroken])
        return isPlain
            ? String(decoding: content(token), as: UTF8.self)
            : JSONStringDecoder.decode(content(token))
    }
}
