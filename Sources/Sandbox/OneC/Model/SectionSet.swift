internal import Synchronization

/// A tabular section as a set of its own: `Document_ЗаказКлиента_Товары`.
final class SectionSet: ODataSet {
    let name: String
    let properties: [ODataProperty]
    let key = [0, 1]
    let orders = ODataOrders()
    private let parent: any ODataSet
    private let column: Int
    /// All rows; made when somebody first asks, because most sections nobody reads.
    private let flat = Mutex<[[ODataValue]]?>(nil)

    /// Makes the set of a section; `nil` when the column is none.
    init?(of parent: any ODataSet, column: Int) {
        guard let columns = parent.properties[column].sectionColumns else { return nil }
        name = "\(parent.name)_\(parent.properties[column].name)"
        properties = columns
        self.parent = parent
        self.column = column
    }

    private var rows: [[ODataValue]] {
        flat.withLock { flat in
            if let flat { return flat }
            let rows = (0..<parent.count).flatMap { parent.rows(ofSection: column, at: $0) }
            flat = rows
            return rows
        }
    }

    var count: Int { rows.count }

    func value(_ column: Int, at row: Int) -> ODataValue { rows[row][column] }

    func presentation(at row: Int) -> String { value(1, at: row).text }
}
