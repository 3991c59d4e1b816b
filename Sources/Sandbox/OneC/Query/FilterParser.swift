/// Reads `$filter` and the conditions of virtual tables by recursive descent.
///
/// The order of precedence is the platform's own, which is not OData's: `not` binds closer than a
/// comparison.
struct FilterParser {
    private var tokens: ArraySlice<FilterToken>
    private let set: any ODataSet
    private let catalogue: Catalogue?
    private let option: String
    /// The name and the columns of the row that a lambda looks at.
    private var lambda: (name: String, columns: [ODataProperty])?

    /// Reads a filter.
    ///
    /// - Parameters:
    ///   - text: The filter.
    ///   - set: Whose entities it picks.
    ///   - catalogue: Where references lead to; `nil` when paths through them are not needed.
    ///   - option: What errors call the filter.
    /// - Returns: The filter taken apart.
    /// - Throws: ``ODataError`` when it cannot be read.
    static func parse(
        _ text: String, of set: any ODataSet, _ catalogue: Catalogue?, option: String = "$filter"
    ) throws(ODataError) -> FilterExpression {
        guard let tokens = FilterToken.read(text) else { throw .unparsable(option) }
        var parser = FilterParser(
            tokens: tokens[...], set: set, catalogue: catalogue, option: option)
        let expression = try parser.expression(0)
        guard parser.tokens.isEmpty else { throw parser.failure }
        return expression
    }

    private init(
        tokens: ArraySlice<FilterToken>, set: any ODataSet, catalogue: Catalogue?, option: String
    ) {
        self.tokens = tokens
        self.set = set
        self.catalogue = catalogue
        self.option = option
    }

    private var failure: ODataError { .unparsable(option) }

    /// Operators, loosest first; those of a level are read from left to right.
    private static let levels: [Set<String>] = [
        ["or"], ["and"], ["eq", "ne"], ["gt", "ge", "lt", "le"], ["add", "sub"], ["mul", "div"],
    ]

    private mutating func expression(_ level: Int) throws(ODataError) -> FilterExpression {
        guard level < Self.levels.count else { return try negation() }
        var left = try expression(level + 1)
        while case .word(let symbol)? = tokens.first, Self.levels[level].contains(symbol) {
            tokens.removeFirst()
            left = try join(symbol, left, try expression(level + 1))
        }
        return left
    }

    private func join(
        _ symbol: String, _ left: FilterExpression, _ right: FilterExpression
    ) throws(ODataError) -> FilterExpression {
        if symbol == "or" { return .or(left, right) }
        if symbol == "and" { return .and(left, right) }
        if let arithmetic = FilterExpression.Arithmetic(rawValue: symbol) {
            return .arithmetic(arithmetic, left, right)
        }
        guard let comparison = FilterExpression.Comparison(rawValue: symbol) else { throw failure }
        if comparison != .eq, comparison != .ne, isReference(left), isReference(right) {
            throw .keyComparison
        }
        return .comparison(comparison, left, right)
    }

    private func isReference(_ expression: FilterExpression) -> Bool {
        switch expression {
        case .literal(.guid), .cast: true
        case .path(let steps):
            steps.last.map { $0.set.properties[$0.column].isReference } ?? false
        case .element(let column): lambda?.columns[column].isReference ?? false
        default: false
        }
    }

    private mutating func negation() throws(ODataError) -> FilterExpression {
        if tokens.first == .word("not") {
            tokens.removeFirst()
            return .not(try negation())
        }
        if case .word(let word)? = tokens.first, word == "-" {
            tokens.removeFirst()
            return .arithmetic(.sub, .number(0), try negation())
        }
        return try operand()
    }

    private mutating func operand() throws(ODataError) -> FilterExpression {
        switch tokens.popFirst() {
        case .open?:
            let inner = try expression(0)
            guard tokens.popFirst() == .close else { throw failure }
            return inner
        case .text(let text)?: return .literal(.string(text))
        case .word(let word)?: return try operand(word)
        default: throw failure
        }
    }

    private mutating func operand(_ word: String) throws(ODataError) -> FilterExpression {
        if case .text(let text)? = tokens.first, word == "guid" || word == "datetime" {
            tokens.removeFirst()
            if word == "datetime" {
                guard let time = WallClock(text) else { throw failure }
                return .literal(.string(time.text))
            }
            guard let guid = GUID(text) else { throw failure }
            return .literal(.guid(guid))
        }
        if tokens.first == .open {
            tokens.removeFirst()
            return try function(word)
        }
        switch word {
        case "true": return .literal(.boolean(true))
        case "false": return .literal(.boolean(false))
        case "null": return .literal(.null)
        default:
            if let number = Double(word) { return .number(number) }
            return try property(word)
        }
    }

    /// A property, a path through references, or a column of a lambda's row.
    private func property(_ word: String) throws(ODataError) -> FilterExpression {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        if let lambda, parts.count == 2, parts[0] == lambda.name {
            guard let column = lambda.columns.firstIndex(where: { $0.name == parts[1] }) else {
                throw .unknownProperty(word, option: option)
            }
            return .element(column)
        }
        return .path(try PropertyPath.steps(parts, from: set, catalogue, option: option))
    }

    // MARK: Functions

    private mutating func function(_ name: String) throws(ODataError) -> FilterExpression {
        if name.hasSuffix("/any") || name.hasSuffix("/all") { return try lambda(name) }
        guard !FilterFunction.absent.contains(name) else { throw .unsupportedFunction(name) }
        var arguments: [FilterExpression] = []
        while true {
            arguments.append(try expression(0))
            guard tokens.first == .comma else { break }
            tokens.removeFirst()
        }
        guard tokens.popFirst() == .close else { throw failure }
        if name == "cast" || name == "isof" {
            guard arguments.count == 2, case .literal(.string(let type)) = arguments[1] else {
                throw .wrongArguments(name)
            }
            let set = type.hasPrefix("StandardODATA.") ? String(type.dropFirst(14)) : type
            return name == "cast" ? .cast(arguments[0], set: set) : .isOf(arguments[0], set: set)
        }
        guard let function = FilterFunction(rawValue: name) else { throw failure }
        guard function.arity.contains(arguments.count) else { throw .wrongArguments(name) }
        return .function(function, arguments)
    }

    /// `Товары/any(d: d/Цена gt 10)`; the opening bracket is read already.
    private mutating func lambda(_ name: String) throws(ODataError) -> FilterExpression {
        let section = name.dropLast(4)
        guard let column = set.column(named: section),
            let columns = set.properties[column].sectionColumns
        else { throw .unknownProperty(String(section), option: option) }
        guard case .word(let variable)? = tokens.popFirst(), variable.hasSuffix(":"), lambda == nil
        else { throw ODataError(400, code: 21, "Ошибка в лямбда-выражении") }
        lambda = (String(variable.dropLast()), columns)
        let inner = try expression(0)
        lambda = nil
        guard tokens.popFirst() == .close else { throw failure }
        return .lambda(section: column, isAny: name.hasSuffix("/any"), inner)
    }
}

/// Ways from an entity to a property, through references.
enum PropertyPath {
    /// Finds the columns of a path such as `Контрагент/ИНН`.
    static func steps(
        _ parts: [some StringProtocol], from set: any ODataSet, _ catalogue: Catalogue?,
        option: String
    ) throws(ODataError) -> [FilterExpression.Step] {
        var steps: [FilterExpression.Step] = []
        var set = set
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            guard let column = set.column(named: isLast ? String(part) : "\(part)_Key") else {
                throw .unknownProperty(parts.joined(separator: "/"), option: option)
            }
            steps.append(FilterExpression.Step(set: set, column: column))
            if isLast { break }
            guard let target = set.properties[column].target, let next = catalogue?[target] else {
                throw .unknownProperty(parts.joined(separator: "/"), option: option)
            }
            set = next
        }
        return steps
    }
}
