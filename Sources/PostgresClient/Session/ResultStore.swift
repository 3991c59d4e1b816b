internal import CLibPQ

/// One result of libpq, cleared when the last row that shares it goes.
///
/// `@unchecked Sendable`: libpq never changes a finished `PGresult`, and its documentation allows
/// reading one from any thread; the pointer is private to this class and freed once.
final class ResultStore: @unchecked Sendable {
    let statement: String
    let columnNames: [String]
    let columnIndex: [String: Int]
    private let pointer: OpaquePointer

    /// Takes ownership of a result.
    init(owning pointer: OpaquePointer, statement: String) {
        self.pointer = pointer
        self.statement = statement
        columnNames = (0..<PQnfields(pointer)).map { String(cString: PQfname(pointer, $0)) }
        columnIndex = Dictionary(zip(columnNames, 0...)) { first, _ in first }
    }

    deinit { PQclear(pointer) }

    var rowCount: Int { Int(PQntuples(pointer)) }

    /// How many rows the command changed, copied or returned.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// What the server calls the command that it ran: `COMMIT`, `ROLLBACK`, `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    var rows: [PostgresRow] {
        (0..<Int32(rowCount)).map { PostgresRow(result: self, index: $0) }
    }

    var columns: [PostgresColumn] {
        columnNames.enumerated().map { index, name in
            PostgresColumn(name: name, kind: PostgresColumn.Kind(type(of: Int32(index))))
        }
    }

    func isNull(row: Int32, column: Int32) -> Bool { PQgetisnull(pointer, row, column) != 0 }

    func type(of column: Int32) -> UInt32 { PQftype(pointer, column) }

    func withBytes<Value>(
        row: Int32, column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
    ) rethrows -> Value {
        let count = Int(PQgetlength(pointer, row, column))
        let start = UnsafeRawPointer(PQgetvalue(pointer, row, column))?
            .assumingMemoryBound(to: UInt8.self)
        return try body(UnsafeBufferPointer(start: start, count: count))
    }
}
