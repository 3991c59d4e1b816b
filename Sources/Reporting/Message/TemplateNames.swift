/// The names that a template uses, so that a misspelt one is an error and not an empty place.
public enum TemplateNames {
    /// A name and where it stands.
    public struct Use: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The line, from 1.
        public var line: Int
        /// The column, from 1.
        public var column: Int
    }

    /// The first name that is not known.
    ///
    /// - Parameters:
    ///   - template: The template's text.
    ///   - known: The names that there are, of all levels.
    /// - Returns: The name and its place; `nil` when all are known.
    public static func unknown(in template: String, known: Set<String>) -> Use? {
        uses(in: template).first { !known.contains($0.name) }
    }

    /// All names in the order of the template; comments, settings and `.` have none.
    static func uses(in template: String) -> [Use] {
        var uses: [Use] = []
        var (line, column) = (1, 1)
        var rest = template[...]
        while let character = rest.first {
            guard rest.hasPrefix("{{") else {
                if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
                rest = rest.dropFirst()
                continue
            }
            let isTriple = rest.hasPrefix("{{{")
            let closing = isTriple ? "}}}" : "}}"
            let inner = rest.dropFirst(isTriple ? 3 : 2)
            guard let end = inner.firstRange(of: closing) else { break }
            let tag = inner[..<end.lowerBound]
            if let first = tag.first, !"!%>=<$".contains(first) {
                uses += names(in: tag).map { Use(name: $0, line: line, column: column) }
            }
            for character in rest[..<end.upperBound] {
                if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
            }
            rest = rest[end.upperBound...]
        }
        return uses
    }

    /// The names of a tag: `#a.b`, `^a`, `/a`, `&a`, `uppercased(a)`.
    private static func names(in tag: Substring) -> [String] {
        var text = tag.drop { "#^/&".contains($0) || $0.isWhitespace }
        if let bracket = text.firstIndex(of: "(") {
            text = text[text.index(after: bracket)...].prefix { $0 != ")" }
        }
        return text.split(separator: ".").map { String($0.filter { !$0.isWhitespace }) }
            .filter { !$0.isEmpty }
    }
}
