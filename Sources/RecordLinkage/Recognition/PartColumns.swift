import Records

/// Columns with the parts of what the other table has in one: `ФИО` and `Фамилия`, `Имя`; `Адрес` and
/// `Город`, `Улица`, `Дом`.
struct PartColumns {
    /// What the one table has whole.
    let whole: ColumnProfile
    /// The parts, in the order of the other table.
    let parts: [ColumnProfile]
    /// The place of the table that has it whole: 0 for the left one.
    let side: Int
    /// How much of the words of the whole the parts have, 0 to 1.
    private let coverage: Double

    /// Looks for them among the columns of two tables, what is covered most first, each column once.
    static func all(_ tables: [[ColumnProfile]]) -> [PartColumns] {
        var (found, open) = ([PartColumns](), tables)
        while true {
            let candidates = [0, 1].flatMap { side in
                open[side].compactMap { PartColumns($0, side: side, open) }
            }
            guard let best = candidates.max(by: { $0.coverage < $1.coverage }) else { return found }
            found.append(best)
            for side in [0, 1] { open[side].removeAll { best.has($0, side: side) } }
        }
    }

    private init?(_ whole: ColumnProfile, side: Int, _ tables: [[ColumnProfile]]) {
        guard Self.texts.contains(whole.type), whole.wordsPerValue > 1.6, !whole.isNumeric else {
            return nil
        }
        let others = tables[1 - side]
        // Where both have it whole, these are compared.
        guard !others.contains(where: { Self.isWhole($0, like: whole) }) else { return nil }
        let named = others.filter { part in
            Self.isPart(part, of: whole)
                && !tables[side].contains { own in
                    own.header != whole.header && Self.isOne(own, part)
                }
        }
        guard !named.isEmpty else { return nil }
        let rows = RowsOfWords(whole)
        let numbered = others.filter { part in
            Self.isNumber(part) && rows.hold(part, besides: named)
                && !tables[side].contains { $0.header != whole.header && Self.isOne($0, part) }
        }
        let parts = others.filter { column in
            (named + numbered).contains { $0.header == column.header }
        }
        let covered = whole.words.reduce(0) { sum, word in
            sum + (parts.contains { $0.words[word.key] != nil } ? word.value : 0)
        }
        guard parts.count > 1, covered > Self.leastCoverage,
            parts.allSatisfy({ Self.share(of: whole, in: $0) < covered - 0.1 })
        else { return nil }
        (self.whole, self.parts, self.side, coverage) = (whole, parts, side, covered)
    }

    private static let texts: Set<FieldType> = [.text, .personName, .address, .organizationName]
    private static let leastCoverage = 0.45

    func has(_ column: ColumnProfile, side: Int) -> Bool {
        side == self.side
            ? column.header == whole.header : parts.contains { $0.header == column.header }
    }

    /// The share of the words of a column that another one has.
    private static func share(of column: ColumnProfile, in other: ColumnProfile) -> Double {
        column.words.reduce(0) { $0 + (other.words[$1.key] == nil ? 0 : $1.value) }
    }

    private static func isPart(_ column: ColumnProfile, of whole: ColumnProfile) -> Bool {
        if whole.type == .personName, column.areInitials { return true }
        return texts.contains(column.type) && !column.isAmount
            && column.wordsPerValue < whole.wordsPerValue && share(of: column, in: whole) > 0.5
    }

    /// Whether a column may be the number of a house, a dosage or the like.
    private static func isNumber(_ column: ColumnProfile) -> Bool {
        guard !column.isRunningNumber else { return false }
        return column.isNumeric || column.wordsPerValue < 2.5 && column.saysNumbersShortly
    }

    private static func isWhole(_ column: ColumnProfile, like whole: ColumnProfile) -> Bool {
        texts.contains(column.type) && column.wordsPerValue > 0.7 * whole.wordsPerValue
            && share(of: column, in: whole) > 0.5 && share(of: whole, in: column) > 0.5
    }

    /// Whether two columns are each other's like by themselves.
    private static func isOne(_ a: ColumnProfile, _ b: ColumnProfile) -> Bool {
        ColumnLikeness(a, b).score > 0.6
    }
}

/// The rows of a column by the words in them.
private struct RowsOfWords {
    private var rows: [UInt64: [Int32]] = [:]
    private var words: [Set<UInt64>] = []

    init(_ column: ColumnProfile) {
        for (row, cell) in column.cells.enumerated() {
            let own = Self.words(of: cell)
            words.append(own)
            for word in own { rows[word, default: []].append(Int32(row)) }
        }
    }

    private static func words(of cell: String) -> Set<UInt64> {
        var words: Set<UInt64> = []
        ColumnWords.forEach(ColumnProfile.beginning(cell)) { word, _, _ in words.insert(word) }
        return words
    }

    /// Whether the numbers of a column stand in the rows that have the words of its row in other columns,
    /// more often than those of the next row do, which is by chance.
    func hold(_ column: ColumnProfile, besides others: [ColumnProfile]) -> Bool {
        var (asked, hits, chances) = (0, 0, 0)
        for row in column.cells.indices.dropLast() where asked < Self.mostAsked {
            let (own, next) = (
                Self.words(of: column.cells[row]), Self.words(of: column.cells[row + 1])
            )
            guard !own.isEmpty, !next.isEmpty, own != next else { continue }
            let named = others.reduce(into: Set<UInt64>()) {
                $0.formUnion(Self.words(of: $1.cells[row]))
            }
            // By the rarest word; rows that have all others, too.
            guard let rarest = named.compactMap({ rows[$0] }).min(by: { $0.count < $1.count }),
                rarest.count <= Self.mostRows
            else { continue }
            let known = named.filter { rows[$0] != nil }
            let found = rarest.filter { known.isSubset(of: words[Int($0)]) }
            guard !found.isEmpty else { continue }
            asked += 1
            if found.contains(where: { own.isSubset(of: words[Int($0)]) }) { hits += 1 }
            if found.contains(where: { next.isSubset(of: words[Int($0)]) }) { chances += 1 }
        }
        let spread = (Double(chances) + 1).squareRoot()
        return asked >= 20 && Double(hits - chances) > 4 * spread && hits > 2 * chances
    }

    private static let mostAsked = 1000
    private static let mostRows = 400
}
