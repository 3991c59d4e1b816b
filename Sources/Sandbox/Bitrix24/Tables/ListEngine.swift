/// Answers a list method: finds, counts, orders and writes a page of a table.
struct ListEngine<Table: PortalTable> {
    /// Rows of a page, which no caller can change.
    static var pageSize: Int { 50 }

    /// A page of rows with what is said about it.
    struct Page {
        var rows: [Int]
        /// `nil` for a list that never says how many there are.
        var total: Int?
        var next: Int?
    }

    let table: Table
    let query: ListQuery
    private let options: PortalOptions

    init(_ table: Table, _ parameters: Parameter, _ options: PortalOptions) throws(PortalError) {
        self.table = table
        self.options = options
        query = try ListQuery(parameters, table: table, options: options)
    }

    /// The page asked for.
    func page() -> Page {
        if query.start < 0, table.manners.hasOddPages || table.manners.isWholeUncounted {
            // Without counting everything comes at once, and is counted after all.
            let rows = matches(limit: nil)
            return Page(rows: rows, total: rows.count)
        }
        if query.start < 0 { return Page(rows: matches(limit: Self.pageSize), total: 0) }
        var page: Page
        if query.conditions.isEmpty, query.groups.isEmpty, isOrderedByID, table.idColumn != nil {
            let total = table.count
            let offset = offset(total)
            let range = min(offset, total)..<min(offset + Self.pageSize, total)
            page = Page(
                rows: isDescending ? range.map { total - 1 - $0 } : Array(range), total: total,
                next: offset + Self.pageSize)
        } else {
            let rows = matches(limit: nil)
            let offset = offset(rows.count)
            page = Page(
                rows: Array(rows.dropFirst(offset).prefix(Self.pageSize)), total: rows.count,
                next: offset + Self.pageSize)
        }
        if let next = page.next, next >= page.total ?? 0 { page.next = nil }
        if table.manners.hasOddPages, options.addressPaging == .page {
            page.total = page.rows.count
            page.next = nil
        }
        return page
    }

    /// Every row that fits, for methods without pages.
    func all() -> Page { Page(rows: matches(limit: nil)) }

    private func offset(_ total: Int) -> Int {
        var offset = query.start
        if table.manners.roundsStart {
            if options.startRounding == .page { offset = offset / Self.pageSize * Self.pageSize }
            if options.beyondEnd == .lastPage, offset >= total {
                offset = max(0, total - 1) / Self.pageSize * Self.pageSize
            }
        }
        return offset
    }

    /// Writes rows as a list.
    func write(_ rows: [Int]) -> [UInt8] {
        let style = PortalStyle(table.dialect, options)
        var writer = ByteWriter(capacity: 64 + rows.count * 400, escapesSlashes: true)
        writer.byte(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            table.write(
                row, columns: query.columns, style, original: query.hasOriginalNames, to: &writer)
        }
        writer.byte(UInt8(ascii: "]"))
        return writer.bytes
    }

    // MARK: Finding

    private var isOrderedByID: Bool {
        guard let first = query.order.first else { return true }
        return first.column == table.idColumn
    }

    private var isDescending: Bool { query.order.first?.isDescending ?? false }

    /// The rows that fit, in the order asked for.
    private func matches(limit: Int?) -> [Int] {
        let (candidates, rest) = candidates()
        func fits(_ row: Int) -> Bool {
            rest.allSatisfy { $0.fits(table.value($0.column, at: row)) }
                && query.groups.allSatisfy { group in
                    group.contains { alternative in
                        alternative.allSatisfy { $0.fits(table.value($0.column, at: row)) }
                    }
                }
        }
        if isOrderedByID {
            var rows: [Int] = []
            for range in isDescending ? candidates.reversed() : candidates {
                for step in 0..<range.count {
                    let row = isDescending ? range.upperBound - 1 - step : range.lowerBound + step
                    guard fits(row) else { continue }
                    rows.append(row)
                    if rows.count == limit { return rows }
                }
            }
            return rows
        }
        let found = candidates.joined().filter(fits)
        let sorted = ordered(Array(found))
        return limit.map { Array(sorted.prefix($0)) } ?? sorted
    }

    private func ordered(_ rows: [Int]) -> [Int] {
        let keyed = rows.map { row in
            (row, query.order.map { table.value($0.column, at: row) })
        }
        return keyed.sorted { left, right in
            for (index, order) in query.order.enumerated() {
                let (one, other) = (left.1[index], right.1[index])
                let isLess: Bool
                let isMore: Bool
                if let one = one.number(offset: 0), let other = other.number(offset: 0) {
                    (isLess, isMore) = (one < other, one > other)
                } else {
                    let (one, other) = (one.texts.first ?? "", other.texts.first ?? "")
                    (isLess, isMore) = (one < other, one > other)
                }
                if isLess != isMore { return order.isDescending ? isMore : isLess }
            }
            return left.0 < right.0
        }.map(\.0)
    }

    /// Ranges of rows that the ascending columns leave, and the conditions still to be tested.
    private func candidates() -> (ranges: [Range<Int>], rest: [ListQuery.Condition]) {
        var ranges = [0..<table.count]
        var rest: [ListQuery.Condition] = []
        for condition in query.conditions {
            guard let numbers = condition.integers, !numbers.isEmpty,
                let found = self.ranges(condition, numbers)
            else {
                rest.append(condition)
                continue
            }
            ranges = ranges.flatMap { range in
                found.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
            }
        }
        return (ranges, rest)
    }

    private func ranges(_ condition: ListQuery.Condition, _ numbers: [Int64]) -> [Range<Int>]? {
        func bound(_ number: Int64) -> Int? { table.lowerBound(condition.column, number) }
        guard let first = numbers.first, let lower = bound(first), let upper = bound(first &+ 1)
        else { return nil }
        switch condition.comparison {
        case .equal:
            return Set(numbers).sorted().compactMap { number in
                guard let low = bound(number), let high = bound(number &+ 1) else { return nil }
                return low..<high
            }
        case .greater where numbers.count == 1: return [upper..<table.count]
        case .greaterOrEqual where numbers.count == 1: return [lower..<table.count]
        case .less where numbers.count == 1: return [0..<lower]
        case .lessOrEqual where numbers.count == 1: return [0..<upper]
        default: return nil
        }
    }
}
