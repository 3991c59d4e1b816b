extension PostgresConnection {
    /// Makes a database, unless it exists.
    ///
    /// - Parameters:
    ///   - name: The database's name.
    ///   - template: The database to copy; `nil` is the server's default.
    /// - Throws: ``PostgresError``.
    public func createDatabase(_ name: String, template: String? = nil) async throws {
        let exists = Statement(
            name: "database_exists", text: "SELECT FROM pg_database WHERE datname = $1")
        guard try await query(exists, [.text(name)]).isEmpty else { return }
        var text = "CREATE DATABASE \(Self.quotedName(name))"
        if let template { text += " TEMPLATE \(Self.quotedName(template))" }
        do {
            try await runScript(Statement(name: "create_database", text: text))
        } catch let error as PostgresError where error.sqlState == "42P04" {
            // Somebody was faster.
        }
    }

    /// Drops a database if it exists, ending the sessions that use it.
    ///
    /// - Parameter name: The database's name.
    /// - Throws: ``PostgresError``.
    public func dropDatabase(_ name: String) async throws {
        let text = "DROP DATABASE IF EXISTS \(Self.quotedName(name)) WITH (FORCE)"
        try await runScript(Statement(name: "drop_database", text: text))
    }

    /// A name as SQL takes it; names cannot be bound.
    private static func quotedName(_ name: String) -> String {
        "\""
            + name.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
