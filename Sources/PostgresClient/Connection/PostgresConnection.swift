/// One session with a server, on a serial queue of its own.
///
/// The session opens with the first statement, or with ``connect()``. When the server went away, the
/// next statement outside of a transaction opens a new session; a statement whose outcome is unknown
/// is never repeated. While session locks are held or a transaction is open, a new session would
/// silently lack them: statements then fail until the scope is left.
///
/// Cancelling the task that waits for a statement cancels the statement on the server and throws
/// `CancellationError`; the connection can be used on. A statement that had finished by then returns
/// its result.
public actor PostgresConnection {
    /// Where and as whom the session is opened.
    public nonisolated let configuration: PostgresConfiguration

    private let queue: SerialQueue
    private let interruption: Interruption
    var session: Session?
    var isClosed = false
    /// The statement that streams, and so keeps the session for itself.
    var streaming: Statement?
    var isInTransaction = false
    var savepointCount = 0
    var heldLocks: [AdvisoryLockKey: Int] = [:]
    /// Whether the session that held a transaction or locks is gone.
    var scopeIsLost = false

    /// The queue on which the actor runs.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    /// Makes a connection, not yet open.
    ///
    /// - Parameter configuration: Where and as whom to connect.
    /// - Throws: ``PostgresError`` of kind `resourceExhausted` when the process has no file descriptor
    ///   left.
    public init(_ configuration: PostgresConfiguration) throws {
        self.configuration = configuration
        queue = SerialQueue(label: "postgres.\(configuration.database)")
        interruption = try Interruption()
    }

    /// Opens the session, unless it is open.
    ///
    /// - Throws: ``PostgresError`` of kind `connectionFailed` or what the server said.
    public func connect() async throws {
        try await perform { _ in }
    }

    /// Ends the session.
    ///
    /// Statements after it fail.
    public func close() {
        isClosed = true
        session = nil
        streaming = nil
    }

    /// The server's version, for example 150_020.
    public func serverVersion() async throws -> Int {
        try await perform { Int($0.serverVersion) }
    }

    /// Does blocking work on the session, noticing when the task is cancelled.
    ///
    /// - Parameters:
    ///   - cleaningUp: Do it in a cancelled task too, and only on the session that is open.
    ///   - during: The streaming statement that this belongs to.
    ///   - work: Blocks the connection's thread and no other.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws; ``PostgresError`` when there is no session for it.
    func perform<Value: Sendable>(
        cleaningUp: Bool = false, during: Statement? = nil, _ work: (Session) throws -> Value
    ) async throws -> Value {
        interruption.reset()
        return try await withTaskCancellationHandler {
            if !cleaningUp { try Task.checkCancellation() }
            let session = try readySession(during: during, cleaningUp: cleaningUp)
            session.begin(ignoringCancellation: cleaningUp)
            do {
                return try work(session)
            } catch {
                dropIfBroken(session)
                throw error
            }
        } onCancel: { [interruption] in
            interruption.signal()
        }
    }

    private var isScoped: Bool { isInTransaction || !heldLocks.isEmpty }

    private func readySession(during: Statement?, cleaningUp: Bool) throws -> Session {
        if isClosed { throw PostgresError(.misused, message: "the connection is closed") }
        if let streaming, streaming != during {
            throw PostgresError(
                .misused, statement: streaming.name,
                message: "the connection is busy with this statement's rows")
        }
        // During a stream unread input is what the socket should have.
        if let session, during != nil || session.isAlive { return session }
        if session != nil {
            session = nil
            scopeIsLost = isScoped
        }
        if scopeIsLost || during != nil || cleaningUp {
            throw PostgresError(
                .connectionLost(outcomeUnknown: false),
                message: "the session ended, and its transaction or locks with it")
        }
        let opened = try Session.open(configuration, interruption: interruption)
        session = opened
        return opened
    }

    /// Lets go of a session that cannot take another statement.
    func dropSessionIfBroken() {
        if let session { dropIfBroken(session) }
    }

    private func dropIfBroken(_ broken: Session) {
        guard streaming == nil, broken.isBroken else { return }
        session = nil
        scopeIsLost = isScoped
    }

    /// Called when a transaction or the last lock is given up.
    func leaveScope() {
        if !isScoped { scopeIsLost = false }
    }

    /// Whether a pool can lend the connection again.
    var isReusable: Bool {
        guard !isClosed, streaming == nil, !isScoped else { return false }
        return session.map { $0.isAlive && $0.isIdle } ?? true
    }
}
