extension PortalColumn {
    /// Reads columns from lines of a name, a type and a title.
    ///
    /// Signs before the name: `-` only read, `!` required, `+` a multi-field, `?` only when named.
    static func columns(_ text: String) -> [PortalColumn] {
        text.split(separator: "\n").map { line in
            let words = line.split(separator: " ", maxSplits: 2)
            let signs = words[0].prefix { "-!+?".contains($0) }
            return PortalColumn(
                String(words[0].dropFirst(signs.count)),
                words.count > 1 ? String(words[1]) : "string",
                words.count > 2 ? String(words[2]) : "", isMultiple: signs.contains("+"),
                isReadOnly: signs.contains("-"), isRequired: signs.contains("!"),
                isHidden: signs.contains("?"))
        }
    }
}

extension PortalValue {
    /// A reference; 0 and null both stand for none, whichever the row's bit says.
    static func reference(_ id: Int64, _ variation: UInt8, _ bit: UInt8) -> PortalValue {
        id != 0 || variation >> bit & 1 == 1 ? .integer(id) : .null
    }

    /// A text; empty and null both stand for none, whichever the row's bit says.
    static func unset(_ variation: UInt8, _ bit: UInt8) -> PortalValue {
        variation >> bit & 1 == 1 ? .text("") : .null
    }

    /// An amount of money.
    static func money(_ kopecks: Kopecks) -> PortalValue { .decimal(kopecks, digits: 2) }

    /// A quantity.
    static func quantity(_ thousandths: Thousandths) -> PortalValue {
        .decimal(thousandths, digits: 3)
    }

    /// The date in Moscow of an instant.
    static func date(_ seconds: UInt32) -> PortalValue {
        .day((Int64(seconds) + Moment.moscow) / 86_400)
    }
}
