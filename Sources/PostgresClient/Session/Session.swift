internal import CLibPQ
internal import Glibc

/// One open session of libpq.
///
/// Every method blocks the calling thread, which is the connection's own.
///
/// The `PGconn` has this one owner and is finished once, also when opening failed half-way.
final class Session {
    let connection: OpaquePointer
    let interruption: Interruption
    /// Names of the prepared statements, by their SQL.
    var prepared: [String: String] = [:]
    /// Part of those names, so that a name is not given twice.
    var generation = 0
    /// While true, a cancelled task is not noticed: what must be done after a failure is done.
    var ignoresInterruption = false
    /// How long to wait for the server once it was asked to cancel; `nil` before.
    var patience: ContinuousClock.Instant?
    /// Whether a transaction was open when the running statement was sent; libpq forgets it.
    var blockIsOpen = false
    /// When the running statement was sent.
    var sentAt = ContinuousClock.now
    let statementTimeout: Duration?
    /// Whether the server said that it ends the session.
    var isDoomed = false

    private init(
        owning connection: OpaquePointer, interruption: Interruption, statementTimeout: Duration?
    ) {
        self.connection = connection
        self.statementTimeout = statementTimeout
        self.interruption = interruption
    }

    deinit { PQfinish(connection) }

    /// Opens a session.
    ///
    /// - Throws: ``PostgresError`` of kind `connectionFailed`, `permissionDenied`, `shuttingDown`,
    ///   `resourceExhausted` or `timedOut`; `CancellationError` when interrupted.
    static func open(
        _ configuration: PostgresConfiguration, interruption: Interruption
    ) throws -> Session {
        let keywords = configuration.keywords
        let pointer = withCStrings(keywords.map(\.name)) { names in
            withCStrings(keywords.map(\.value)) { values in
                PQconnectStartParams(names, values, 0)
            }
        }
        guard let pointer else {
            throw PostgresError(.resourceExhausted, message: "no memory for a connection")
        }
        let session = Session(
            owning: pointer, interruption: interruption,
            statementTimeout: configuration.statementTimeout)
        session.listenForFarewell()
        try session.finishConnecting(to: configuration)
        let version = PQserverVersion(pointer)
        guard version >= 140_000 else {
            throw PostgresError(
                .connectionFailed,
                message: "the server is PostgreSQL \(version / 10_000); 14 or newer is needed")
        }
        PQsetnonblocking(pointer, 1)
        return session
    }

    private func finishConnecting(to configuration: PostgresConfiguration) throws {
        let deadline = ContinuousClock.now + configuration.connectTimeout
        var step = PGRES_POLLING_WRITING
        while true {
            guard PQstatus(connection) != CONNECTION_BAD else { throw connectFailure() }
            switch step {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_FAILED: throw connectFailure()
            case PGRES_POLLING_READING: try wait(for: POLLIN, until: deadline)
            default: try wait(for: POLLOUT, until: deadline)
            }
            step = PQconnectPoll(connection)
        }
    }

    private func connectFailure() -> PostgresError {
        // libpq offers no SQLSTATE for a failed connection, so the words of the C locale decide; a
        // translated server falls into `connectionFailed`, which is true as well.
        let message = lastMessage
        let kind: PostgresError.Kind =
            if message.contains("starting up") || message.contains("shutting down") {
                .shuttingDown
            } else if message.contains("too many clients") || message.contains("slots are reserved")
            {
                .resourceExhausted
            } else if message.contains("authentication failed")
                || message.contains("no pg_hba.conf entry")
            {
                .permissionDenied
            } else {
                .connectionFailed
            }
        return PostgresError(kind, message: message)
    }

    /// libpq's own last message, in one line.
    var lastMessage: String {
        String(cString: PQerrorMessage(connection)).split(whereSeparator: \.isNewline)
            .map { $0.trimmingPrefix { $0 == "\t" || $0 == " " } }.joined(separator: " ")
    }

    /// Whether the socket still stands; notices without a round trip that the server hung up.
    var isAlive: Bool {
        guard !isDoomed, PQstatus(connection) == CONNECTION_OK else { return false }
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        // A farewell comes first and the end of the stream with the read after it.
        while poll(&socket, 1, 0) > 0 {
            guard PQconsumeInput(connection) == 1, PQstatus(connection) == CONNECTION_OK else {
                return false
            }
            // Has libpq read what came.
            _ = PQisBusy(connection)
            if isDoomed { return false }
        }
        return true
    }

    /// Takes notices, which would otherwise go to standard error.
    ///
    /// An error that comes while no statement runs is handed over as a notice, and is the server's
    /// farewell: it may come well before the end of the stream. The session outlives its `PGconn`, so
    /// the pointer is good whenever libpq uses it.
    private func listenForFarewell() {
        let argument = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { argument, result in
                let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V")))
                guard let argument, let severity, String(cString: severity) == "FATAL" else {
                    return
                }
                Unmanaged<Session>.fromOpaque(argument).takeUnretainedValue().isDoomed = true
            }, argument)
    }

    /// Whether the server holds an open transaction for the session, failed or not.
    var isInTransaction: Bool {
        [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(connection))
    }

    /// Whether the session cannot take another statement.
    var isBroken: Bool {
        isDoomed || PQstatus(connection) != CONNECTION_OK
            || [PQTRANS_ACTIVE, PQTRANS_UNKNOWN].contains(PQtransactionStatus(connection))
    }

    /// The server's version, for example 150_020.
    var serverVersion: Int32 { PQserverVersion(connection) }

    var isIdle: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Waits until the socket can be read or written.
    ///
    /// - Returns: The events that came.
    /// - Throws: `CancellationError` when interrupted; ``PostgresError`` of kind `timedOut` after the
    ///   deadline.
    @discardableResult
    func wait(for events: Int32, until deadline: ContinuousClock.Instant? = nil) throws -> Int32 {
        while true {
            var watched = [
                pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0),
                pollfd(
                    fd: ignoresInterruption ? -1 : interruption.readEnd, events: Int16(POLLIN),
                    revents: 0),
            ]
            var timeout: Int32 = -1
            if let deadline {
                let rest = ContinuousClock.now.duration(to: deadline).milliseconds
                timeout = Int32(clamping: max(0, rest))
            }
            let count = poll(&watched, 2, timeout)
            if count < 0 && errno == EINTR { continue }
            if watched[1].revents != 0 { throw CancellationError() }
            if count == 0 {
                throw PostgresError(
                    .timedOut, message: "the server did not answer within the time given")
            }
            return Int32(watched[0].revents)
        }
    }
}

/// Lends an array of C strings that ends in a null pointer.
func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies.map { UnsafePointer($0) } + [nil])
}
