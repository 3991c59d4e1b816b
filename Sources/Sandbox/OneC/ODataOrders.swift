internal import Synchronization

/// Rows in the orders that were asked for, kept so that a long reading with `$skip` does not sort
/// and filter everything for each page.
final class ODataOrders: Sendable {
    private struct Kept {
        var name: String
        var rows: [Int32]
    }

    private let kept = Mutex<[Kept]>([])
    /// Enough for two readers with a filtered and an unfiltered order each.
    private static let limit = 6

    /// The rows that a filter leaves, in an order.
    func rows(
        of set: any ODataSet, filter: String?, orderBy: String?
    ) throws(ODataError) -> [Int32] {
        let name = "\(orderBy ?? "")\u{0}\(filter ?? "")"
        if let rows = kept.withLock({ $0.first { $0.name == name }?.rows }) { return rows }
        var rows = try Self.ordered(set, orderBy: orderBy)
        if let filter {
            let expression = try FilterParser.parse(filter, of: set)
            rows = rows.filter { expression.isTrue(set, at: Int($0)) }
        }
        kept.withLock { kept in
            if kept.count == Self.limit { kept.removeFirst() }
            kept.append(Kept(name: name, rows: rows))
        }
        return rows
    }

    /// The row with a key.
    func row(of key: GUID, in set: any ODataSet) -> Int? {
        guard let byKey = try? rows(of: set, filter: nil, orderBy: "\u{1}key") else { return nil }
        var low = 0
        var high = byKey.count
        while low < high {
            let middle = (low + high) / 2
            guard case .guid(let other) = set.value(0, at: Int(byKey[middle])) else { return nil }
            if other < key { low = middle + 1 } else { high = middle }
        }
        guard low < byKey.count, case .guid(key) = set.value(0, at: Int(byKey[low])) else {
            return nil
        }
        return Int(byKey[low])
    }

    private static func ordered(
        _ set: any ODataSet, orderBy: String?
    ) throws(ODataError) -> [Int32] {
        var rows = (0..<Int32(set.count)).map(\.self)
        guard let orderBy, !orderBy.isEmpty else {
            // No order: none that means anything, but the same one each time.
            var random = RandomSource(seed: 0x0DA7A, stream: UInt64(set.count))
            random.shuffle(&rows)
            return rows
        }
        if orderBy == "\u{1}key" {
            let keys = rows.map { row -> GUID in
                if case .guid(let key) = set.value(0, at: Int(row)) { key } else { .zero }
            }
            rows.sort { keys[Int($0)] < keys[Int($1)] }
            return rows
        }
        var criteria: [(keys: [String], isDescending: Bool)] = []
        for part in orderBy.split(separator: ",") {
            let words = part.split(separator: " ")
            guard let name = words.first, words.count <= 2 else { throw .unparsable("$orderby") }
            guard let column = set.column(named: name) else {
                throw .unknownProperty(name, option: "$orderby")
            }
            guard words.count == 1 || words[1] == "asc" || words[1] == "desc" else {
                throw .unparsable("$orderby")
            }
            // References sort by what a person sees of them, not by their digits.
            let isReference = if case .guid = set.properties[column].kind { true } else { false }
            let keys = (0..<set.count).map { row in
                (isReference ? set.presentation(at: row) : set.value(column, at: row).text)
                    .lowercased()
            }
            criteria.append((keys, words.count == 2 && words[1] == "desc"))
        }
        rows.sort { one, other in
            for criterion in criteria {
                let (left, right) = (criterion.keys[Int(one)], criterion.keys[Int(other)])
                if left != right { return criterion.isDescending ? right < left : left < right }
            }
            return one < other
        }
        return rows
    }
}
