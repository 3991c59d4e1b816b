/// Rows that a list method shows, in the order of their ids.
protocol PortalTable: Sendable {
    /// The columns, in the order in which a full row has them.
    var columns: [PortalColumn] { get }
    /// How many rows there are.
    var count: Int { get }
    /// How values are written.
    var dialect: PortalDialect { get }
    /// The column that numbers the rows; `nil` for a table without ids.
    var idColumn: Int? { get }
    /// Whether `start` is rounded down to a whole page, as the older methods do.
    var roundsStart: Bool { get }
    /// Whether a filter by an unknown field is refused, as the newer methods do.
    var refusesUnknownFilter: Bool { get }

    /// A value of a row.
    func value(_ column: Int, at row: Int) -> PortalValue
    /// Writes a multi-field.
    ///
    /// - Returns: `false`, having written nothing, when the row has no values.
    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool
    /// The first row whose value in an ascending integer column is not below a bound; `nil` when
    /// the column is not ascending.
    func lowerBound(_ column: Int, _ bound: Int64) -> Int?
}

extension PortalTable {
    var dialect: PortalDialect { .legacy }
    var idColumn: Int? { 0 }
    var roundsStart: Bool { false }
    var refusesUnknownFilter: Bool { false }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool { false }

    /// The place of a column; names are compared as they are, a wrong case is another name.
    func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// Searches an ascending column by halving.
    func search(_ bound: Int64, _ key: (Int) -> Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if key(middle) < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Writes a row.
    func write(_ row: Int, columns selection: [Int], to writer: inout ByteWriter) {
        let start = writer.bytes.count
        writer.byte(UInt8(ascii: "{"))
        for column in selection {
            let length = writer.bytes.count
            writer.string(columns[column].name)
            writer.byte(UInt8(ascii: ":"))
            if columns[column].isMultiple {
                guard writeMultiple(column, at: row, to: &writer) else {
                    writer.truncate(to: length)
                    continue
                }
            } else {
                dialect.write(value(column, at: row), to: &writer)
            }
            writer.byte(UInt8(ascii: ","))
        }
        writer.dropLast(UInt8(ascii: ","))
        // PHP knows no empty map.
        if writer.bytes.count == start + 1 {
            writer.truncate(to: start)
            writer.raw("[]")
        } else {
            writer.byte(UInt8(ascii: "}"))
        }
    }
}
