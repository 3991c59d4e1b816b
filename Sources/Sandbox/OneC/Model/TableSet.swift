/// An entity set described by a table: its records, and for each property how a record says it.
final class TableSet<Record: Sendable>: ODataSet {
    let name: String
    let properties: [ODataProperty]
    let key: [Int]
    let orders = ODataOrders()
    private let columns: ColumnList<Record>
    private let records: [Record]

    /// Makes a set.
    ///
    /// - Parameters:
    ///   - name: `Catalog_Контрагенты`.
    ///   - records: What the entities are made from; shared, not copied.
    ///   - columns: The properties.
    init(_ name: String, _ records: [Record], _ columns: ColumnList<Record>) {
        self.name = name
        self.records = records
        self.columns = columns
        properties = columns.columns.map(\.property)
        let key = columns.columns.indices.filter { columns.columns[$0].isKey }
        // The types of fields of several types come after all else, here too.
        self.key =
            key.filter { !columns.columns[$0].property.isTypeName }
            + key.filter { columns.columns[$0].property.isTypeName }
    }

    var count: Int { records.count }

    func value(_ column: Int, at row: Int) -> ODataValue {
        columns.columns[column].value(records[row])
    }

    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] {
        columns.columns[column].rows?(records[row]) ?? []
    }

    func presentation(at row: Int) -> String { columns.presentation(records[row]) }

    func sortKey(at row: Int) -> String {
        columns.sortKey?(records[row]) ?? columns.presentation(records[row])
    }
}
