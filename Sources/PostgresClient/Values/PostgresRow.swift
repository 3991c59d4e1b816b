/// One row of a result.
///
/// A row shares the memory of the whole result that it came with; keep decoded values, not rows.
public struct PostgresRow: Sendable {
    let result: ResultStore
    let index: Int32

    /// The names of the columns, in order.
    public var columnNames: [String] { result.columnNames }

    /// The field of a column.
    ///
    /// - Parameter name: The column's name. When two columns share it, the first counts. An unknown
    ///   name shows as an error when the field is decoded.
    public subscript(name: String) -> PostgresField {
        PostgresField(row: self, column: result.columnIndex[name].map(Int32.init), label: name)
    }

    /// The field of a column.
    ///
    /// - Parameter column: The column's number, from 0. A number out of range shows as an error when
    ///   the field is decoded.
    public subscript(column: Int) -> PostgresField {
        let names = result.columnNames
        let known = names.indices.contains(column)
        return PostgresField(
            row: self, column: known ? Int32(column) : nil,
            label: known ? names[column] : "number \(column)")
    }
}
