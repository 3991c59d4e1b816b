/// Rows that were worked out, such as those of a virtual table.
final class ValueSet: ODataSet {
    let name: String
    let properties: [ODataProperty]
    let key: [Int]
    let orders = ODataOrders()
    private let rows: [[ODataValue]]

    init(_ name: String, _ properties: [ODataProperty], key: [Int] = [], _ rows: [[ODataValue]]) {
        self.name = name
        self.properties = properties
        self.key = key
        self.rows = rows
    }

    var count: Int { rows.count }

    func value(_ column: Int, at row: Int) -> ODataValue { rows[row][column] }

    func presentation(at row: Int) -> String { rows[row].first?.text ?? "" }
}
