/// A member's name as JSON writes it, for many objects.
public struct JSONName: Hashable, Sendable {
    /// The name between its quotes, in UTF-8.
    let quoted: [UInt8]
    /// Whether it has escapes.
    let isEscaped: Bool

    /// Writes a name.
    public init(_ name: String) {
        var writer = JSONWriter()
        writer.write(name)
        quoted = writer.utf8
        isEscaped = quoted.contains(UInt8(ascii: "\\"))
    }
}

extension JSONName: ExpressibleByStringLiteral {
    /// Writes a name.
    public init(stringLiteral name: String) { self.init(name) }
}

/// A member's name that is looked for in many objects: what makes it fast is made once.
public struct JSONKey: Sendable {
    let name: MemberName

    /// Makes a name ready; its bytes are kept for the life of the program.
    public init(_ name: String) { self.name = MemberName(name) }
}
