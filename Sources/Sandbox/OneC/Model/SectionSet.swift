internal import Synchronization

/// A tabular section as a set of its own: `Document_ЗаказКлиента_Товары`.
final class SectionSet: ODataSet {
    /// Which rows belong to which object, and the rows of the object that was read last: values
    /// are asked for one by one, and all rows of a large base would fill the memory.
    private struct Layout {
        /// Where the rows of each object begin; the number of all rows comes last.
        var starts: [Int32]
        var owner = -1
        var rows: [[ODataValue]] = []
    }

    let name: String
    let properties: [ODataProperty]
    let key = [0, 1]
    let orders = ODataOrders()
    private let parent: any ODataSet
    private let column: Int
    private let layout = Mutex<Layout?>(nil)

    /// Makes the set of a section; `nil` when the column is none.
    init?(of parent: any ODataSet, column: Int) {
        guard let columns = parent.properties[column].sectionColumns else { return nil }
        name = "\(parent.name)_\(parent.properties[column].name)"
        properties = columns
        self.parent = parent
        self.column = column
    }

    private func withLayout<Result: Sendable>(_ body: (inout Layout) -> Result) -> Result {
        layout.withLock { layout in
            var made = layout ?? Layout(starts: starts())
            layout = nil
            defer { layout = made }
            return body(&made)
        }
    }

    private func starts() -> [Int32] {
        var starts: [Int32] = [0]
        starts.reserveCapacity(parent.count + 1)
        var total: Int32 = 0
        for row in 0..<parent.count {
            total += Int32(parent.rows(ofSection: column, at: row).count)
            starts.append(total)
        }
        return starts
    }

    var count: Int { withLayout { Int($0.starts.last ?? 0) } }

    func value(_ column: Int, at row: Int) -> ODataValue {
        withLayout { layout in
            if layout.owner < 0 || row < layout.starts[layout.owner]
                || row >= layout.starts[layout.owner + 1]
            {
                layout.owner = owner(of: row, layout.starts)
                layout.rows = parent.rows(ofSection: self.column, at: layout.owner)
            }
            return layout.rows[row - Int(layout.starts[layout.owner])][column]
        }
    }

    /// The last object whose rows begin at a row or before it.
    private func owner(of row: Int, _ starts: [Int32]) -> Int {
        var low = 0
        var high = starts.count - 1
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= row { low = middle } else { high = middle }
        }
        return low
    }

    func presentation(at row: Int) -> String { value(1, at: row).text }

    /// Rows stand with their objects, in their order.
    func sortKey(at row: Int) -> String {
        let (owner, line) = withLayout { layout in
            let owner = self.owner(of: row, layout.starts)
            return (owner, row - Int(layout.starts[owner]))
        }
        return parent.sortKey(at: owner) + "\u{0}" + Code.padded(UInt32(line), 6)
    }
}
