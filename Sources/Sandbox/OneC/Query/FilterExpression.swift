/// A `$filter` taken apart.
indirect enum FilterExpression {
    /// A step on the way through references: a column of a set.
    struct Step {
        var set: any ODataSet
        var column: Int
    }

    enum Comparison: String {
        case eq, ne, gt, ge, lt, le

        func holds(_ order: Int) -> Bool {
            switch self {
            case .eq: order == 0
            case .ne: order != 0
            case .gt: order > 0
            case .ge: order >= 0
            case .lt: order < 0
            case .le: order <= 0
            }
        }
    }

    enum Arithmetic: String {
        case add, sub, mul, div
    }

    /// `Контрагент/ИНН`: the first step is a column of the set itself.
    case path([Step])
    /// A column of the row that a lambda looks at.
    case element(Int)
    case literal(ODataValue)
    case number(Double)
    case and(FilterExpression, FilterExpression)
    case or(FilterExpression, FilterExpression)
    case not(FilterExpression)
    case comparison(Comparison, FilterExpression, FilterExpression)
    case arithmetic(Arithmetic, FilterExpression, FilterExpression)
    case function(FilterFunction, [FilterExpression])
    case cast(FilterExpression, set: String)
    case isOf(FilterExpression, set: String)
    /// Whether any row, or every row, of a section fulfils a condition.
    case lambda(section: Int, isAny: Bool, FilterExpression)
}

/// What a filter works out on the way: a value of an entity, or a number.
enum FilterValue {
    case value(ODataValue)
    case number(Double)

    var number: Double? {
        switch self {
        case .value(let value): value.number
        case .number(let number): number
        }
    }

    var text: String {
        switch self {
        case .value(let value): value.text
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15
                ? String(Int64(number)) : String(number)
        }
    }
}

/// An entity, and the row of its section that a lambda looks at.
struct FilterScope {
    var set: any ODataSet
    var row: Int
    var element: [ODataValue] = []

    /// Whether the entity fulfils a filter.
    func fulfils(_ expression: FilterExpression) -> Bool {
        switch expression {
        case .and(let left, let right): return fulfils(left) && fulfils(right)
        case .or(let left, let right): return fulfils(left) || fulfils(right)
        case .not(let inner): return !fulfils(inner)
        case .comparison(let comparison, let left, let right):
            return Self.compare(comparison, value(left), value(right))
        case .isOf(let inner, let name):
            if case .value(.reference(_, let set)) = value(inner) { return set == name }
            return false
        case .lambda(let section, let isAny, let inner):
            let rows = set.rows(ofSection: section, at: row)
            func isTrue(_ element: [ODataValue]) -> Bool {
                FilterScope(set: set, row: row, element: element).fulfils(inner)
            }
            return isAny ? rows.contains(where: isTrue) : rows.allSatisfy(isTrue)
        default:
            if case .value(.boolean(true)) = value(expression) { return true }
            return false
        }
    }

    private func value(_ expression: FilterExpression) -> FilterValue {
        switch expression {
        case .path(let steps): return .value(value(steps))
        case .element(let column): return .value(element[column])
        case .literal(let value): return .value(value)
        case .number(let number): return .number(number)
        case .arithmetic(let symbol, let left, let right):
            guard let left = value(left).number, let right = value(right).number else {
                return .value(.null)
            }
            return switch symbol {
            case .add: .number(left + right)
            case .sub: .number(left - right)
            case .mul: .number(left * right)
            case .div: right == 0 ? .value(.null) : .number(left / right)
            }
        case .function(let function, let arguments): return function.value(arguments.map(value))
        case .cast(let inner, let set):
            switch value(inner) {
            case .value(.guid(let guid)): return .value(.reference(guid, set: set))
            case .value(.reference(let guid, let own)) where own == set:
                return .value(.reference(guid, set: set))
            default: return .value(.null)
            }
        default: return .value(.boolean(fulfils(expression)))
        }
    }

    /// The value at the end of a way through references; null where it leads nowhere.
    func value(_ steps: [FilterExpression.Step]) -> ODataValue {
        var value = set.value(steps[0].column, at: row)
        for step in steps.dropFirst() {
            guard let key = value.target, let row = step.set.orders.row(of: key, in: step.set)
            else { return .null }
            value = step.set.value(step.column, at: row)
        }
        return value
    }

    private static func compare(
        _ comparison: FilterExpression.Comparison, _ left: FilterValue, _ right: FilterValue
    ) -> Bool {
        if let one = left.number, let other = right.number {
            return comparison.holds(one == other ? 0 : one < other ? -1 : 1)
        }
        guard case .value(let one) = left, case .value(let other) = right else {
            return comparison == .ne
        }
        switch (one, other) {
        case (.null, .null): return comparison.holds(0)
        case (.null, _), (_, .null): return comparison == .ne
        case (.guid(let one), .guid(let other)):
            return comparison.holds(one == other ? 0 : one < other ? -1 : 1)
        case (.reference(let one, let oneSet), .reference(let other, let otherSet)):
            return comparison.holds(one == other && oneSet == otherSet ? 0 : 1)
        // A reference and a text, or a field of several types and a reference without a cast: no
        // error, and nothing that makes sense.
        case (.guid, _), (_, .guid), (.reference, _), (_, .reference): return comparison == .ne
        default:
            // The base compares texts without regard to case.
            let (one, other) = (one.text.lowercased(), other.text.lowercased())
            return comparison.holds(one == other ? 0 : one < other ? -1 : 1)
        }
    }
}
