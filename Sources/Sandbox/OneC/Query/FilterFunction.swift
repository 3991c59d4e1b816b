/// A function of `$filter`.
enum FilterFunction: String {
    case startswith, endswith, substringof, like, concat, substring, round
    case year, quarter, month, day, hour, minute, second, dayofweek, dayofyear
    case dateadd, datedifference

    /// Functions of other OData servers that 1C does not know.
    static let absent: Set = [
        "length", "indexof", "replace", "tolower", "toupper", "trim", "years", "days", "hours",
        "seconds", "floor", "ceiling",
    ]

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .startswith, .endswith, .substringof, .like, .concat: 2...2
        case .substring: 2...3
        case .dateadd, .datedifference: 3...3
        default: 1...1
        }
    }

    /// The function's value.
    func value(_ arguments: [FilterValue]) -> FilterValue {
        switch self {
        case .startswith, .endswith, .substringof, .like: return .value(.boolean(holds(arguments)))
        case .concat: return .value(.string(arguments[0].text + arguments[1].text))
        case .substring:
            // Characters are counted from one, as in the query language.
            let start = max(0, Int(arguments[1].number ?? 1) - 1)
            let rest = arguments[0].text.dropFirst(start)
            let length = arguments.count > 2 ? Int(arguments[2].number ?? 0) : rest.count
            return .value(.string(String(rest.prefix(max(0, length)))))
        case .round: return arguments[0].number.map { .number($0.rounded()) } ?? .value(.null)
        default: return date(arguments)
        }
    }

    private func holds(_ arguments: [FilterValue]) -> Bool {
        let texts = arguments.map { $0.text.lowercased() }
        return switch self {
        case .startswith: texts[0].hasPrefix(texts[1])
        case .endswith: texts[0].hasSuffix(texts[1])
        case .like: Pattern(texts[1]).matches(texts[0])
        default: texts[1].contains(texts[0])
        }
    }

    private func date(_ arguments: [FilterValue]) -> FilterValue {
        guard let time = WallClock(arguments[0].text) else { return .value(.null) }
        switch self {
        case .dateadd:
            guard let number = arguments[1 + (arguments[1].number == nil ? 1 : 0)].number,
                let unit = WallClock.Unit(
                    rawValue: arguments[1].number == nil ? arguments[1].text : arguments[2].text)
            else { return .value(.null) }
            return .value(.string(time.adding(Int64(number), unit).text))
        case .datedifference:
            guard let other = WallClock(arguments[1].text),
                let unit = WallClock.Unit(rawValue: arguments[2].text)
            else { return .value(.null) }
            return .number(Double(time.difference(to: other, unit)))
        default: break
        }
        let number: Int64 =
            switch self {
            case .year: time.year
            case .quarter: (time.month + 2) / 3
            case .month: time.month
            case .day: time.day
            case .hour: time.second / 3600
            case .minute: time.second / 60 % 60
            case .second: time.second % 60
            case .dayofweek: time.dayOfWeek
            default: time.dayOfYear
            }
        return .number(Double(number))
    }
}
