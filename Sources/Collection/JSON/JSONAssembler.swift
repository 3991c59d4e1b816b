/// Puts values that were read together into a new document, without reading them again.
///
/// The bytes of a value are copied as they came, and its tokens with them, moved to their new place.
/// What results is what ``JSONDocument`` would make of the same text.
public struct JSONAssembler: ~Copyable {
    private var bytes: DocumentText
    private var tokens: JSONTokenTable
    /// Elements or members of the container that is open.
    private var count: UInt32 = 0
    /// What that container inherits from them.
    private var flags: JSONToken.Flags = []
    private var isAfterName = false

    /// Begins a document; it is one value, as a rule an array.
    ///
    /// - Parameter capacity: How many bytes it will have, about.
    public init(capacity: Int) {
        bytes = DocumentText(capacity: capacity)
        tokens = JSONTokenTable(capacity: capacity / 14 + 4)
    }

    deinit {
        tokens.deallocate()
        bytes.deallocate()
    }

    /// Appends a value with everything in it.
    public mutating func append(_ value: JSONValue) {
        separate()
        copy(value)
        flags.formUnion(value.flags.intersection(.inherited))
    }

    /// Appends an array; its elements are appended by the closure.
    public mutating func array(_ elements: (inout JSONAssembler) -> Void) {
        separate()
        let index = tokens.count
        tokens.append(JSONToken(.array, from: bytes.count))
        bytes.append(UInt8(ascii: "["))
        fill(index, count: 0, flags: [], elements)
        bytes.append(UInt8(ascii: "]"))
        close(index)
    }

    /// Appends an object of the members of another one and of those that the closure appends.
    ///
    /// - Parameters:
    ///   - object: The other one; anything but an object has no members.
    ///   - members: Appends a name and a value for each further member.
    public mutating func object(
        extending object: JSONValue? = nil, _ members: (inout JSONAssembler) -> Void
    ) {
        separate()
        let index = tokens.count
        if let object, object.kind == .object {
            copy(object)
            bytes.removeLast()
            fill(index, count: UInt32(object.count), flags: object.flags, members)
        } else {
            tokens.append(JSONToken(.object, from: bytes.count))
            bytes.append(UInt8(ascii: "{"))
            fill(index, count: 0, flags: [], members)
        }
        bytes.append(UInt8(ascii: "}"))
        close(index)
    }

    /// Appends a member's name; its value is to be appended next.
    public mutating func name(_ name: JSONName) {
        separate()
        let start = bytes.count + 1
        name.quoted.withUnsafeBufferPointer { bytes.append($0) }
        tokens.append(
            JSONToken(
                .string, from: start, to: bytes.count - 1, next: tokens.count + 1,
                flags: name.isEscaped ? .escaped : []))
        bytes.append(UInt8(ascii: ":"))
        isAfterName = true
    }

    /// Appends the members of an object, but for those of some names.
    mutating func members(of object: JSONValue, except names: ComparedTexts) {
        guard object.kind == .object else { return }
        let source = object.document.tokens
        var key = object.index + 1
        while key < Int(source[object.index].next) {
            let name = JSONValue(document: object.document, index: key)
            key = Int(source[key + 1].next)
            guard name.withPlace({ names.contains($0) }) != true else { continue }
            append(name)
            bytes.append(UInt8(ascii: ":"))
            isAfterName = true
            append(JSONValue(document: object.document, index: name.index + 1))
        }
    }

    /// The document.
    public consuming func finish() -> JSONDocument {
        precondition(tokens.count > 0, "a document is a value")
        let tokens = tokens.take()
        return JSONDocument(bytes.take(), tokens)
    }

    private mutating func separate() {
        if isAfterName {
            isAfterName = false
            return
        }
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        count += 1
    }

    /// Fills a container by a closure.
    private mutating func fill(
        _ index: Int, count own: UInt32, flags ownFlags: JSONToken.Flags,
        _ content: (inout JSONAssembler) -> Void
    ) {
        let outer = (count, flags)
        (count, flags) = (own, ownFlags.intersection(.inherited))
        content(&self)
        tokens.start[index].count = count
        tokens.start[index].flags = flags
        count = outer.0
        flags = outer.1.union(flags)
    }

    private mutating func close(_ index: Int) {
        tokens.start[index].end = UInt32(truncatingIfNeeded: bytes.count)
        tokens.start[index].next = UInt32(truncatingIfNeeded: tokens.count)
    }

    private mutating func copy(_ value: JSONValue) {
        let source = value.document.tokens
        let shift = UInt32(truncatingIfNeeded: bytes.count - value.rawRange.lowerBound)
        let move = UInt32(truncatingIfNeeded: tokens.count - value.index)
        bytes.append(value.document.content(value.rawRange))
        for index in value.index..<Int(source[value.index].next) {
            var token = source[index]
            token.start &+= shift
            token.end &+= shift
            token.next &+= move
            tokens.append(token)
        }
    }
}
