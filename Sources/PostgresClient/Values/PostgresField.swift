/// One column of one row, not yet decoded.
public struct PostgresField: Sendable {
    let row: PostgresRow
    let column: Int32?
    let label: String

    /// Whether the field is SQL NULL; also `true` for a column that the result lacks.
    public var isNull: Bool {
        guard let column else { return true }
        return row.result.isNull(row: row.index, column: column)
    }

    /// The value as a type.
    ///
    /// - Parameter type: The type.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` of kind `decodingFailed` that names the column, never its value.
    public func decode<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws -> Value {
        guard let value = try decodeIfPresent(type) else {
            throw failure("is NULL, where a value of type \(type) is needed")
        }
        return value
    }

    /// The value as a type; `nil` for SQL NULL.
    ///
    /// - Parameter type: The type.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` of kind `decodingFailed` that names the column, never its value.
    public func decodeIfPresent<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self
    ) throws -> Value? {
        guard let column else {
            throw failure(
                "is not in the result, which has: \(row.columnNames.joined(separator: ", "))")
        }
        if row.result.isNull(row: row.index, column: column) { return nil }
        let oid = row.result.type(of: column)
        guard Value.accepts(typeIdentifier: oid) else {
            throw failure("is of the PostgreSQL type \(TypeIdentifier.name(oid)), not \(type)")
        }
        let value = row.result.withBytes(row: row.index, column: column) { bytes in
            Value.decode(text: bytes)
        }
        guard let value else {
            throw failure(
                "of the PostgreSQL type \(TypeIdentifier.name(oid)) cannot be read as \(type)")
        }
        return value
    }

    private func failure(_ what: String) -> PostgresError {
        PostgresError(
            .decodingFailed(column: label), statement: row.result.statement,
            message: "column \(label) \(what)")
    }
}
