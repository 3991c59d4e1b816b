/// A set in which somebody worked while it was being read.
final class DisturbedSet: ODataSet {
    private struct Row {
        var base: Int
        /// Which of the inserted rows it is, from 1; `nil` of the base's own.
        var copy: Int?
        /// What its name begins with, so that it comes first.
        var prefix = ""
    }

    private let base: any ODataSet
    private let rows: [Row]
    /// The column by which an inserted row is told from the one that it is a copy of.
    private let identity: Int
    /// How many rows were inserted so far, whether they are still there or not.
    private let copyCount: Int
    let orders = ODataOrders()

    private init(_ base: any ODataSet, _ rows: [Row], copyCount: Int) {
        self.base = base
        self.rows = rows
        self.copyCount = copyCount
        identity = Self.identity(of: base)
    }

    /// The reference; of a register the first of its key that holds one, or its number or text.
    private static func identity(of set: any ODataSet) -> Int {
        let kinds = set.key.map { ($0, set.properties[$0].kind) }
        let best =
            kinds.first { if case .guid = $1 { true } else { false } }
            ?? kinds.first { if case .composite = $1 { true } else { false } }
            ?? kinds.first { if case .long = $1 { true } else { false } }
            ?? kinds.first { if case .string = $1 { true } else { false } }
        return best?.0 ?? 0
    }

    /// The value in place of that of the row that an inserted one is a copy of.
    private static func identity(_ value: ODataValue, ofCopy number: Int) -> ODataValue {
        let key = GUID(seed: 0x1A5E47, of: UInt64(number))
        return switch value {
        case .long: .long(2_000_000_000 + Int64(number))
        case .string(let text): .string("\(text)-\(number)")
        case .reference(_, let set): .reference(key, set: set)
        default: .guid(key)
        }
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
        var copyCount = disturbed?.copyCount ?? 0
        var changed = rows[first]
        switch kind {
        case .deleted: rows.remove(at: first)
        case .created:
            copyCount += 1
            changed = Row(base: changed.base, copy: copyCount, prefix: "!")
            rows.append(changed)
        case .updated: rows[first].prefix = "яя"
        }
        let after = DisturbedSet(base, rows, copyCount: copyCount)
        let key = after.value(after.identity, of: changed).text
        return (after, InfobaseChange(kind: kind, set: set.name, key: key))
    }

    var name: String { base.name }
    var properties: [ODataProperty] { base.properties }
    var key: [Int] { base.key }
    var virtualTables: [any VirtualTable] { base.virtualTables }
    var count: Int { rows.count }

    func value(_ column: Int, at row: Int) -> ODataValue {
        value(column, of: rows[row])
    }

    private func value(_ column: Int, of own: Row) -> ODataValue {
        let value = base.value(column, at: own.base)
        if column == identity, let copy = own.copy { return Self.identity(value, ofCopy: copy) }
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
