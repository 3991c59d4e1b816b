/// Sends rows of a binary COPY to the server.
///
/// Rows gather in one buffer that is sent when it holds about 128 KB. Sending waits until the socket
/// has taken what was sent before, so that a slow server slows the writer down.
public final class CopyWriter {
    /// Bytes that gather before they are sent: large enough that the switch to the connection's queue
    /// is nothing beside them, small enough to stay in the cache.
    private static let byteCountMax = 128 * 1024

    private let connection: PostgresConnection
    private let statement: Statement
    private var encoder = CopyRowEncoder()
    private var columnCount: Int16?
    /// How many rows were written.
    public private(set) var rowCount = 0

    init(connection: PostgresConnection, statement: Statement) {
        self.connection = connection
        self.statement = statement
        encoder.buffer.reserveCapacity(Self.byteCountMax + 16 * 1024)
        encoder.buffer += Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
        encoder.append(Int32(0))  // flags
        encoder.append(Int32(0))  // length of the header's extension
    }

    /// Writes one row.
    ///
    /// - Parameter body: Writes the columns; when it throws, the row was not written.
    /// - Throws: What the body throws; ``PostgresError`` of kind `dataInvalid` when a text holds a NUL
    ///   character or the row has another number of columns than the one before; of kind
    ///   `connectionLost`; `CancellationError`.
    /// - Complexity: O(bytes), without allocation.
    public nonisolated(nonsending) func row(
        _ body: (inout CopyRowEncoder) throws -> Void
    ) async throws {
        let start = encoder.buffer.count
        encoder.fieldCount = 0
        encoder.append(Int16(0))
        do {
            try body(&encoder)
            if var failure = encoder.failure {
                encoder.failure = nil
                failure.statement = statement.name
                failure.message += ", in row \(rowCount + 1) of COPY"
                throw failure
            }
            try checkColumns()
        } catch {
            encoder.buffer.removeSubrange(start...)
            throw error
        }
        encoder.patch(encoder.fieldCount, at: start)
        rowCount += 1
        if encoder.buffer.count >= Self.byteCountMax { try await flush() }
    }

    private func checkColumns() throws {
        if columnCount == nil { columnCount = encoder.fieldCount }
        guard columnCount == encoder.fieldCount else {
            throw PostgresError(
                .dataInvalid, statement: statement.name,
                message: "row \(rowCount + 1) of COPY has \(encoder.fieldCount) columns, "
                    + "the ones before have \(columnCount ?? 0)")
        }
    }

    private nonisolated(nonsending) func flush() async throws {
        try await connection.putCopyData(encoder.buffer, statement)
        encoder.buffer.removeAll(keepingCapacity: true)
    }

    /// Sends what is left and the end marker.
    nonisolated(nonsending) func finish() async throws {
        encoder.append(Int16(-1))
        try await flush()
    }
}
