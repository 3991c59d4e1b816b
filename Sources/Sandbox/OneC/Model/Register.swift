internal import Synchronization

/// A register subordinate to recorders: one entity for each recorder with its rows inside.
///
/// The recorder stands on the entity only, not in its rows.
final class RecordSetSet: ODataSet {
    let name: String
    let properties: [ODataProperty]
    let key: [Int]
    let orders = ODataOrders()
    let virtualTables: [any VirtualTable]
    private let records: any ODataSet
    /// Columns of the rows: all but the recorder.
    private let inner: [Int]
    private let recorder: [Int]
    private let groups = Mutex<[Range<Int>]?>(nil)

    /// Makes the set of recorders of flat records, which have to stand recorder by recorder.
    init(_ name: String, of records: any ODataSet, virtualTables: [any VirtualTable]) {
        self.name = name
        self.records = records
        self.virtualTables = virtualTables
        let all = records.properties
        recorder = all.indices.filter { all[$0].name.hasPrefix("Recorder") }
        inner = all.indices.filter { !all[$0].name.hasPrefix("Recorder") }
        let rows = ODataProperty("RecordSet", .section(inner.map { all[$0] }))
        var properties = recorder.map { all[$0] }
        properties.insert(rows, at: 1)
        self.properties = properties
        key = properties.indices.filter { $0 != 1 }
    }

    private var ranges: [Range<Int>] {
        groups.withLock { groups in
            if let groups { return groups }
            var made: [Range<Int>] = []
            var start = 0
            for row in 0..<records.count {
                let next = row + 1
                guard
                    next == records.count
                        || records.value(recorder[0], at: next).text
                            != records.value(recorder[0], at: row).text
                else { continue }
                made.append(start..<next)
                start = next
            }
            groups = made
            return made
        }
    }

    var count: Int { ranges.count }

    func value(_ column: Int, at row: Int) -> ODataValue {
        guard column != 1 else { return .null }
        return records.value(recorder[column > 1 ? column - 1 : 0], at: ranges[row].lowerBound)
    }

    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] {
        ranges[row].map { line in inner.map { records.value($0, at: line) } }
    }

    func presentation(at row: Int) -> String { value(0, at: row).text }
}

/// Some rows of a set: what a slice answers with.
final class RowSubset: ODataSet {
    let orders = ODataOrders()
    private let base: any ODataSet
    private let rows: [Int]

    init(_ base: any ODataSet, _ rows: [Int]) {
        self.base = base
        self.rows = rows
    }

    var name: String { base.name }
    var properties: [ODataProperty] { base.properties }
    var key: [Int] { [] }
    var count: Int { rows.count }
    func value(_ column: Int, at row: Int) -> ODataValue { base.value(column, at: rows[row]) }
    func presentation(at row: Int) -> String { base.presentation(at: rows[row]) }
}

/// A set with functions bound to it.
final class BoundSet: ODataSet {
    let virtualTables: [any VirtualTable]
    let properties: [ODataProperty]
    let key: [Int]
    private let base: any ODataSet

    init(_ base: any ODataSet, _ virtualTables: [any VirtualTable]) {
        self.base = base
        self.virtualTables = virtualTables
        properties = base.properties
        key = base.key
    }

    var name: String { base.name }
    var count: Int { base.count }
    var orders: ODataOrders { base.orders }
    func value(_ column: Int, at row: Int) -> ODataValue { base.value(column, at: row) }
    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] {
        base.rows(ofSection: column, at: row)
    }
    func presentation(at row: Int) -> String { base.presentation(at: row) }
    func sortKey(at row: Int) -> String { base.sortKey(at: row) }
}
