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
        values = (0..<records.count).map { Self.number(records[$0][field]) ?? .nan }
        // Thresholds are of similarity: 0.99 is a difference of one hundredth.
        self.thresholds = thresholds.isEmpty ? [0.99, 0.95, 0.8, 0.5] : thresholds
        var levels = [LevelScheme("equal", "=", expected: 0.6)]
        for threshold in self.thresholds {
            levels.append(LevelScheme("within \(threshold)", "≈", expected: 0.08))
        }
        levels.append(LevelScheme("different", "≠", expected: 0.1))
        self.levels = levels
    }

    private static func number(_ value: FieldValue?) -> Double? {
        switch value {
        case .integer(let number): return Double(number)
        case .quantity(let quantity): return Double(quantity.description)
        case .money(let money): return Double(money.minorUnits)
        case .text(let text):
            return Quantity(text.filter { !"$€₽".contains($0) })
                .flatMap { Double($0.description) }
        default: return nil
        }
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
