extension PostgresConnection {
    /// Loads rows by binary COPY: all of them, or none when the body throws.
    ///
    /// The body runs where the caller runs; only full buffers go to the connection's queue.
    ///
    /// ```swift
    /// let copy = try catalog["record/stage"]  // COPY staging (id, name) FROM STDIN (FORMAT binary)
    /// try await connection.copyIn(copy) { writer in
    ///     for record in records {
    ///         try await writer.row { row in
    ///             row.int64(record.id)
    ///             row.text(record.name)
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - statement: `COPY … FROM STDIN (FORMAT binary)`.
    ///   - body: Writes the rows.
    /// - Returns: How many rows the server took.
    /// - Throws: What the body throws; ``PostgresError``; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func copyIn(
        _ statement: Statement, _ body: nonisolated(nonsending) (CopyWriter) async throws -> Void
    ) async throws -> Int {
        try await beginCopy(statement, fromServer: false)
        do {
            let writer = CopyWriter(connection: self, statement: statement)
            try await body(writer)
            try await writer.finish()
            return try await endCopyIn(statement)
        } catch {
            await abandonCopyIn(statement)
            throw error
        }
    }

    /// Unloads rows by binary COPY and lends them as they come.
    ///
    /// - Parameters:
    ///   - statement: `COPY … TO STDOUT (FORMAT binary)`.
    ///   - body: Reads the rows; those left unread are given up.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError``; `CancellationError`.
    public nonisolated(nonsending) func copyOut<Value>(
        _ statement: Statement,
        _ body: nonisolated(nonsending) (CopyRowStream) async throws -> Value
    ) async throws -> Value {
        try await beginCopy(statement, fromServer: true)
        do {
            let value = try await body(CopyRowStream(connection: self, statement: statement))
            await endStreaming(of: statement)
            return value
        } catch {
            await endStreaming(of: statement)
            throw error
        }
    }

    private func beginCopy(_ statement: Statement, fromServer: Bool) async throws {
        try await perform { session in
            try session.beginCopy(statement, fromServer: fromServer)
            streaming = statement
        }
    }

    func putCopyData(_ bytes: [UInt8], _ statement: Statement) async throws {
        guard streaming == statement else { throw copyIsOver(statement) }
        try await perform(during: statement) { session in
            try bytes.withUnsafeBufferPointer { try session.putCopyData($0, statement) }
        }
    }

    private func endCopyIn(_ statement: Statement) async throws -> Int {
        guard streaming == statement else { throw copyIsOver(statement) }
        return try await perform(during: statement) { session in
            streaming = nil
            return try session.endCopyIn(statement, failure: nil)
        }
    }

    private func abandonCopyIn(_ statement: Statement) async {
        guard streaming == statement else { return }
        _ = try? await perform(cleaningUp: true, during: statement) { session in
            try session.endCopyIn(statement, failure: "given up by the client")
        }
        streaming = nil
        dropSessionIfBroken()
    }

    /// The next bytes of COPY from the server, whole rows; empty at the end.
    func nextCopyBytes(of statement: Statement) async throws -> [UInt8] {
        guard streaming == statement else { return [] }
        return try await performStreaming(statement) { session in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(CopyRowStream.byteCountMax)
            let more = try session.readCopy(
                into: &bytes, byteCountMax: CopyRowStream.byteCountMax, statement)
            return (bytes, isOver: !more)
        }
    }

    private func copyIsOver(_ statement: Statement) -> PostgresError {
        PostgresError(.misused, statement: statement.name, message: "the COPY is over")
    }
}
