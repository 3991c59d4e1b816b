/// One row of CSV as RFC 4180 has it.
public struct CSVRow {
    /// The row without a line end.
    public let text: String

    /// Quotes the cells that need it.
    ///
    /// - Parameters:
    ///   - cells: The texts of the cells.
    ///   - isForSpreadsheet: Whether a cell that a spreadsheet would take for a formula gets an
    ///     apostrophe before it.
    public init(_ cells: [String], isForSpreadsheet: Bool = false) {
        text = cells.map { cell in
            var cell = cell
            if isForSpreadsheet, let first = cell.first, "=+-@".contains(first) {
                cell = "'" + cell
            }
            guard cell.contains(where: { ",\"\n\r;".contains($0) || $0.isNewline }) else {
                return cell
            }
            return "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",")
    }
}
