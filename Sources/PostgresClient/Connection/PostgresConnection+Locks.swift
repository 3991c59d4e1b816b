extension PostgresConnection {
    /// Takes a lock of the session if nobody holds it.
    ///
    /// The lock is held until it is released, the connection closed, or the session lost; after a
    /// loss statements fail until every lock was released, so that the loss cannot pass unnoticed.
    /// A lock taken twice is released twice.
    ///
    /// - Parameter key: The lock.
    /// - Returns: Whether the lock is now held.
    /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
    public func tryAdvisoryLock(_ key: AdvisoryLockKey) async throws -> Bool {
        let rows = try await query(Locking.tryLock, [.int64(key.value)])
        guard try rows.first?[0].bool == true else { return false }
        heldLocks[key, default: 0] += 1
        return true
    }

    /// Waits for a lock of the session, as long as it takes.
    ///
    /// - Parameter key: The lock.
    /// - Throws: ``PostgresError`` of kind `timedOut` after the configuration's statement timeout.
    public func advisoryLock(_ key: AdvisoryLockKey) async throws {
        _ = try await query(Locking.lock, [.int64(key.value)])
        heldLocks[key, default: 0] += 1
    }

    /// Gives a lock of the session back; also in a cancelled task.
    ///
    /// - Parameter key: The lock.
    public func releaseAdvisoryLock(_ key: AdvisoryLockKey) async {
        guard let count = heldLocks[key] else { return }
        if !scopeIsLost {
            _ = try? await runOnce(Locking.unlock, [.int64(key.value)], cleaningUp: true)
        }
        heldLocks[key] = count > 1 ? count - 1 : nil
        leaveScope()
    }

    /// Takes a lock until the end of the transaction if nobody holds it.
    ///
    /// - Parameter key: The lock.
    /// - Returns: Whether the lock is now held.
    /// - Throws: ``PostgresError`` of kind `misused` outside of a transaction.
    public func tryTransactionLock(_ key: AdvisoryLockKey) async throws -> Bool {
        try requireTransaction()
        let rows = try await query(Locking.tryTransactionLock, [.int64(key.value)])
        return try rows.first?[0].bool == true
    }

    /// Waits for a lock and keeps it until the end of the transaction.
    ///
    /// - Parameter key: The lock.
    /// - Throws: ``PostgresError`` of kind `misused` outside of a transaction, `timedOut` after the
    ///   configuration's statement timeout.
    public func transactionLock(_ key: AdvisoryLockKey) async throws {
        try requireTransaction()
        _ = try await query(Locking.transactionLock, [.int64(key.value)])
    }

    private func requireTransaction() throws {
        guard isInTransaction else {
            throw PostgresError(.misused, message: "a transaction lock needs a transaction")
        }
    }
}

/// The statements of advisory locks.
private enum Locking {
    static let tryLock = Statement(
        name: "try_advisory_lock", text: "SELECT pg_try_advisory_lock($1)")
    static let lock = Statement(name: "advisory_lock", text: "SELECT pg_advisory_lock($1)")
    static let unlock = Statement(
        name: "advisory_unlock", text: "SELECT pg_advisory_unlock($1)")
    static let tryTransactionLock = Statement(
        name: "try_transaction_lock", text: "SELECT pg_try_advisory_xact_lock($1)")
    static let transactionLock = Statement(
        name: "transaction_lock", text: "SELECT pg_advisory_xact_lock($1)")
}
