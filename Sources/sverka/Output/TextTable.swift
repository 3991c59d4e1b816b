/// A table for a terminal: columns as wide as their widest cell.
struct TextTable {
    private let headers: [String]
    private var rows: [[String]] = []

    init(_ headers: [String]) { self.headers = headers }

    /// Adds a row; line breaks in cells become spaces.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map { String($0.map { $0.isNewline ? " " : $0 }) })
    }

    /// The lines of the table, the header first.
    var lines: [String] {
        let all = [headers] + rows
        let widths = headers.indices.map { column in
            min(48, all.map { $0[column].count }.max() ?? 0)
        }
        return all.map { row in
            var line = zip(row, widths).map { cell, width in
                Self.padded(Self.cut(cell, width), width)
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// A text filled up with spaces.
    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }
}
