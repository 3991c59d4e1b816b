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
        // Whether two columns are each other's like by themselves.
        let areOne = tables[0].map { a in tables[1].map { ColumnLikeness(a, $0).score > 0.6 } }
        var candidates: [PartColumns] = []
        for side in [0, 1] {
            for whole in tables[side].indices {
                let found = PartColumns(whole, side: side, tables) { own, other in
                    side == 0 ? areOne[own][other] : areOne[other][own]
                }
                if let found { candidates.append(found) }
            }
        }
        let order = candidates.indices.sorted {
            (-candidates[$0].coverage, $0) < (-candidates[$1].coverage, $1)
        }
        return order.reduce(into: []) { found, place in
            let candidate = candidates[place]
            let isFree = !found.contains { other in
                [0, 1].contains { side in
                    candidate.columns(of: side).contains { other.has($0, side: side) }
                }
            }
            if isFree { found.append(candidate) }
        }
    }

    private init?(
        _ place: Int, side: Int, _ tables: [[ColumnProfile]], areOne: (Int, Int) -> Bool
    ) {
        let (whole, others) = (tables[side][place], tables[1 - side])
        guard Self.texts.contains(whole.type), whole.wordsPerValue > 1.6, !whole.isNumeric else {
            return nil
        }
        // Where both have it whole, these are compared.
        guard !others.contains(where: { Self.isWhole($0, like: whole) }) else { return nil }
        func hasOwnLike(_ other: Int) -> Bool {
            tables[side].indices.contains { $0 != place && areOne($0, other) }
        }
        let named = others.indices.filter { Self.isPart(others[$0], of: whole) && !hasOwnLike($0) }
        guard !named.isEmpty else { return nil }
        let rows = RowsOfWords(whole, named.map { others[$0] })
        let numbered = others.indices.filter {
            Self.isNumber(others[$0]) && !hasOwnLike($0) && rows.hold(others[$0])
        }
        let parts = others.indices.filter { named.contains($0) || numbered.contains($0) }
            .map { others[$0] }
        let covered = whole.words.share { word in parts.contains { $0.words.has(word) } }
        guard parts.count > 1, covered > Self.leastCoverage,
            parts.allSatisfy({ Self.share(of: whole, in: $0) < covered - 0.1 })
        else { return nil }
        (self.whole, self.parts, self.side, coverage) = (whole, parts, side, covered)
    }

    private static let texts: Set<FieldType> = [.text, .personName, .address, .organizationName]
    private static let leastCoverage = 0.45

    func has(_ column: ColumnProfile, side: Int) -> Bool {
        columns(of: side).contains { $0.header == column.header }
    }

    private func columns(of side: Int) -> [ColumnProfile] { side == self.side ? [whole] : parts }

    /// The share of the words of a column that another one has.
    private static func share(of column: ColumnProfile, in other: ColumnProfile) -> Double {
        column.words.share(where: other.words.has)
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
}

/// The rows of a column by the words in them, and of the other table the words by which a row of it leads
/// to such rows.
private struct RowsOfWords {
    private let words: [Set<UInt64>]
    /// For some rows of the other table, those that have the words of its named parts.
    private var found: [(row: Int, rows: [Int32])] = []

    private static let mostRead = 4000
    private static let mostAsked = 1000
    private static let mostRows = 400

    init(_ column: ColumnProfile, _ named: [ColumnProfile]) {
        let words = column.cells.prefix(Self.mostRead).map(Self.words)
        self.words = words
        var rows: [UInt64: [Int32]] = [:]
        for (row, own) in words.enumerated() {
            for word in own { rows[word, default: []].append(Int32(row)) }
        }
        let count = named.first?.cells.count ?? 0
        for row in 0..<min(count, Self.mostRead) where found.count < Self.mostAsked {
            let known = named.reduce(into: Set<UInt64>()) {
                $0.formUnion(Self.words(of: $1.cells[row]))
            }.filter { rows[$0] != nil }
            // By the rarest word; rows that have all others, too.
            guard let rarest = known.compactMap({ rows[$0] }).min(by: { $0.count < $1.count }),
                rarest.count <= Self.mostRows
            else { continue }
            let fitting = rarest.filter { known.isSubset(of: words[Int($0)]) }
            if !fitting.isEmpty { found.append((row, fitting)) }
        }
    }

    private static func words(of cell: String) -> Set<UInt64> {
        var words: Set<UInt64> = []
        ColumnWords.forEach(cell) { word, _, _ in words.insert(word) }
        return words
    }

    /// Whether the numbers of a column stand in the rows that have the words of its row in the named
    /// parts, more often than those of the next row do, which is by chance.
    func hold(_ column: ColumnProfile) -> Bool {
        var (asked, hits, chances) = (0, 0, 0)
        for (row, rows) in found where row + 1 < column.cells.count {
            let own = Self.words(of: column.cells[row])
            let next = Self.words(of: column.cells[row + 1])
            guard !own.isEmpty, !next.isEmpty, own != next else { continue }
            asked += 1
            if rows.contains(where: { own.isSubset(of: words[Int($0)]) }) { hits += 1 }
            if rows.contains(where: { next.isSubset(of: words[Int($0)]) }) { chances += 1 }
        }
        let spread = (Double(chances) + 1).squareRoot()
        return asked >= 20 && Double(hits - chances) > 4 * spread && hits > 2 * chances
    }
}
