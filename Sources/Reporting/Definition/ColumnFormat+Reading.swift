internal import Definitions

extension ColumnFormat {
    /// A format by its name alone, or with what belongs to it.
    init(_ node: YAMLNode, column: String) throws(DefinitionError) {
        guard node.isMapping else {
            self.init(kind: try node.choice(of: Kind.self))
            if kind == .word { words = Self.usualWords(of: column) }
            guard kind != .link, kind != .field, kind != .value else {
                throw node.error("'\(kind.rawValue)' needs more: {format: \(kind.rawValue), …}")
            }
            return
        }
        try node.allow(keys: Self.keys)
        try self.init(fieldsOf: node, column: column)
    }

    /// Where the words of a column's values stand when nothing else is said.
    private static func usualWords(of column: String) -> String { "values.\(column).{}" }

    /// The keys that say a format.
    static let keys = [
        "format", "currency", "words", "digits", "address", "entity", "field", "empty",
        "personal", "trimmed",
    ]

    /// Whether a mapping says a format.
    static func isGiven(in node: YAMLNode) throws(DefinitionError) -> Bool {
        for (key, _) in try node.pairs() where keys.contains(key.value) { return true }
        return false
    }

    /// A format by the keys of a mapping that may have others too.
    init(fieldsOf node: YAMLNode, column: String) throws(DefinitionError) {
        self.init(kind: try node.optional("format")?.choice(of: Kind.self) ?? .text)
        currency = try node.optional("currency")?.text()
        words =
            try node.optional("words")?.text()
            ?? (kind == .word ? Self.usualWords(of: column) : nil)
        digits = try node.optional("digits")?.integer()
        isTrimmed = try node.optional("trimmed")?.boolean() ?? false
        address = try node.optional("address")?.text()
        entity = try node.optional("entity")?.text()
        field = try node.optional("field")?.text()
        empty = try node.optional("empty")?.text()
        personal = try node.optional("personal")?.choice(of: Personal.self)
        if kind == .link, address == nil {
            throw node.error("a link needs 'address', the column with the address")
        }
        if kind == .field, entity == nil {
            throw node.error("a field needs 'entity', the column with the entity")
        }
        if kind == .value, entity == nil || field == nil {
            throw node.error(
                "a value needs 'entity' and 'field', the columns with the entity and the field")
        }
    }
}
