/// A `$filter` taken apart.
indirect enum FilterExpression {
    case property(Int)
    case literal(ODataValue)
    case number(Double)
    case and(FilterExpression, FilterExpression)
    case or(FilterExpression, FilterExpression)
    case not(FilterExpression)
    case comparison(String, FilterExpression, FilterExpression)
    case function(String, [FilterExpression])

    /// Whether a row fulfils the filter.
    func isTrue(_ set: any ODataSet, at row: Int) -> Bool {
        switch self {
        case .and(let left, let right):
            return left.isTrue(set, at: row) && right.isTrue(set, at: row)
        case .or(let left, let right):
            return left.isTrue(set, at: row) || right.isTrue(set, at: row)
        case .not(let inner): return !inner.isTrue(set, at: row)
        case .comparison(let symbol, let left, let right):
            return Self.compare(symbol, left.value(set, at: row), right.value(set, at: row))
        default:
            if case .boolean(true) = value(set, at: row) { return true }
            return false
        }
    }

    private func value(_ set: any ODataSet, at row: Int) -> ODataValue {
        switch self {
        case .property(let column): return set.value(column, at: row)
        case .literal(let value): return value
        case .number(let number): return .string(String(number))
        case .function(let name, let arguments):
            // The base compares texts without regard to case.
            let texts = arguments.map { $0.value(set, at: row).text.lowercased() }
            switch name {
            case "startswith": return .boolean(texts[0].hasPrefix(texts[1]))
            case "endswith": return .boolean(texts[0].hasSuffix(texts[1]))
            case "substringof": return .boolean(texts[1].contains(texts[0]))
            case "like": return .boolean(Pattern(texts[1]).matches(texts[0]))
            case "concat": return .string(texts[0] + texts[1])
            default: return .null
            }
        default: return .boolean(isTrue(set, at: row))
        }
    }

    private static func compare(_ symbol: String, _ left: ODataValue, _ right: ODataValue) -> Bool {
        let order: Int
        switch (left, right) {
        case (.null, .null): order = 0
        case (.null, _), (_, .null): return symbol == "ne"
        case (.guid(let one), .guid(let other)):
            order = one == other ? 0 : one < other ? -1 : 1
        // A reference and a text: no error, and nothing that makes sense.
        case (.guid, .string), (.string, .guid): return symbol == "ne"
        default:
            let (one, other) = (left.text.lowercased(), right.text.lowercased())
            order = one == other ? 0 : one < other ? -1 : 1
        }
        switch symbol {
        case "eq": return order == 0
        case "ne": return order != 0
        case "gt": return order > 0
        case "ge": return order >= 0
        case "lt": return order < 0
        default: return order <= 0
        }
    }
}

/// Reads `$filter` by recursive descent.
struct FilterParser {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case open, close, comma
    }

    private var tokens: ArraySlice<Token>
    private let set: any ODataSet

    /// Reads a filter.
    static func parse(_ text: String, of set: any ODataSet) throws(ODataError) -> FilterExpression {
        var parser = FilterParser(tokens: try tokens(text)[...], set: set)
        let expression = try parser.disjunction()
        guard parser.tokens.isEmpty else { throw .unparsable("$filter") }
        return expression
    }

    private static func tokens(_ text: String) throws(ODataError) -> [Token] {
        var tokens: [Token] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            switch first {
            case " ": rest.removeFirst()
            case "(", ")", ",":
                tokens.append(first == "(" ? .open : first == ")" ? .close : .comma)
                rest.removeFirst()
            case "'":
                rest.removeFirst()
                var value = String.UnicodeScalarView()
                while true {
                    guard let next = rest.popFirst() else { throw .unparsable("$filter") }
                    if next == "'" {
                        // A quote inside is doubled.
                        guard rest.first == "'" else { break }
                        rest.removeFirst()
                    }
                    value.append(next)
                }
                tokens.append(.text(String(value)))
            default:
                let word = rest.prefix { !" (),'".unicodeScalars.contains($0) }
                guard
                    word.allSatisfy({
                        $0.properties.isAlphabetic || "0123456789_./-".unicodeScalars.contains($0)
                    })
                else { throw .unparsable("$filter") }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private mutating func takeWord(_ words: Set<String>) -> String? {
        guard case .word(let word)? = tokens.first, words.contains(word) else { return nil }
        tokens.removeFirst()
        return word
    }

    private mutating func disjunction() throws(ODataError) -> FilterExpression {
        var left = try conjunction()
        while takeWord(["or"]) != nil { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(ODataError) -> FilterExpression {
        var left = try negation()
        while takeWord(["and"]) != nil { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(ODataError) -> FilterExpression {
        takeWord(["not"]) != nil ? .not(try negation()) : try comparison()
    }

    private mutating func comparison() throws(ODataError) -> FilterExpression {
        let left = try operand()
        guard let symbol = takeWord(["eq", "ne", "gt", "ge", "lt", "le"]) else { return left }
        let right = try operand()
        if symbol != "eq", symbol != "ne", isReference(left), isReference(right) {
            throw .keyComparison
        }
        return .comparison(symbol, left, right)
    }

    private func isReference(_ expression: FilterExpression) -> Bool {
        switch expression {
        case .literal(.guid): true
        case .property(let column):
            if case .guid = set.properties[column].kind { true } else { false }
        default: false
        }
    }

    private mutating func operand() throws(ODataError) -> FilterExpression {
        switch tokens.popFirst() {
        case .open?:
            let inner = try disjunction()
            guard tokens.popFirst() == .close else { throw .unparsable("$filter") }
            return inner
        case .text(let text)?: return .literal(.string(text))
        case .word(let word)?: return try operand(word)
        default: throw .unparsable("$filter")
        }
    }

    private mutating func operand(_ word: String) throws(ODataError) -> FilterExpression {
        if case .text(let text)? = tokens.first, word == "guid" || word == "datetime" {
            tokens.removeFirst()
            guard word == "guid" else { return .literal(.string(text)) }
            guard let guid = GUID(text) else { throw .unparsable("$filter") }
            return .literal(.guid(guid))
        }
        if tokens.first == .open { return try function(word) }
        switch word {
        case "true": return .literal(.boolean(true))
        case "false": return .literal(.boolean(false))
        case "null": return .literal(.null)
        default:
            if let number = Double(word) { return .number(number) }
            guard let column = set.column(named: word) else {
                throw .unknownProperty(word, option: "$filter")
            }
            return .property(column)
        }
    }

    private mutating func function(_ name: String) throws(ODataError) -> FilterExpression {
        let absent: Set = [
            "length", "indexof", "replace", "tolower", "toupper", "trim", "years", "days", "hours",
            "seconds", "floor", "ceiling",
        ]
        guard !absent.contains(name) else { throw .unsupportedFunction(name) }
        guard ["startswith", "endswith", "substringof", "like", "concat"].contains(name) else {
            throw .unparsable("$filter")
        }
        tokens.removeFirst()
        var arguments = [try disjunction()]
        while tokens.first == .comma {
            tokens.removeFirst()
            arguments.append(try disjunction())
        }
        guard tokens.popFirst() == .close else { throw .unparsable("$filter") }
        guard arguments.count == 2 else {
            throw ODataError(400, code: 21, "Неверное количество параметров функции \(name)")
        }
        return .function(name, arguments)
    }
}
