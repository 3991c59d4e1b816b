import Records

/// Compares identifiers: equal, with a typing error, different; one in common is enough.
struct ValueComparison: PreparedComparison {
    /// What else than equality counts.
    enum Tolerance: Sendable {
        /// Nothing.
        case none
        /// Typing errors in a number or code.
        case typingErrors
        /// A number without its area code, or with one error.
        case phone
        /// The same name at another domain, or an error or two.
        case email
        /// Errors in a date, day and month swapped, the same year.
        case date
    }

    let name: String
    let column: ValueColumn
    let tolerance: Tolerance
    let usesTermFrequency: Bool
    let levels: [LevelScheme]

    init(name: String, column: ValueColumn, tolerance: Tolerance, usesTermFrequency: Bool) {
        self.name = name
        self.column = column
        self.tolerance = tolerance
        self.usesTermFrequency = usesTermFrequency
        var levels = [LevelScheme("exact", "=", expected: 0.88, isExact: true)]
        if tolerance != .none {
            levels.append(LevelScheme("one error", "≈", expected: 0.05))
            levels.append(LevelScheme("close", "≈", expected: 0.02))
        }
        levels.append(LevelScheme("different", "≠", expected: 0.05))
        self.levels = levels
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (column.values(of: first), column.values(of: second))
        guard !a.isEmpty, !b.isEmpty else { return .missing }
        var best: Float = -1
        for value in a where b.contains(value) {
            best = max(best, column.frequencies.bits[Int(value)])
        }
        if best >= 0 {
            return usesTermFrequency ? Outcome(level: 0, bits: best) : Outcome(level: 0)
        }
        guard tolerance != .none else { return Outcome(level: 1) }
        var level = 3
        for valueA in a.prefix(8) {
            for valueB in b.prefix(8) where level > 1 {
                level = min(level, similarity(valueA, valueB, scratch))
            }
        }
        return Outcome(level: UInt8(level))
    }

    private func similarity(_ a: UInt32, _ b: UInt32, _ scratch: Scratch) -> Int {
        let (lengthA, lengthB) = (column.table.length(a), column.table.length(b))
        let (shorter, longer) = (min(lengthA, lengthB), max(lengthA, lengthB))
        let (textA, textB) = (column.table[a], column.table[b])
        switch tolerance {
        case .none:
            return 3
        case .email:
            return Self.emails(textA, textB, scratch)
        case .phone:
            if shorter != longer, shorter >= 6,
                textA.suffix(shorter).elementsEqual(textB.suffix(shorter))
            {
                return 2
            }
            guard shorter == longer else { return 3 }
            return scratch.distance.distance(textA, textB) == 1 ? 1 : 3
        case .date:
            return Self.dates(textA, textB, scratch)
        case .typingErrors:
            guard longer - shorter <= 2, shorter >= 4 else { return 3 }
            let distance = scratch.distance.distance(textA, textB)
            // Two numbers that both pass their check digits differ by more than a slip.
            let isSlip = !column.isChecked || !column.isValid[Int(a)] || !column.isValid[Int(b)]
            if distance == 1 { return isSlip ? 1 : 2 }
            return distance == 2 && longer >= 7 && isSlip ? 2 : 3
        }
    }

    private typealias Letters = UnsafeBufferPointer<UInt8>

    private static func emails(_ a: Letters, _ b: Letters, _ scratch: Scratch) -> Int {
        let at = UInt8(ascii: "@")
        guard let atA = a.firstIndex(of: at), let atB = b.firstIndex(of: at) else { return 3 }
        let (localA, localB) = (Letters(rebasing: a[..<atA]), Letters(rebasing: b[..<atB]))
        if localA.count >= 5, localA.elementsEqual(localB) { return 1 }
        guard a[atA...].elementsEqual(b[atB...]) else {
            return min(a.count, b.count) >= 10 && scratch.distance.distance(a, b) == 1 ? 1 : 3
        }
        let shorter = min(localA.count, localB.count)
        guard shorter >= 5 else { return 3 }
        if scratch.distance.distance(localA, localB) == 1 { return 1 }
        let isWithin =
            localA.suffix(shorter).elementsEqual(localB.suffix(shorter))
            || localA.prefix(shorter).elementsEqual(localB.prefix(shorter))
        return isWithin ? 2 : 3
    }

    /// Dates are `yyyymmdd` here.
    private static func dates(_ a: Letters, _ b: Letters, _ scratch: Scratch) -> Int {
        guard a.count == 8, b.count == 8 else { return 3 }
        if scratch.distance.distance(a, b) == 1 { return 1 }
        let isSwapped =
            a.prefix(4).elementsEqual(b.prefix(4))
            && a.dropFirst(4).prefix(2).elementsEqual(b.suffix(2))
            && a.suffix(2).elementsEqual(b.dropFirst(4).prefix(2))
        if isSwapped { return 1 }
        let sameYear = a.prefix(4).elementsEqual(b.prefix(4))
        let sameDay = a.suffix(4).elementsEqual(b.suffix(4))
        return sameYear || sameDay || scratch.distance.distance(a, b) == 2 ? 2 : 3
    }

    func normalizedText(_ record: Int) -> String {
        column.values(of: record)
            .map { String(decoding: column.table[$0], as: UTF8.self) }.joined(separator: " | ")
    }
}
