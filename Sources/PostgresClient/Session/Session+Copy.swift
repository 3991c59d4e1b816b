internal import CLibPQ
internal import Glibc

extension Session {
    /// Starts a COPY and checks its direction.
    func beginCopy(_ statement: Statement, fromServer: Bool) throws {
        try send(statement) {
            PQsendQueryParams(connection, statement.text, 0, nil, nil, nil, nil, 0)
        }
        guard let pointer = try nextResult(statement) else { throw lost(statement) }
        let status = PQresultStatus(pointer)
        let binary = PQbinaryTuples(pointer) == 1
        let expected = fromServer ? PGRES_COPY_OUT : PGRES_COPY_IN
        if status == expected, binary {
            PQclear(pointer)
            return
        }
        if status == PGRES_FATAL_ERROR {
            let failure = error(of: pointer, statement)
            PQclear(pointer)
            while let next = try nextResult(statement) { PQclear(next) }
            throw cancellationOr(failure)
        }
        PQclear(pointer)
        if status == PGRES_COPY_OUT || status == PGRES_COPY_IN { leaveCopy() }
        while let next = try nextResult(statement) { PQclear(next) }
        throw PostgresError(
            .misused, statement: statement.name,
            message: "expected COPY … \(fromServer ? "TO STDOUT" : "FROM STDIN") (FORMAT binary)")
    }

    /// Hands rows to the server; returns when all but this call's bytes are in the socket.
    ///
    /// - Throws: `CancellationError`; the COPY is then still open and must be ended.
    func putCopyData(_ bytes: UnsafeBufferPointer<UInt8>, _ statement: Statement) throws {
        try flush()
        guard PQstatus(connection) == CONNECTION_OK else { throw lostInCopy(statement) }
        let sent = bytes.withMemoryRebound(to: CChar.self) {
            PQputCopyData(connection, $0.baseAddress, Int32($0.count))
        }
        guard sent == 1 else { throw lostInCopy(statement) }
        try flush()
        guard PQstatus(connection) == CONNECTION_OK else { throw lostInCopy(statement) }
    }

    /// Ends COPY to the server.
    ///
    /// With a `failure` the server forgets every row; else it says how many it took.
    func endCopyIn(_ statement: Statement, failure: String?) throws -> Int {
        guard PQputCopyEnd(connection, failure) == 1 else { throw lostInCopy(statement) }
        do {
            try flush()
        } catch is CancellationError {
            requestCancel()
            try flush()
        }
        return try finish(statement).affectedRows
    }

    /// A server that ends a session sends a reason before it hangs up; libpq has it in its buffer.
    private func lostInCopy(_ statement: Statement) -> any Error {
        // COPY is one statement: without the end marker the server keeps none of its rows.
        var error = lost(statement, nothingSent: true)
        error.message = "the session ended during COPY and no row was kept: " + error.message
        return error
    }

    /// Appends rows from the server to a buffer, until it holds `byteCountMax` bytes or more.
    ///
    /// - Returns: Whether more may follow; `false` once the COPY is over and known to be complete.
    func readCopy(
        into buffer: inout [UInt8], byteCountMax: Int, _ statement: Statement
    ) throws -> Bool {
        while buffer.count < byteCountMax {
            var row: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &row, 1)
            switch count {
            case 1...:
                if let row {
                    UnsafeRawPointer(row).withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                        buffer.append(contentsOf: UnsafeBufferPointer(start: $0, count: Int(count)))
                    }
                    PQfreemem(row)
                }
            case 0:
                if !buffer.isEmpty { return true }
                try wait(for: POLLIN, until: patience)
                if PQconsumeInput(connection) == 0, PQstatus(connection) != CONNECTION_OK {
                    throw lost(statement, nothingSent: true)
                }
            default:
                _ = try finish(statement)
                return false
            }
        }
        return true
    }

    /// Gives up what the server still has to say, so that the session can be used again.
    func drain(_ statement: Statement) throws {
        requestCancel()
        leaveCopy()
        while let pointer = try nextResult(statement) {
            let status = PQresultStatus(pointer)
            PQclear(pointer)
            if status == PGRES_COPY_OUT || status == PGRES_COPY_IN { leaveCopy() }
            if PQstatus(connection) != CONNECTION_OK { return }
        }
    }

    /// Gets out of a COPY, whichever way it goes.
    func leaveCopy() {
        if PQputCopyEnd(connection, "not wanted any more") == 1 {
            _ = try? flush()
            return
        }
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &row, 1)
            if count > 0 { PQfreemem(row) }
            if count < 0 { return }
            if count == 0 {
                guard (try? wait(for: POLLIN, until: patience)) != nil,
                    PQconsumeInput(connection) == 1
                else { return }
            }
        }
    }
}
