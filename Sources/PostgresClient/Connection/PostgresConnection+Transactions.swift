/// How strongly a transaction is shielded from others.
public enum TransactionIsolation: String, Hashable, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; may fail with kind `retryable`.
    case serializable = "SERIALIZABLE"
}

extension PostgresConnection {
    /// Runs a body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// The body is given this connection, for the statements of the transaction. It runs where the
    /// caller runs.
    ///
    /// - Parameters:
    ///   - isolation: How strongly the transaction is shielded.
    ///   - readOnly: Whether the server refuses to write.
    ///   - body: The work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError`` of kind
    ///   `connectionLost(outcomeUnknown: true)` when the session ended during COMMIT; of kind
    ///   `statementInvalid` when the body ignored the failure of a statement, which had already made
    ///   the server give up the transaction.
    public nonisolated(nonsending) func withTransaction<Value>(
        isolation: TransactionIsolation = .readCommitted, readOnly: Bool = false,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await beginTransaction(isolation, readOnly: readOnly)
        do {
            let value = try await body(self)
            try await commitTransaction()
            return value
        } catch {
            await rollBackTransaction()
            throw error
        }
    }

    /// Runs a body in a savepoint: when it throws, what it did is undone and the transaction lives on.
    ///
    /// - Parameter body: The work, given this connection.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    public nonisolated(nonsending) func withSavepoint<Value>(
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let name = try await beginSavepoint()
        do {
            let value = try await body(self)
            try await endSavepoint(name, keeping: true)
            return value
        } catch {
            try? await endSavepoint(name, keeping: false)
            throw error
        }
    }

    private func beginTransaction(_ isolation: TransactionIsolation, readOnly: Bool) async throws {
        guard !isInTransaction else {
            throw PostgresError(
                .misused, message: "a transaction is already open; use withSavepoint inside of it")
        }
        let text = "BEGIN ISOLATION LEVEL \(isolation.rawValue) READ \(readOnly ? "ONLY" : "WRITE")"
        let begin = Statement(name: "begin", text: text)
        try await perform { session in
            _ = try session.runScript(begin)
            isInTransaction = true
        }
    }

    private func commitTransaction() async throws {
        let commit = Statement(name: "commit", text: "COMMIT")
        do {
            let tag = try await perform { try $0.runScript(commit).commandTag }
            isInTransaction = false
            leaveScope()
            guard tag == "COMMIT" else {
                throw PostgresError(
                    .statementInvalid, statement: "commit",
                    message: "the transaction was rolled back, because a statement in it had failed"
                )
            }
        } catch var error as PostgresError {
            // Once COMMIT is sent nobody can tell from here whether it took effect.
            if case .connectionLost = error.kind, error.statement == commit.name {
                error.kind = .connectionLost(outcomeUnknown: true)
            }
            throw error
        }
    }

    private func rollBackTransaction() async {
        guard isInTransaction else { return }
        let rollback = Statement(name: "rollback", text: "ROLLBACK")
        if !scopeIsLost {
            do {
                _ = try await perform(cleaningUp: true) { try $0.runScript(rollback) }
            } catch {
                // Without a rollback the session is of no use; the server rolls back when it ends.
                session = nil
                streaming = nil
            }
        }
        isInTransaction = false
        savepointCount = 0
        leaveScope()
    }

    private func beginSavepoint() async throws -> String {
        guard isInTransaction else {
            throw PostgresError(.misused, message: "a savepoint needs a transaction")
        }
        savepointCount += 1
        let name = "s\(savepointCount)"
        let statement = Statement(name: "savepoint", text: "SAVEPOINT \(name)")
        _ = try await perform { try $0.runScript(statement) }
        return name
    }

    private func endSavepoint(_ name: String, keeping: Bool) async throws {
        let undo = keeping ? "" : "ROLLBACK TO SAVEPOINT \(name); "
        let statement = Statement(
            name: "end_savepoint", text: "\(undo)RELEASE SAVEPOINT \(name)")
        _ = try await perform(cleaningUp: !keeping) { try $0.runScript(statement) }
    }
}

extension PostgresConnection {
    /// Whether the server still has the transaction open; SQL can end it without being asked to.
    var isServerInTransaction: Bool { session?.isInTransaction ?? false }
}
