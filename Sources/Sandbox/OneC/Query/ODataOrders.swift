internal import Synchronization

/// Rows in the orders that were asked for, kept so that a long reading with `$skip` does not sort
/// and filter everything for each page.
final class ODataOrders: Sendable {
    private struct Kept {
        var name: String
        var rows: [Int32]
    }

    private let kept = Mutex<[Kept]>([])
    private let byKey = Mutex<[Int32]?>(nil)
    /// Enough for two readers with a filtered and an unfiltered order each.
    private static let limit = 6

    /// The rows that a filter leaves, in an order.
    ///
    /// - Parameters:
    ///   - set: The set that these orders are of.
    ///   - filter: `$filter`.
    ///   - orderBy: `$orderby`.
    ///   - catalogue: Where references lead to.
    ///   - isForgiving: Whether a filter with an unknown property finds nothing instead of failing.
    /// - Returns: The rows' places in the set.
    /// - Throws: ``ODataError`` when filter or order cannot be read.
    func rows(
        of set: any ODataSet, filter: String?, orderBy: String?, _ catalogue: Catalogue?,
        isForgiving: Bool = false
    ) throws(ODataError) -> [Int32] {
        let name = "\(orderBy ?? "")\u{0}\(filter ?? "")"
        if let rows = kept.withLock({ $0.first { $0.name == name }?.rows }) { return rows }
        var rows = try Self.ordered(set, orderBy: orderBy, catalogue)
        if let filter {
            do throws(ODataError) {
                let expression = try FilterParser.parse(filter, of: set, catalogue)
                rows = rows.filter { FilterScope(set: set, row: Int($0)).fulfils(expression) }
            } catch {
                guard isForgiving, error.isUnknownProperty else { throw error }
                rows = []
            }
        }
        kept.withLock { kept in
            if kept.count == Self.limit { kept.removeFirst() }
            kept.append(Kept(name: name, rows: rows))
        }
        return rows
    }

    /// The row with a key in its first column.
    func row(of key: GUID, in set: any ODataSet) -> Int? {
        func keyOf(_ row: Int32) -> GUID {
            if case .guid(let guid) = set.value(0, at: Int(row)) { guid } else { .zero }
        }
        let rows = byKey.withLock { byKey in
            if let byKey { return byKey }
            let keys = (0..<Int32(set.count)).map(keyOf)
            let rows = keys.indices.sorted { keys[$0] < keys[$1] }.map(Int32.init)
            byKey = rows
            return rows
        }
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if keyOf(rows[middle]) < key { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && keyOf(rows[low]) == key ? Int(rows[low]) : nil
    }

    private static func ordered(
        _ set: any ODataSet, orderBy: String?, _ catalogue: Catalogue?
    ) throws(ODataError) -> [Int32] {
        var rows = (0..<Int32(set.count)).map(\.self)
        guard let orderBy, !orderBy.isEmpty else {
            // No order: none that means anything, but the same one each time.
            var random = RandomSource(seed: 0x0DA7A, stream: UInt64(set.count))
            random.shuffle(&rows)
            return rows
        }
        var criteria: [OrderCriterion] = []
        for part in orderBy.split(separator: ",") {
            criteria.append(try OrderCriterion(part, of: set, catalogue))
        }
        rows.sort { one, other in
            for criterion in criteria {
                let order = criterion.compare(Int(one), Int(other))
                if order != 0 { return order < 0 }
            }
            return one < other
        }
        return rows
    }
}

/// One part of `$orderby`, worked out for every row.
private struct OrderCriterion {
    private var texts: [String] = []
    private var numbers: [Double] = []
    private let isDescending: Bool

    init(
        _ part: Substring, of set: any ODataSet, _ catalogue: Catalogue?
    ) throws(ODataError) {
        let words = part.split(separator: " ")
        guard let name = words.first, words.count <= 2,
            words.count == 1 || words[1] == "asc" || words[1] == "desc"
        else { throw .unparsable("$orderby") }
        isDescending = words.count == 2 && words[1] == "desc"
        let steps = try PropertyPath.steps(
            name.split(separator: "/"), from: set, catalogue, option: "$orderby")
        guard let last = steps.last else { throw .unparsable("$orderby") }
        let property = last.set.properties[last.column]
        let scope = { FilterScope(set: set, row: $0) }
        switch property.kind {
        case .double, .long, .short:
            numbers = (0..<set.count).map { scope($0).value(steps).number ?? 0 }
        case .guid, .composite:
            // References sort by what a person sees of them, not by their digits.
            texts = (0..<set.count).map { row in
                if name == "Ref_Key" { return set.sortKey(at: row).lowercased() }
                let value = scope(row).value(steps)
                var target = property.target
                if case .reference(_, let own) = value { target = own }
                guard let key = value.target, let set = target.flatMap({ catalogue?[$0] }),
                    let place = set.orders.row(of: key, in: set)
                else { return value.text }
                return set.sortKey(at: place).lowercased()
            }
        default:
            texts = (0..<set.count).map { scope($0).value(steps).text.lowercased() }
        }
    }

    /// Less than zero when the first row comes first.
    func compare(_ one: Int, _ other: Int) -> Int {
        let order =
            numbers.isEmpty
            ? texts[one] == texts[other] ? 0 : texts[one] < texts[other] ? -1 : 1
            : numbers[one] == numbers[other] ? 0 : numbers[one] < numbers[other] ? -1 : 1
        return isDescending ? -order : order
    }
}
