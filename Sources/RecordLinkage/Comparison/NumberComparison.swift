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
            text.utf8.count > 4 && text.suffix(4).first == " "
            && text.suffix(3).allSatisfy { $0 >= "A" && $0 <= "Z" }
        let number = isAmount ? text.dropLast(4) : text[...]
        let marks = "$€₽"
        let mark = number.first { marks.contains($0) }
        let currency = isAmount ? String(text.suffix(3)) : mark.map { String($0) }
        let value = Quantity(number.filter { !marks.contains($0) })
            .flatMap { Double($0.description) }
        return (value ?? .nan, currency.flatMap(CurrencyCode.reading).map(packed) ?? 0)
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
