internal import Collection
internal import Records

extension LineParts {
    /// Takes what a cell says of a part; an empty one says nothing.
    mutating func take(_ cell: String, as part: LinesMapping.Part) {
        let text = TextCleaning.trimmed(cell)
        guard !text.isEmpty else { return }
        self[part] = part == .vat ? Self.rate(in: text) : text
    }

    /// The number of a rate of VAT, 20 of `20%`, `НДС20` and `20/120`; no VAT where there is none.
    private static func rate(in text: String) -> String? {
        func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        let number = text.drop { !isDigit($0) }
            .prefix { isDigit($0) || $0 == "." || $0 == "," }
        return number.isEmpty ? nil : String(number)
    }
}

/// Reads the lines of a document that stand in it as a list of objects.
struct LineMembers: Sendable {
    /// What the member of each part may be called, as keys of headers.
    private let parts: [(part: LinesMapping.Part, names: [String])]

    /// Names the members; a part is known by its own name too, but for the tax: a member `tax` is as
    /// often contained in the sum, and would be added to it.
    init(_ headers: [LinesMapping.Part: [String]]) {
        parts = LinesMapping.Part.allCases.map { part in
            let own = part == .tax ? [] : [part.rawValue]
            return (part, ((headers[part] ?? []) + own).map(ColumnRoles.key))
        }
    }

    /// The lines of a list, or of one object, as they are kept; other texts as they are.
    func texts(of value: JSONValue) -> [String] {
        switch value.kind {
        case .array: value.elements.flatMap { texts(of: $0) }
        case .object: line(value).map { [$0.text] } ?? []
        default: value.cellTexts
        }
    }

    private func line(_ object: JSONValue) -> DocumentLine? {
        var texts: [String: String] = [:]
        for (name, value) in object.members {
            guard let text = value.scalarText else { continue }
            texts[ColumnRoles.key(name)] = text
        }
        var line = LineParts()
        for (part, names) in parts {
            guard let name = names.first(where: { texts[$0]?.isEmpty == false }) else { continue }
            line.take(texts[name] ?? "", as: part)
        }
        return line.line
    }
}
