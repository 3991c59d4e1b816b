/// The rows of a binary COPY from the server, read from the socket as they are asked for.
public struct CopyRowStream: AsyncSequence, Sendable {
    /// One row.
    public typealias Element = CopyRowDecoder

    static let byteCountMax = 128 * 1024

    let connection: PostgresConnection
    let statement: Statement

    /// The rows; to be iterated once.
    public func makeAsyncIterator() -> Iterator {
        Iterator(connection: connection, statement: statement)
    }

    /// Reads buffers and hands out their rows.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let connection: PostgresConnection
        let statement: Statement
        private var bytes: [UInt8] = []
        private var at = 0
        private var isFirst = true
        private var isOver = false

        init(connection: PostgresConnection, statement: Statement) {
            self.connection = connection
            self.statement = statement
        }

        /// The next row; `nil` after the last.
        ///
        /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
        public mutating func next() async throws -> CopyRowDecoder? {
            try await next(isolation: nil)
        }

        /// The next row; `nil` after the last.
        ///
        /// - Parameter actor: The caller's actor.
        /// - Returns: The row.
        /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> CopyRowDecoder? {
            if isOver { return nil }
            if at == bytes.count {
                bytes = try await connection.nextCopyBytes(of: statement)
                at = 0
                if isFirst, !bytes.isEmpty {
                    isFirst = false
                    at = try headerByteCount()
                }
                // The end marker is not yet the end: the server may still fail.
                guard !bytes.isEmpty else {
                    isOver = true
                    return nil
                }
                return try await next(isolation: actor)
            }
            var row = CopyRowDecoder(bytes: bytes, at: at, statement: statement.name)
            guard try row.beginRow() else {
                at = bytes.count
                return try await next(isolation: actor)
            }
            at = row.end
            return row
        }

        /// Signature, flags, length of an extension and the extension.
        private func headerByteCount() throws -> Int {
            var header = CopyRowDecoder(bytes: bytes, at: 15, statement: statement.name)
            return 19 + Int(try header.number(Int32.self))
        }
    }
}
