internal import CLibPQ

extension Session {
    /// How long a server may take to give up a cancelled statement before its session is dropped.
    private static let cancelPatience = Duration.seconds(10)

    /// Starts an operation of the connection.
    ///
    /// - Parameter ignoringCancellation: For what must be done even in a cancelled task: a rollback.
    func begin(ignoringCancellation: Bool) {
        ignoresInterruption = ignoringCancellation
        patience = nil
    }

    /// Asks the server to give up the running statement, on a connection of its own.
    func requestCancel() {
        ignoresInterruption = true
        patience = .now + Self.cancelPatience
        guard let request = PQgetCancel(connection) else { return }
        var message: [CChar] = Array(repeating: 0, count: 256)
        _ = PQcancel(request, &message, Int32(message.count))
        PQfreeCancel(request)
    }

    /// The error of a failed result.
    func error(of result: OpaquePointer, _ statement: Statement) -> PostgresError {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let server = ServerMessage(
            sqlState: field(Int32(UInt8(ascii: "C"))) ?? "",
            primary: field(Int32(UInt8(ascii: "M"))) ?? lastMessage,
            constraint: field(Int32(UInt8(ascii: "n"))))
        if ["FATAL", "PANIC"].contains(field(Int32(UInt8(ascii: "V")))) { isDoomed = true }
        if isDoomed || PQstatus(connection) == CONNECTION_BAD {
            var error = lost(statement)
            error.sqlState = server.sqlState
            error.message = server.withoutValues
            return error
        }
        var error = server.error(statement: statement.name)
        // A translated server does not say "timeout"; the clock does.
        if error.kind == .cancelled, let statementTimeout,
            ContinuousClock.now - sentAt >= statementTimeout
        {
            error.kind = .timedOut
        }
        return error
    }

    /// The error of a session that ended.
    ///
    /// A statement inside of a transaction block is undone with it, so its outcome is known.
    func lost(_ statement: Statement, nothingSent: Bool = false) -> PostgresError {
        PostgresError(
            .connectionLost(outcomeUnknown: !nothingSent && !blockIsOpen),
            statement: statement.name,
            message: lastMessage.isEmpty ? "the connection was lost" : lastMessage)
    }

    /// `CancellationError` when the failure is what the cancelled task asked for.
    func cancellationOr(_ failure: PostgresError) -> any Error {
        patience != nil && failure.sqlState == "57014" ? CancellationError() : failure
    }
}
