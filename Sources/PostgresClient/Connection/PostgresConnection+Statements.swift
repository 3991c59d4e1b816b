extension PostgresConnection {
    /// Runs a statement and returns its rows.
    ///
    /// - Parameters:
    ///   - statement: The statement; it is prepared once per session.
    ///   - values: Values of `$1`, `$2`, …
    /// - Returns: All rows, in the server's order.
    /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
    public func query(
        _ statement: Statement, _ values: [PostgresValue] = []
    ) async throws -> [PostgresRow] {
        try await runOnce(statement, values).rows
    }

    /// Runs a statement and returns its rows with what is known of their columns, also when there
    /// are none.
    ///
    /// - Parameters:
    ///   - statement: The statement; it is prepared once per session.
    ///   - values: Values of `$1`, `$2`, …
    /// - Returns: The columns in order, and all rows in the server's order.
    /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
    public func table(
        _ statement: Statement, _ values: [PostgresValue] = []
    ) async throws -> (columns: [PostgresColumn], rows: [PostgresRow]) {
        let result = try await runOnce(statement, values)
        return (result.columns, result.rows)
    }

    /// Runs a statement.
    ///
    /// - Parameters:
    ///   - statement: The statement; it is prepared once per session.
    ///   - values: Values of `$1`, `$2`, …
    /// - Returns: How many rows it changed.
    /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func execute(
        _ statement: Statement, _ values: [PostgresValue] = []
    ) async throws -> Int {
        try await runOnce(statement, values).affectedRows
    }

    /// Checks a statement against the schema without running it.
    ///
    /// - Parameter statement: The statement; its parameters may have names.
    /// - Throws: ``PostgresError`` of kind `statementInvalid`.
    public func check(_ statement: Statement) async throws {
        let (numbered, _) = statement.numberingParameters()
        try await perform { try $0.check(numbered) }
    }

    /// Runs SQL of any number of statements, without values and without a result.
    ///
    /// Outside of ``withTransaction(isolation:readOnly:_:)`` the server makes one transaction of it.
    ///
    /// - Parameter script: The SQL and its name.
    /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
    public func runScript(_ script: Statement) async throws {
        _ = try await perform { try $0.runScript(script) }
    }

    func runOnce(
        _ statement: Statement, _ values: [PostgresValue], cleaningUp: Bool = false
    ) async throws -> ResultStore {
        try await perform(cleaningUp: cleaningUp) { session in
            do {
                return try session.run(statement, values)
            } catch let error as PostgresError where session.canPlanAgain(after: error) {
                // The schema changed under a prepared statement; the server refused it before it did
                // anything, so running it again repeats nothing.
                session.forgetPrepared()
                return try session.run(statement, values)
            }
        }
    }
}
