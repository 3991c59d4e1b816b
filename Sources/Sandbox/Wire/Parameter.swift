/// A request's parameter as PHP sees it: a text, nothing, or an array that keeps its order.
///
/// PHP knows no difference between a list and a map, and a form carries only texts; numbers and
/// booleans of JSON are therefore kept as the texts that PHP would turn them into.
indirect enum Parameter: Sendable {
    case null
    case text(String)
    case array([(key: String, value: Parameter)])

    /// No parameters.
    static let empty = Parameter.array([])

    /// The value under a key; keys are compared as they are.
    subscript(key: String) -> Parameter? {
        guard case .array(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The value under a key in either case, as list methods take their top-level parameters.
    subscript(anyCase key: String) -> Parameter? {
        guard case .array(let entries) = self else { return nil }
        return entries.first { $0.key.lowercased() == key }?.value
    }

    /// The text, when it is one.
    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The number that the text is.
    var integer: Int64? { text.flatMap { Int64($0) } }

    /// The entries of an array; none of anything else.
    var entries: [(key: String, value: Parameter)] {
        guard case .array(let entries) = self else { return [] }
        return entries
    }

    /// Whether it is an array, which some methods insist on.
    var isArray: Bool {
        if case .array = self { true } else { false }
    }

    /// Puts a value at the end of a path of keys; an empty key counts on from the last number.
    mutating func set(_ path: ArraySlice<String>, _ value: Parameter) {
        guard let first = path.first else {
            self = value
            return
        }
        var entries = self.entries
        var key = first
        if key.isEmpty {
            key = String((entries.compactMap { Int($0.key) }.max() ?? -1) + 1)
        }
        let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
        if index == entries.endIndex { entries.append((key, .null)) }
        entries[index].value.set(path.dropFirst(), value)
        self = .array(entries)
    }

    /// Replaces every text below.
    func mapTexts(_ change: (String) -> Parameter) -> Parameter {
        switch self {
        case .null: .null
        case .text(let text): change(text)
        case .array(let entries): .array(entries.map { ($0.key, $0.value.mapTexts(change)) })
        }
    }
}
