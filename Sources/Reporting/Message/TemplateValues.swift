/// The values that a template is given, held against the names that it asks for, section by section.
///
/// Mustache writes nothing for a name without a value, so that a misspelt one would go unnoticed until
/// a reader misses a number.
struct TemplateValues {
    /// A tag of a template with its place.
    private struct Tag {
        let sigil: Character
        let name: String
        let line: Int
        let column: Int
    }

    /// What a section shows: values by name, or something of which nothing is known.
    private enum Scope {
        case values([String: Any])
        case unknown
    }

    /// Names of the values of rows, by the list's name, for lists that may be empty.
    let rowNames: [String: Set<String>]

    /// The first name without a value.
    ///
    /// - Returns: `line:column` and the name; `nil` when each has one.
    func firstUnknown(
        in template: String, values: [String: Any]
    ) -> (line: Int, column: Int, name: String)? {
        var scopes: [Scope] = [.values(values)]
        for tag in Self.tags(of: template) {
            switch tag.sigil {
            case "!", "%", "=", ">", "$", "<": continue
            case "/": if scopes.count > 1 { scopes.removeLast() }
            case "#", "^":
                guard let value = find(tag.name, in: scopes) else {
                    return (tag.line, tag.column, tag.name)
                }
                scopes.append(tag.sigil == "^" ? .values([:]) : scope(of: value, tag.name))
            default:
                guard find(tag.name, in: scopes) != nil else {
                    return (tag.line, tag.column, tag.name)
                }
            }
        }
        return nil
    }

    private func scope(of value: Any, _ name: String) -> Scope {
        if let values = value as? [String: Any] { return .values(values) }
        guard let rows = value as? [[String: Any]] else {
            return value is [Any] ? .unknown : .values([:])
        }
        if let names = rowNames[name] {
            return .values(Dictionary(uniqueKeysWithValues: names.map { ($0, "" as Any) }))
        }
        if rows.isEmpty { return .unknown }
        return .values(rows.reduce(into: [:]) { all, row in all.merge(row) { first, _ in first } })
    }

    private func find(_ name: String, in scopes: [Scope]) -> Any? {
        if name == "." { return "" }
        var parts = name.split(separator: ".").map(String.init)
        guard !parts.isEmpty else { return nil }
        let first = parts.removeFirst()
        for scope in scopes.reversed() {
            guard case .values(let values) = scope else { return "" }
            guard var found = values[first] else { continue }
            for part in parts {
                guard let next = (found as? [String: Any])?[part] else { return nil }
                found = next
            }
            return found
        }
        return nil
    }

    private static func tags(of template: String) -> [Tag] {
        var tags: [Tag] = []
        var (line, lineStart, at) = (1, template.startIndex, template.startIndex)
        while at < template.endIndex {
            if template[at].isNewline {
                line += 1
                lineStart = template.index(after: at)
            }
            guard template[at...].hasPrefix("{{"),
                let end = template[at...].firstRange(of: "}}")
            else {
                at = template.index(after: at)
                continue
            }
            var inner = template[at..<end.lowerBound].dropFirst(2)
            if inner.hasPrefix("{") { inner = inner.dropFirst() }
            let trimmed = inner.drop { $0.isWhitespace }
            let sigil = trimmed.first.flatMap { "#^/!%=>&$<".contains($0) ? $0 : nil }
            let name = (sigil == nil ? trimmed : trimmed.dropFirst())
                .filter { !$0.isWhitespace }
            tags.append(
                Tag(
                    sigil: sigil ?? "&", name: String(name), line: line,
                    column: template.distance(from: lineStart, to: at) + 1))
            at = end.upperBound
        }
        return tags
    }
}
