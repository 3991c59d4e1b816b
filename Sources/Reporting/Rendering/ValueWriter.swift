internal import Foundation
internal import Records

/// Writes values of a report as text, in its language.
struct ValueWriter {
    let words: Words
    let request: ReportRequest
    /// Whether personal data are shortened.
    var masks = false
    /// Whether values stand in sentences, and not below each other.
    var isForSentences = false

    /// What a value is written as, by its column's format, else by its type.
    static func kind(_ value: ReportValue, _ format: ColumnFormat?) -> ColumnFormat.Kind {
        if let format { return format.kind }
        switch value {
        case .integer: return .count
        case .decimal: return .number
        case .date: return .date
        case .instant: return .time
        case .empty, .text, .boolean, .notEnough: return .text
        }
    }

    /// A value as text.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - format: How its column is written.
    ///   - row: The values beside it: a currency, an entity.
    ///   - isChange: Whether it is a difference and has a sign.
    /// - Returns: The text; empty for nothing.
    func text(
        _ value: ReportValue, _ format: ColumnFormat?, _ row: ReportRow?, isChange: Bool = false
    ) -> String {
        switch value {
        case .empty: return absence(format)
        case .notEnough(let reason): return notEnough(reason)
        case .boolean(let flag): return words[flag ? "yes" : "no"]
        case .date, .instant: return time(value, Self.kind(value, format))
        case .text(let text): return name(text, format, row)
        case .integer, .decimal:
            guard let number = value.decimal else { return "" }
            let kind = Self.kind(value, format)
            let text =
                isChange && kind == .percent
                ? points(number, format) : self.number(number, kind, format, row)
            return isChange && number.units > 0 && kind != .change ? "+" + text : text
        }
    }

    /// Why a number cannot be told.
    func notEnough(_ reason: String) -> String {
        words.known("thin.\(reason)") ?? words["not_enough"]
    }

    /// What stands where there is no value.
    func absence(_ format: ColumnFormat?) -> String {
        format?.empty.map { words["texts.\($0)"] } ?? ""
    }

    /// What a text or a key is called.
    func name(_ text: String, _ format: ColumnFormat?, _ row: ReportRow?) -> String {
        let language = request.language.rawValue
        guard !text.isEmpty else { return absence(format) }
        switch format?.kind {
        case .word: return word(text, format?.words ?? "{}", row)
        case .entity:
            return request.names.entities[text]?.title[language]
                ?? words.known("values.entity.\(text)") ?? text
        case .field:
            let entity = format?.entity.flatMap { row?[$0]?.key } ?? ""
            return request.names.entities[entity]?.fields[text]?[language] ?? text
        case .value: return value(text, format, row)
        case .message: return words.message(text)
        case .errorType: return request.names.errorTypes[text]?.title[language] ?? text
        case .errorAdvice: return request.names.errorTypes[text]?.advice[language] ?? ""
        // A number tells a person something; an id of 36 characters does not.
        case .link where text.utf8.count > 20 && !text.contains(" "): return words["open"]
        case .side: return Side(rawValue: text).flatMap { request.names.sides[$0] } ?? text
        default: return masked(text, format) ?? text
        }
    }

    /// A value of a field as people write it, unless nobody outside may see it.
    private func value(_ text: String, _ format: ColumnFormat?, _ row: ReportRow?) -> String {
        if let masked = masked(text, format) { return masked }
        let entity = format?.entity.flatMap { row?[$0]?.key } ?? ""
        let field = format?.field.flatMap { row?[$0]?.key } ?? ""
        return words.shown(text, request.names.entities[entity]?.types[field])
    }

    /// A text as it may leave the house; `nil` where it may stay as it is.
    private func masked(_ text: String, _ format: ColumnFormat?) -> String? {
        guard masks, let kind = format?.personal else { return nil }
        return PersonalData(isMasked: true).masked(text, as: kind)
    }

    /// The word of a value: of a kind that is one of a few, or a sentence about the two systems.
    private func word(_ value: String, _ pattern: String, _ row: ReportRow?) -> String {
        let key = Words.filled(pattern) { $0.isEmpty ? value : row?[$0]?.key }
        guard let word = words.known(key) else {
            // A list of values is a list of words.
            let parts = value.components(separatedBy: ", ")
            guard parts.count > 1 else { return value }
            return parts.map { self.word($0, pattern, row) }.joined(separator: ", ")
        }
        return Words.filled(word) { name in
            switch name {
            case "side":
                row?["side"].flatMap { Side(rawValue: $0.key) }
                    .flatMap { request.names.sides[$0] } ?? words["both_sides"]
            default: Side(rawValue: name).flatMap { request.names.sides[$0] }
            }
        }
    }

    /// The period in words: `октябрь 2026`, `01.10.2026 – 15.10.2026`.
    func period(_ period: ReportPeriod) -> String {
        let first = period.firstDay(in: request.timeZone)
        let last = period.lastDay(in: request.timeZone)
        switch period.kind {
        case .month:
            return words.text(
                "texts_of_values.month",
                ["month": words["month_names.\(first.month)"], "year": String(first.year)])
        case .run:
            return words.text(
                "texts_of_values.run",
                [
                    "run": period.run.map { String($0.rawValue) } ?? "",
                    "first": words.time(period.start, in: request.timeZone),
                ])
        case .day, .week, .none:
            guard first != last else { return words.date(first) }
            return words.text(
                "texts_of_values.period",
                ["first": words.date(first), "last": words.date(last)])
        }
    }

    /// A number with so many digits after the point.
    func decimal(_ number: DecimalNumber, digits: Int) -> String {
        let rounded = number.rounded(to: digits)
        let text = DecimalNumber(
            units: Int64(clamping: rounded.units.magnitude), scale: rounded.scale
        ).text
        let parts = text.split(separator: ".")
        let whole = words.number(Int(parts[0]) ?? 0)
        let sign = rounded.units < 0 ? "−" : ""
        return sign + whole + (parts.count > 1 ? words["formats.decimal_mark"] + parts[1] : "")
    }

    /// The currency of an amount: a column's text, a code, or the ruble.
    func currency(_ format: ColumnFormat?, _ row: ReportRow?) -> String {
        guard let named = format?.currency else { return "RUB" }
        guard let value = row?[named] else { return named }
        return value.key.isEmpty ? "RUB" : value.key
    }

    /// The sign of a currency.
    func currencySign(_ code: String) -> String { words.known("currencies.\(code)") ?? code }

    private func number(
        _ number: DecimalNumber, _ kind: ColumnFormat.Kind, _ format: ColumnFormat?,
        _ row: ReportRow?
    ) -> String {
        switch kind {
        case .percent:
            return words.text(
                "texts_of_values.percent",
                ["number": share(number.times(100), format)])
        case .money:
            return words.text(
                "texts_of_values.money",
                [
                    "amount": decimal(DecimalNumber(units: number.units, scale: 2), digits: 2),
                    "currency": currencySign(currency(format, row)),
                ])
        case .duration: return duration(number.rounded(to: 0).units, format)
        case .change where number.units > 0:
            return "+" + decimal(number, digits: digits(number, format))
        default: return decimal(number, digits: digits(number, format))
        }
    }

    private func share(_ percent: DecimalNumber, _ format: ColumnFormat?) -> String {
        let digits = format?.digits ?? 1
        let isWhole = percent.rounded(to: digits) == percent.rounded(to: 0).rounded(to: digits)
        let isTrimmed = isForSentences && isWhole && format?.isTrimmed == true
        return decimal(percent, digits: isTrimmed ? 0 : digits)
    }

    /// The difference of two shares, in percentage points: of 10 % and 12 % it is not 2 %.
    private func points(_ number: DecimalNumber, _ format: ColumnFormat?) -> String {
        words.text(
            "texts_of_values.points",
            ["number": decimal(number.times(100), digits: format?.digits ?? 1)])
    }

    private func digits(_ number: DecimalNumber, _ format: ColumnFormat?) -> Int {
        format?.digits ?? (format?.kind == .count ? 0 : number.scale)
    }

    private func duration(_ milliseconds: Int64, _ format: ColumnFormat?) -> String {
        let seconds = milliseconds.magnitude / 1000
        func text(_ key: String, _ large: (String, UInt64), _ small: (String, UInt64)) -> String {
            words.text(
                "texts_of_values.\(key)",
                [large.0: words.number(Int(large.1)), small.0: String(small.1)])
        }
        switch seconds {
        case ..<60:
            return words.text(
                "texts_of_values.seconds",
                [
                    "number": decimal(
                        DecimalNumber(units: milliseconds, scale: 3), digits: format?.digits ?? 1)
                ])
        case ..<3600: return text("minutes", ("minutes", seconds / 60), ("seconds", seconds % 60))
        case ..<172_800:
            return text("hours", ("hours", seconds / 3600), ("minutes", seconds / 60 % 60))
        default:
            return text("days", ("days", seconds / 86_400), ("hours", seconds / 3600 % 24))
        }
    }

    private func time(_ value: ReportValue, _ kind: ColumnFormat.Kind) -> String {
        let day: CalendarDate
        switch value {
        case .date(let date): day = date
        case .instant(let instant) where kind == .date || kind == .month:
            day = ClockReading(instant, in: request.timeZone).date
        case .instant(let instant): return words.time(instant, in: request.timeZone)
        default: return ""
        }
        guard kind == .month else { return words.date(day) }
        return words.text(
            "texts_of_values.month",
            ["month": words["month_names.\(day.month)"], "year": String(day.year)])
    }
}

extension DecimalNumber {
    /// The product with a whole number; unchanged where it does not fit.
    func times(_ factor: Int64) -> DecimalNumber {
        let (units, overflow) = units.multipliedReportingOverflow(by: factor)
        return overflow ? self : DecimalNumber(units: units, scale: scale)
    }
}
