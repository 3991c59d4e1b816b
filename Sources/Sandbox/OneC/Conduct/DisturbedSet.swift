/// A set in which somebody worked while it was being read.
final class DisturbedSet: ODataSet {
    private struct Row {
        var base: Int
        /// The key of a row that was inserted.
        var key: GUID?
        /// What its name begins with, so that it comes first.
        var prefix = ""
    }

    private let base: any ODataSet
    private let rows: [Row]
    let orders = ODataOrders()

    private init(_ base: any ODataSet, _ rows: [Row]) {
        self.base = base
        self.rows = rows
    }

    /// The set after one more change, and what was changed; `nil` when nothing is left to change.
    static func after(
        _ kind: InfobaseChange.Kind, in set: any ODataSet
    ) -> (set: DisturbedSet, change: InfobaseChange)? {
        let disturbed = set as? DisturbedSet
        let base = disturbed?.base ?? set
        var rows = disturbed?.rows ?? (0..<set.count).map { Row(base: $0) }
        // Deleted and moved rows are those that a reader by name has passed already, so that what
        // comes after them moves up; an inserted one pushes everything down.
        let untouched = rows.indices.filter { rows[$0].prefix.isEmpty }
        let byName = untouched.min {
            base.sortKey(at: rows[$0].base) < base.sortKey(at: rows[$1].base)
        }
        guard let first = byName else { return nil }
        var key = base.value(0, at: rows[first].base).text
        switch kind {
        case .deleted: rows.remove(at: first)
        case .created:
            let new = GUID(seed: 0x1A5E47, of: UInt64(rows.count))
            key = new.text
            rows.append(Row(base: rows[first].base, key: new, prefix: "!"))
        case .updated: rows[first].prefix = "яя"
        }
        let change = InfobaseChange(kind: kind, set: set.name, key: key)
        return (DisturbedSet(base, rows), change)
    }

    var name: String { base.name }
    var properties: [ODataProperty] { base.properties }
    var key: [Int] { base.key }
    var virtualTables: [any VirtualTable] { base.virtualTables }
    var count: Int { rows.count }

    func value(_ column: Int, at row: Int) -> ODataValue {
        let own = rows[row]
        if column == 0, let key = own.key { return .guid(key) }
        let value = base.value(column, at: own.base)
        guard !own.prefix.isEmpty, case .string(let text) = value,
            base.properties[column].name == "Description"
        else { return value }
        return .string(own.prefix + text)
    }

    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] {
        base.rows(ofSection: column, at: rows[row].base)
    }

    func presentation(at row: Int) -> String {
        rows[row].prefix + base.presentation(at: rows[row].base)
    }

    func sortKey(at row: Int) -> String { rows[row].prefix + base.sortKey(at: rows[row].base) }
}
