internal import Foundation

/// How a number is written, as our workbooks say it: `[$-419]#,##0.00\ "₽"`, `dd\.mm\.yyyy`.
///
/// Of the file format's own language so much is understood as our words use.
struct NumberFormat {
    /// What a number stands for.
    enum Kind: Hashable {
        case number(digits: Int, isGrouped: Bool, isPercent: Bool)
        /// A day, or a day and its time.
        case date(hasTime: Bool)
        /// Nothing is said; it is written as it is.
        case plain
    }

    let kind: Kind
    /// The parts for positive and negative numbers and for zero, as far as they are given.
    private let parts: [[Token]]

    private enum Token: Hashable {
        case literal(String)
        /// Digits, or a letter of a date as often as it stands.
        case place(String)
    }

    init(_ code: String) {
        let code = code.replacing(#/\[[^\]]*\]/#, with: "")
        parts = code.split(separator: ";", omittingEmptySubsequences: false)
            .map { Self.tokens($0) }
        let places =
            parts.first?.compactMap { token -> String? in
                if case .place(let text) = token { text } else { nil }
            } ?? []
        if places.contains(where: { $0.hasPrefix("y") || $0.hasPrefix("d") }) {
            kind = .date(hasTime: places.contains { $0.hasPrefix("h") })
        } else if let digits = places.first(where: { $0.contains("0") }) {
            let fraction = digits.split(separator: ".", maxSplits: 1).dropFirst().first
            kind = .number(
                digits: fraction?.count ?? 0, isGrouped: digits.contains(","),
                isPercent: code.contains("%"))
        } else {
            kind = .plain
        }
    }

    /// A number for people.
    ///
    /// - Parameters:
    ///   - text: The number as it stands in the file.
    ///   - words: Marks of groups and fractions, names of months.
    /// - Returns: The number as it is written; as it stands when it is none.
    func text(_ text: String, _ words: Words) -> String {
        switch kind {
        case .plain: return text.replacing(".", with: words["formats.decimal_mark"])
        case .date:
            guard let moment = Self.moment(text) else { return text }
            return filled(parts.first ?? []) { Self.date($0, moment, words) }
        case .number(let digits, let isGrouped, let isPercent):
            guard var number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
            else { return text }
            if isPercent { number *= 100 }
            var rounded = Decimal()
            NSDecimalRound(&rounded, &number, digits, .plain)
            let index =
                rounded.isZero && parts.count > 2 ? 2 : rounded < 0 && parts.count > 1 ? 1 : 0
            let written = Self.digits(rounded.magnitude, digits, isGrouped, words)
            let sign = rounded < 0 && index == 0 ? "−" : ""
            return sign + filled(parts[index]) { _ in written }
        }
    }

    /// A number for programs: plain, with a point; a day or a time as ISO 8601 writes it.
    func plainText(_ text: String) -> String {
        guard case .date(let hasTime) = kind, let moment = Self.moment(text) else { return text }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let day = "\(moment.year)-\(two(moment.month))-\(two(moment.day))"
        return hasTime ? "\(day)T\(two(moment.hour)):\(two(moment.minute))" : day
    }

    private func filled(_ tokens: [Token], _ fill: (String) -> String) -> String {
        tokens.map { token in
            switch token {
            case .literal(let text): text
            case .place(let text): fill(text)
            }
        }.joined()
    }

    private static func tokens(_ part: Substring) -> [Token] {
        var tokens: [Token] = []
        var rest = part[...]
        while let first = rest.first {
            if first == "\\" {
                tokens.append(.literal(String(rest.dropFirst().prefix(1))))
                rest = rest.dropFirst(2)
            } else if first == "\"" {
                let inside = rest.dropFirst().prefix { $0 != "\"" }
                tokens.append(.literal(String(inside)))
                rest = rest.dropFirst(inside.count + 2)
            } else if "#0,.".contains(first) {
                let place = rest.prefix { "#0,.".contains($0) }
                tokens.append(.place(String(place)))
                rest = rest.dropFirst(place.count)
            } else if "dmyhs".contains(first) {
                let place = rest.prefix { $0 == first }
                tokens.append(.place(String(place)))
                rest = rest.dropFirst(place.count)
            } else {
                tokens.append(.literal(String(first)))
                rest = rest.dropFirst()
            }
        }
        // An m behind hours is of minutes.
        for index in tokens.indices {
            guard case .place(let text) = tokens[index], text.hasPrefix("m"),
                tokens[..<index].contains(where: {
                    if case .place(let before) = $0 { before.hasPrefix("h") } else { false }
                })
            else { continue }
            tokens[index] = .place("n" + text.dropFirst())
        }
        return tokens
    }

    private struct Moment {
        var year, month, day, hour, minute, second: Int
    }

    /// Days since 30 December 1899, whose fraction is the time of day.
    private static func moment(_ text: String) -> Moment? {
        guard let number = Double(text), number >= 0, number < 3_000_000 else { return nil }
        let seconds = Int((number * 86_400).rounded())
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(seconds - 25_569 * 86_400))
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: date)
        return Moment(
            year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0,
            hour: parts.hour ?? 0, minute: parts.minute ?? 0, second: parts.second ?? 0)
    }

    private static func date(_ place: String, _ moment: Moment, _ words: Words) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return switch place.first {
        case "y": String(moment.year)
        case "m": place.count > 2 ? words["months.\(moment.month)"] : two(moment.month)
        case "d": two(moment.day)
        case "h": two(moment.hour)
        case "n": two(moment.minute)
        default: two(moment.second)
        }
    }

    private static func digits(
        _ number: Decimal, _ digits: Int, _ isGrouped: Bool, _ words: Words
    ) -> String {
        let text = NSDecimalNumber(decimal: number).stringValue
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        var whole = parts[0]
        if isGrouped {
            var groups: [Substring] = []
            var rest = Substring(whole)
            while rest.count > 3 {
                groups.insert(rest.suffix(3), at: 0)
                rest = rest.dropLast(3)
            }
            whole = ([rest] + groups).joined(separator: words["formats.group_mark"])
        }
        guard digits > 0 else { return whole }
        let fraction = parts.count > 1 ? parts[1] : ""
        let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
        return whole + words["formats.decimal_mark"] + fraction + zeros
    }
}
