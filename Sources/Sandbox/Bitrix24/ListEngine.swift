/// Answers a list method: finds, counts, orders and writes a page of a table.
struct ListEngine<Table: PortalTable> {
    /// Rows of a page, which no caller can change.
    static var pageSize: Int { 50 }

    let table: Table
    let query: ListQuery

    init(_ table: Table, _ parameters: Parameter) throws(PortalError) {
        self.table = table
        query = try ListQuery(parameters, table: table)
    }

    /// The page asked for.
    func answer() -> MethodAnswer {
        let offset = query.start < 0 ? 0 : table.roundsStart ? query.start / 50 * 50 : query.start
        var rows: [Int]
        var total: Int
        if table.idColumn == nil {
            rows = matches(limit: nil)
            total = rows.count
            // Addresses: without counting everything comes at once; with it the count is that of
            // the page and no further page is announced.
            if query.start >= 0 {
                rows = Array(rows.dropFirst(offset).prefix(Self.pageSize))
                total = rows.count
            }
            return write(rows, total: total, next: nil)
        }
        if query.start < 0 {
            return write(matches(limit: Self.pageSize), total: 0, next: nil)
        }
        if query.conditions.isEmpty, isOrderedByID {
            total = table.count
            let range = min(offset, total)..<min(offset + Self.pageSize, total)
            rows = isDescending ? range.map { total - 1 - $0 } : Array(range)
        } else {
            rows = matches(limit: nil)
            total = rows.count
            rows = Array(rows.dropFirst(offset).prefix(Self.pageSize))
        }
        let next = offset + Self.pageSize
        return write(rows, total: total, next: next < total ? next : nil)
    }

    private func write(_ rows: [Int], total: Int, next: Int?) -> MethodAnswer {
        var writer = ByteWriter(capacity: 64 + rows.count * 400, escapesSlashes: true)
        writer.byte(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            table.write(row, columns: query.columns, to: &writer)
        }
        writer.byte(UInt8(ascii: "]"))
        return MethodAnswer(result: writer.bytes, total: total, next: next)
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
                if case .integer(let one) = one, case .integer(let other) = other {
                    (isLess, isMore) = (one < other, one > other)
                } else {
                    let (one, other) = (one.comparable ?? "", other.comparable ?? "")
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
            guard let numbers = condition.numbers, !numbers.isEmpty,
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
