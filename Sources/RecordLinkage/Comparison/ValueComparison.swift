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
        /// Errors in a date, day and month swapped, some days between.
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
        if tolerance != .none { levels.append(LevelScheme("one error", "≈", expected: 0.05)) }
        if tolerance == .date {
            levels.append(LevelScheme("within a week", "≈", expected: 0.02))
            levels.append(LevelScheme("within a month", "≈", expected: 0.01))
        }
        if tolerance != .none { levels.append(LevelScheme("close", "≈", expected: 0.02)) }
        levels.append(LevelScheme("different", "≠", expected: 0.05))
        self.levels = levels
    }

    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        column.fetch(pairs, half)
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (column.only[first], column.only[second])
        guard a != TextTable.none, b != TextTable.none else { return .missing }
        guard a != ValueColumn.several, b != ValueColumn.several else {
            return compareSeveral(first, second, scratch)
        }
        if a == b { return exact(column.frequencies.bits[Int(a)]) }
        guard tolerance != .none else { return Outcome(level: 1) }
        return Outcome(level: UInt8(similarity(a, b, scratch)))
    }

    private func compareSeveral(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (column.values(of: first), column.values(of: second))
        var best: Float = -1
        for value in a where b.contains(value) {
            best = max(best, column.frequencies.bits[Int(value)])
        }
        if best >= 0 { return exact(best) }
        guard tolerance != .none else { return Outcome(level: 1) }
        var level = levels.count - 1
        for valueA in a.prefix(8) {
            for valueB in b.prefix(8) where level > 1 {
                level = min(level, similarity(valueA, valueB, scratch))
            }
        }
        return Outcome(level: UInt8(level))
    }

    @inline(__always)
    private func exact(_ bits: Float) -> Outcome {
        usesTermFrequency ? Outcome(level: 0, bits: bits) : Outcome(level: 0)
    }

    /// How two unequal values agree, as a level: 1 is one error, the last different.
    @inline(__always)
    private func similarity(_ a: UInt32, _ b: UInt32, _ scratch: Scratch) -> Int {
        let (first, second) = (column.traits[Int(a)], column.traits[Int(b)])
        let shorter = Int(min(first.length, second.length))
        let longer = Int(max(first.length, second.length))
        switch tolerance {
        case .none:
            return 3
        case .email:
            return emails(a, b, scratch)
        case .phone:
            if shorter == longer {
                return isOneError(a, b, scratch) ? 1 : 3
            }
            return shorter >= 6 && Self.isEnd(column.table[a], column.table[b], shorter) ? 2 : 3
        case .date:
            return Self.dates(column.table[a], column.table[b], scratch)
        case .typingErrors:
            guard longer - shorter <= 2, shorter >= 4 else { return 3 }
            // Two numbers that both pass their check digits differ by more than a slip.
            let isSlip = !column.isChecked || !first.isValid || !second.isValid
            let allowed = isSlip && longer >= 7 ? 2 : 1
            guard first.counts.mayBe(within: allowed, of: second.counts) else { return 3 }
            let distance = scratch.distance.distance(column.table[a], column.table[b])
            if distance == 1 { return isSlip ? 1 : 2 }
            return distance == 2 && allowed == 2 ? 2 : 3
        }
    }

    private typealias Letters = UnsafeBufferPointer<UInt8>

    @inline(__always)
    private func isOneError(_ a: UInt32, _ b: UInt32, _ scratch: Scratch) -> Bool {
        column.traits[Int(a)].counts.mayBe(within: 1, of: column.traits[Int(b)].counts)
            && scratch.distance.distance(column.table[a], column.table[b]) == 1
    }

    /// Whether two texts have an end of so many letters in common.
    private static func isEnd(_ a: Letters, _ b: Letters, _ count: Int) -> Bool {
        a.suffix(count).elementsEqual(b.suffix(count))
    }

    private func emails(_ a: UInt32, _ b: UInt32, _ scratch: Scratch) -> Int {
        let (first, second) = (column.traits[Int(a)], column.traits[Int(b)])
        let isSameName = first.local == second.local
        guard first.domain == second.domain else {
            let longEnough = min(first.length, second.length) >= 10
            if !isSameName { return longEnough && isOneError(a, b, scratch) ? 1 : 3 }
            let at = column.table[a].firstIndex(of: UInt8(ascii: "@")) ?? 0
            return at >= 5 || (longEnough && isOneError(a, b, scratch)) ? 1 : 3
        }
        let (textA, textB) = (column.table[a], column.table[b])
        let at = UInt8(ascii: "@")
        guard let atA = textA.firstIndex(of: at), let atB = textB.firstIndex(of: at) else {
            return 3
        }
        let shorter = min(atA, atB)
        guard shorter >= 5 else { return 3 }
        // The domains are the same: what differs is the names.
        if isOneError(a, b, scratch) { return 1 }
        let (localA, localB) = (textA[..<atA], textB[..<atB])
        let isWithin =
            localA.suffix(shorter).elementsEqual(localB.suffix(shorter))
            || localA.prefix(shorter).elementsEqual(localB.prefix(shorter))
        return isWithin ? 2 : 3
    }

    /// Dates are `yyyymmdd` here: 31.12.2025 and 01.01.2026 are a day apart, however they are written.
    private static func dates(_ a: Letters, _ b: Letters, _ scratch: Scratch) -> Int {
        let different = 5
        guard a.count == 8, b.count == 8 else { return different }
        let distance = scratch.distance.distance(a, b)
        let isSwapped =
            a.prefix(4).elementsEqual(b.prefix(4))
            && a.dropFirst(4).prefix(2).elementsEqual(b.suffix(2))
            && a.suffix(2).elementsEqual(b.dropFirst(4).prefix(2))
        let days = day(a).flatMap { first in day(b).map { abs(first - $0) } } ?? .max
        if distance == 1 || isSwapped || days <= 1 { return 1 }
        if days <= 7 { return 2 }
        if days <= 31 { return 3 }
        return distance == 2 || a.suffix(4).elementsEqual(b.suffix(4)) ? 4 : different
    }

    /// The number of a day; `nil` for what is no date.
    private static func day(_ text: Letters) -> Int? {
        var number = 0
        for letter in text {
            guard letter >= 48, letter <= 57 else { return nil }
            number = number * 10 + Int(letter) - 48
        }
        return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
            .map { Int($0.daysSinceEpoch) }
    }

    func normalizedText(_ record: Int) -> String {
        column.values(of: record)
            .map { String(decoding: column.table[$0], as: UTF8.self) }.joined(separator: " | ")
    }
}
