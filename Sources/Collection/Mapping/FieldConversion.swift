public import Foundation
public import Records

/// Turns the texts that a source gives for a field into the field's type.
public struct FieldConversion: Sendable {
    // What is needed of the definition: the whole of it is a dozen references to count.
    private let name: FieldName
    private let type: FieldType
    private let isMultiple: Bool
    private let timeZone: TimeZone

    /// Makes a conversion for one field.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - timeZone: Where the source's clock hangs, for moments that come without an offset.
    public init(_ field: FieldDefinition, timeZone: TimeZone = .gmt) {
        name = field.name
        type = field.type
        isMultiple = field.isMultiple
        self.timeZone = timeZone
    }

    /// Makes a value of texts that are cleaned and not empty.
    ///
    /// - Parameters:
    ///   - texts: The texts, in the source's order.
    ///   - notes: Takes what had to be mended.
    /// - Returns: `nil` when there is no text or none that fits the type.
    public func value(of texts: [String], notes: inout [ReadingNote]) -> FieldValue? {
        guard let first = texts.first else { return nil }
        let value: FieldValue?
        switch type {
        case .boolean: value = Self.boolean(first).map(FieldValue.boolean)
        case .integer:
            value = Self.quantity(first).flatMap { $0.scale == 0 ? .integer($0.units) : nil }
        case .quantity: value = Self.quantity(first).map(FieldValue.quantity)
        case .money: value = Self.money(first).map(FieldValue.money)
        case .date:
            let date = CalendarDate(first)
            // Year 1 is how 1C writes "no date", in whatever order.
            if date?.year == 1 { return nil }
            value = date.map(FieldValue.date)
        case .instant:
            guard !first.hasPrefix("0001-01-01"), !first.hasPrefix("01.01.0001") else { return nil }
            value = instant(first).map(FieldValue.instant)
        default: return textValue(of: texts, notes: &notes)
        }
        if value == nil { notes.append(ReadingNote(.typeMismatch, field: name)) }
        return value
    }

    /// Makes a value of one text that is cleaned; an empty one is none.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - notes: Takes what had to be mended.
    /// - Returns: `nil` when the text is empty or does not fit the type.
    public func value(of text: String, notes: inout [ReadingNote]) -> FieldValue? {
        guard !text.isEmpty else { return nil }
        switch type {
        case .boolean, .integer, .quantity, .money, .date, .instant:
            return value(of: [text], notes: &notes)
        default:
            let (kept, isCut) = TextCleaning.bounded(text)
            if isCut { notes.append(ReadingNote(.cut, field: name)) }
            return isMultiple ? .texts([kept]) : .text(kept)
        }
    }

    private func textValue(of texts: [String], notes: inout [ReadingNote]) -> FieldValue? {
        var isCut = false
        func bounded(_ text: String) -> String {
            let (text, cut) = TextCleaning.bounded(text)
            isCut = isCut || cut
            return text
        }
        let value: FieldValue
        if type == .line {
            // Two lines that say the same are two.
            value = .texts(texts.map(bounded))
        } else if isMultiple, texts.count > 1 {
            var seen: Set<String> = []
            value = .texts(texts.map(bounded).filter { seen.insert($0).inserted })
        } else if isMultiple {
            value = .texts([bounded(texts[0])])
        } else {
            value = .text(bounded(texts[0]))
        }
        if isCut { notes.append(ReadingNote(.cut, field: name)) }
        return value
    }

    static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "y", "yes", "1", "да", "истина", "+": true
        case "false", "n", "no", "0", "нет", "ложь", "-": false
        default: nil
        }
    }

    /// Reads a number, also one in the exponent form that programs write: `2.5e-05`.
    static func quantity(_ text: String) -> Quantity? {
        // By bytes, as nearly no number has an exponent: to look at characters takes ten times as long.
        guard
            let mark = text.utf8.firstIndex(where: {
                $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
            })
        else { return Quantity(text) }
        guard let mantissa = Quantity(String(text[..<mark])),
            let exponent = Int(text[text.index(after: mark)...]), abs(exponent) <= 36
        else { return nil }
        var (units, scale) = (mantissa.units, Int(mantissa.scale) - exponent)
        while scale < 0 {
            let (product, isTooBig) = units.multipliedReportingOverflow(by: 10)
            guard !isTooBig else { return nil }
            (units, scale) = (product, scale + 1)
        }
        guard scale <= 18 else { return units == 0 ? Quantity(units: 0, scale: 0) : nil }
        return Quantity(units: units, scale: UInt8(scale))
    }

    /// An amount with its currency behind it, as letters of ISO 4217,.
    ///
    /// - Parameters:
    ///   - amount: The amount as it is written; one that says its currency itself keeps it.
    ///   - currency: The currency as it is written; an empty one says nothing.
    /// - Returns: The text, and whether the currency is known.
    public static func written(
        _ amount: String, in currency: String
    ) -> (text: String, isKnown: Bool) {
        guard !currency.isEmpty, !amount.isEmpty else { return (amount, true) }
        let code = CurrencyCode.reading(currency)
        // Nearly all amounts are of roubles, which goes without saying.
        guard code != CurrencyCode.rouble, amount.last?.isNumber == true else {
            return (amount, code != nil)
        }
        return (amount + " " + (code ?? CurrencyCode.unknown), code != nil)
    }

    /// Reads an amount: `1 234,50`, which is of roubles, or with its currency behind it: `99.5 USD`,
    /// `100 руб.`, and Bitrix24's own `1000|EUR`.
    static func money(_ text: String) -> Money? {
        if let quantity = quantity(text) { return money(quantity, CurrencyCode.rouble) }
        let digits = text.lastIndex { $0.isASCII && $0.isNumber }
        guard let digits, let quantity = quantity(String(text[...digits])) else { return nil }
        let mark = text[text.index(after: digits)...]
            .drop { $0 == "|" || $0.isWhitespace }
        let code =
            mark == CurrencyCode.unknown
            ? CurrencyCode.unknown : CurrencyCode.reading(String(mark))
        return code.flatMap { money(quantity, $0) }
    }

    private static func money(_ quantity: Quantity, _ currency: String) -> Money? {
        guard quantity.scale <= 2 else { return nil }
        let factor: Int64 = quantity.scale == 0 ? 100 : quantity.scale == 1 ? 10 : 1
        let (units, isTooBig) = quantity.units.multipliedReportingOverflow(by: factor)
        return isTooBig ? nil : Money(minorUnits: units, currency: currency)
    }

    /// Reads `2026-01-31T10:00:00+03:00` and `31.01.2026 9:05:07`.
    ///
    /// Without an offset the source's own clock is meant.
    private func instant(_ text: String) -> Int64? {
        let day = text.prefix { $0 != "T" && $0 != " " }
        guard day.count == 10, let date = CalendarDate(String(day)) else { return nil }
        let time = text.dropFirst(11)
        let clock = time.prefix { $0 == ":" || ("0"..."9").contains($0) }
        let parts = clock.split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 3, parts[0] < 24, parts[1] < 60, parts[2] < 61 else { return nil }
        let local = date.daysSinceEpoch * 86_400 + parts[0] * 3_600 + parts[1] * 60 + parts[2]
        let zone = time.dropFirst(clock.count).drop { $0 == "." || $0 == "," || $0.isNumber }
        if zone == "Z" { return local }
        if let sign = zone.first, sign == "+" || sign == "-" {
            let digits = zone.dropFirst().filter { $0 != ":" }
            guard digits.count == 4, let hours = Int64(digits.prefix(2)),
                let minutes = Int64(digits.suffix(2))
            else { return nil }
            return local - (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
        }
        guard zone.isEmpty else { return nil }
        let guess = Date(timeIntervalSince1970: TimeInterval(local))
        let offset = timeZone.secondsFromGMT(
            for: guess.addingTimeInterval(-TimeInterval(timeZone.secondsFromGMT(for: guess))))
        return local - Int64(offset)
    }
}
