import Records

/// Compares numbers by their relative difference; amounts of two currencies are different.
struct NumberComparison: PreparedComparison {
    let name: String
    /// By record; not a number where there is none.
    let values: [Double]
    /// By record: the letters of its currency one after another, 0 where none is known.
    private let currencies: [UInt32]
    let thresholds: [Double]
    let levels: [LevelScheme]

    init(name: String, records: RecordList, field: Int, thresholds: [Double]) {
        self.name = name
        let read = (0..<records.count).map { Self.reading(records.texts($0, field).first) }
        values = read.map(\.number)
        currencies = read.map(\.currency)
        // Thresholds are of similarity: 0.99 is a difference of one hundredth.
        self.thresholds = thresholds.isEmpty ? [0.99, 0.95, 0.8, 0.5] : thresholds
        var levels = [LevelScheme("equal", "=", expected: 0.6)]
        for threshold in self.thresholds {
            levels.append(LevelScheme("within \(threshold)", "≈", expected: 0.08))
        }
        levels.append(LevelScheme("different", "≠", expected: 0.1))
        self.levels = levels
    }

    /// Reads a number; an amount of money has its currency after it or before.
    private static func reading(_ text: String?) -> (number: Double, currency: UInt32) {
        guard let text else { return (.nan, 0) }
        // `12.34 RUB`, as amounts of money are written.
        let isAmount =
            text.utf8.count > 4 && text.utf8.suffix(4).first == UInt8(ascii: " ")
            && text.utf8.suffix(3).allSatisfy { $0 >= 65 && $0 <= 90 }
        let number = isAmount ? String(text.dropLast(4)) : text
        // Few numbers have a mark, and only those are looked at character by character.
        guard number.utf8.contains(where: mayBeMark) else {
            return (value(number), isAmount ? packed(letters: String(text.suffix(3))) : 0)
        }
        let marks = "$€₽"
        let mark = number.first { marks.contains($0) }
        let currency = isAmount ? String(text.suffix(3)) : mark.map { String($0) }
        return (
            value(number.filter { !marks.contains($0) }), currency.map { packed(letters: $0) } ?? 0
        )
    }

    private static func value(_ number: String) -> Double {
        Quantity(number).flatMap { Double($0.description) } ?? .nan
    }

    /// Whether a byte is `$`, or the first of `€` or `₽`.
    private static func mayBeMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == 0xE2
    }

    /// The letters of a currency as one number; 0 where it says nothing.
    ///
    /// One that is named and not known is none of those that are: it must not pass for roubles.
    private static func packed(letters currency: String) -> UInt32 {
        currency == CurrencyCode.unknown
            ? packed(currency) : CurrencyCode.reading(currency).map { packed($0) } ?? 0
    }

    private static func packed(_ letters: String) -> UInt32 {
        letters.utf8.reduce(0) { $0 &<< 8 | UInt32($1) }
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (values[first], values[second])
        guard !a.isNaN, !b.isNaN else { return .missing }
        let (currencyA, currencyB) = (currencies[first], currencies[second])
        guard currencyA == currencyB || currencyA == 0 || currencyB == 0 else {
            return Outcome(level: UInt8(thresholds.count + 1))
        }
        if a == b { return Outcome(level: 0) }
        let similarity = 1 - abs(a - b) / max(abs(a), abs(b))
        let index = thresholds.firstIndex { similarity >= $0 } ?? thresholds.count
        return Outcome(level: UInt8(index + 1))
    }

    func normalizedText(_ record: Int) -> String {
        guard !values[record].isNaN else { return "" }
        let currency = currencies[record]
        guard currency != 0 else { return String(values[record]) }
        let letters = [16, 8, 0].map { UInt8(truncatingIfNeeded: currency &>> UInt32($0)) }
        return "\(values[record]) \(String(decoding: letters, as: UTF8.self))"
    }
}
