internal import CLibPQ
internal import Glibc

extension Session {
    /// How many statements stay prepared; others are planned anew each time.
    static let preparedMax = 256

    /// Runs a statement with its values bound and gathers the whole result.
    func run(_ statement: Statement, _ values: [PostgresValue]) throws -> ResultStore {
        try sendPrepared(statement, values)
        return try finish(statement)
    }

    /// Runs SQL of any number of statements without values, by the simple protocol.
    func runScript(_ statement: Statement) throws -> ResultStore {
        try send(statement) { PQsendQuery(connection, statement.text) }
        return try finish(statement)
    }

    /// Sends a statement that is prepared first, unless it is already.
    func sendPrepared(_ statement: Statement, _ values: [PostgresValue]) throws {
        let bound = try BoundValues(values, statement: statement.name)
        guard let name = try preparedName(of: statement) else {
            try send(statement) {
                bound.withPointers { count, types, pointers, lengths, formats in
                    PQsendQueryParams(
                        connection, statement.text, count, types, pointers, lengths, formats, 0)
                }
            }
            return
        }
        try send(statement) {
            bound.withPointers { count, _, pointers, lengths, formats in
                PQsendQueryPrepared(connection, name, count, pointers, lengths, formats, 0)
            }
        }
    }

    private func preparedName(of statement: Statement) throws -> String? {
        if let name = prepared[statement.text] { return name }
        guard prepared.count < Self.preparedMax else { return nil }
        let name = "s\(generation)_\(prepared.count)"
        try send(statement) { PQsendPrepare(connection, name, statement.text, 0, nil) }
        _ = try finish(statement)
        prepared[statement.text] = name
        return name
    }

    /// Has the server parse a statement, without keeping it.
    func check(_ statement: Statement) throws {
        try send(statement) { PQsendPrepare(connection, "", statement.text, 0, nil) }
        _ = try finish(statement)
    }

    /// Whether an error only says that a prepared statement's columns are no longer what they were.
    func canPlanAgain(after error: PostgresError) -> Bool {
        error.sqlState == "0A000" && !blockIsOpen && PQstatus(connection) == CONNECTION_OK
            && prepared.count > 0
    }

    /// Prepares statements anew from now on, under new names.
    func forgetPrepared() {
        prepared = [:]
        generation += 1
    }

    /// Hands something to libpq and empties its buffer into the socket.
    func send(_ statement: Statement, _ hand: () -> Int32) throws {
        blockIsOpen = isInTransaction
        sentAt = .now
        guard hand() == 1 else { throw lost(statement, nothingSent: true) }
        do {
            try flush()
        } catch is CancellationError {
            requestCancel()
            try flush()
        }
    }

    /// Empties libpq's buffer into the socket, waiting for room; this is the back-pressure of COPY.
    func flush() throws {
        while PQflush(connection) == 1 {
            let events = try wait(for: POLLOUT | POLLIN, until: patience)
            // The server may have to say something before it reads on.
            if events & POLLIN != 0, PQconsumeInput(connection) == 0 { return }
        }
    }

    /// Gathers results until the statement is over; the last one counts.
    ///
    /// - Throws: ``PostgresError`` of the first failure; `CancellationError` when the task was
    ///   cancelled and the server gave the statement up.
    func finish(_ statement: Statement) throws -> ResultStore {
        var last: ResultStore?
        var failure: PostgresError?
        while let pointer = try nextResult(statement) {
            switch PQresultStatus(pointer) {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
                failure = failure ?? error(of: pointer, statement)
                PQclear(pointer)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                PQclear(pointer)
                leaveCopy()
                failure =
                    failure
                    ?? PostgresError(
                        .misused, statement: statement.name,
                        message: "a COPY statement must be run by copyIn or copyOut")
            default: last = ResultStore(owning: pointer, statement: statement.name)
            }
        }
        if let failure { throw cancellationOr(failure) }
        guard let last else { throw lost(statement) }
        return last
    }

    /// The next result, waiting for it; `nil` when the statement is over.
    func nextResult(_ statement: Statement) throws -> OpaquePointer? {
        while PQisBusy(connection) == 1 {
            do {
                try wait(for: POLLIN, until: patience)
            } catch is CancellationError {
                requestCancel()
                continue
            }
            if PQconsumeInput(connection) == 0 { break }
        }
        return PQgetResult(connection)
    }
}
