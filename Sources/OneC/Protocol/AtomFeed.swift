internal import Collection
internal import XMLStream

/// Reads entities out of an Atom feed, the only format of platforms before 8.3.6, as the JSON that
/// later ones give.
final class AtomFeed: XMLHandler {
    private enum Value {
        case text(String)
        case null
        case rows([[(name: String, value: Value)]])
    }

    private let types: [String: String]
    private var entries: [[(name: String, value: Value)]] = []
    private var entry: [(name: String, value: Value)] = []
    private var rows: [[(name: String, value: Value)]] = []
    private var row: [(name: String, value: Value)] = []
    private var text: [UInt8] = []
    private var isNull = false
    private var depth = 0
    /// The depths of `properties`, of the open section, and of the open row.
    private var properties: Int?
    private var section: Int?
    private var element: Int?

    private init(types: [String: String]) { self.types = types }

    /// Whether a body looks like Atom.
    static func isFeed(_ body: [UInt8]) -> Bool {
        let beginning = String(decoding: body.prefix(2_000), as: UTF8.self)
        return beginning.contains("<feed") || beginning.contains(":feed")
    }

    /// Reads a feed.
    ///
    /// - Parameters:
    ///   - body: The feed.
    ///   - shape: The types of the fields, which the feed does not tell.
    /// - Returns: A document with the entities as a list.
    /// - Throws: `XMLError` when it cannot be read to its end; `JSONError`.
    static func entities(in body: [UInt8], shape: ListShape) throws -> JSONDocument {
        let feed = AtomFeed(types: shape.properties)
        let parser = XMLStreamParser(handler: feed)
        try parser.feed(body)
        try parser.finish()
        var writer = JSONWriter()
        writer.array { writer in
            for entry in feed.entries { feed.write(entry, types: feed.types, to: &writer) }
        }
        return try JSONDocument(parsing: writer.utf8)
    }

    private func write(
        _ members: [(name: String, value: Value)], types: [String: String],
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for (name, value) in members {
                writer.name(name)
                switch value {
                case .null: writer.writeNull()
                case .text(let text):
                    if types[name] == "Edm.Boolean", text == "true" || text == "false" {
                        writer.write(text == "true")
                    } else {
                        writer.write(text)
                    }
                case .rows(let rows):
                    writer.array { writer in
                        for row in rows { write(row, types: [:], to: &writer) }
                    }
                }
            }
        }
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        depth += 1
        text.removeAll(keepingCapacity: true)
        isNull = attributes["null"] == "true"
        guard let properties else {
            if name.text == "properties" { properties = depth }
            return
        }
        if depth == properties + 1, attributes["type"]?.hasPrefix("Collection(") == true {
            section = depth
        } else if let section, depth == section + 1 {
            element = depth
        }
    }

    func text(_ piece: Span<UInt8>) throws {
        guard properties != nil else { return }
        for index in piece.indices { text.append(piece[index]) }
    }

    func endElement(_ name: XMLName) throws {
        defer { depth -= 1 }
        guard let properties else { return }
        if depth == properties {
            self.properties = nil
            entries.append(entry)
            entry.removeAll(keepingCapacity: true)
        } else if let section, depth == section {
            entry.append((name.text, .rows(rows)))
            rows.removeAll(keepingCapacity: true)
            self.section = nil
        } else if let element, depth == element {
            rows.append(row)
            row.removeAll(keepingCapacity: true)
            self.element = nil
        } else if element != nil {
            row.append((name.text, scalar()))
        } else if depth == properties + 1 {
            entry.append((name.text, scalar()))
        }
        text.removeAll(keepingCapacity: true)
    }

    private func scalar() -> Value {
        isNull && text.isEmpty ? .null : .text(String(decoding: text, as: UTF8.self))
    }
}
