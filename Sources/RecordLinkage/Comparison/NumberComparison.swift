import Records

/// Compares numbers by their relative difference.
struct NumberComparison: PreparedComparison {
    let name: String
    /// By record; not a number where there is none.
    let values: [Double]
    let thresholds: [Double]
    let levels: [LevelScheme]

    init(name: String, records: RecordList, field: Int, thresholds: [Double]) {
        self.name = name
        values = (0..<records.count).map { Self.number(records.texts($0, field).first) ?? .nan }
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
    private static func number(_ text: String?) -> Double? {
        guard let text else { return nil }
        // `12.34 RUB`, as amounts of money are written.
        let isAmount =
            text.utf8.count > 4 && text.suffix(4).first == " "
            && text.suffix(3).allSatisfy { $0 >= "A" && $0 <= "Z" }
        let number = isAmount ? text.dropLast(4) : text[...]
        return Quantity(number.filter { !"$€₽".contains($0) }).flatMap { Double($0.description) }
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (values[first], values[second])
        guard !a.isNaN, !b.isNaN else { return .missing }
        if a == b { return Outcome(level: 0) }
        let similarity = 1 - abs(a - b) / max(abs(a), abs(b))
        let index = thresholds.firstIndex { similarity >= $0 } ?? thresholds.count
        return Outcome(level: UInt8(index + 1))
    }

    func normalizedText(_ record: Int) -> String {
        values[record].isNaN ? "" : String(values[record])
    }
}
