public import PostgresClient

/// Lends a fresh database of the test run's private cluster, and drops it afterwards.
///
/// ```swift
/// @Test func counts() async throws {
///     try await withTestDatabase { configuration in
///         let connection = try PostgresConnection(configuration)
///         …
///     }
/// }
/// ```
///
/// - Parameters:
///   - template: A prepared database to copy, so that migrations run once and not for every test.
///   - body: The test.
/// - Returns: What the body returns.
/// - Throws: What the body throws; what the cluster throws when it does not start.
public func withTestDatabase<Value>(
    template: TestTemplate? = nil, _ body: (PostgresConfiguration) async throws -> Value
) async throws -> Value {
    if let template {
        try await TestCluster.shared.prepareTemplate(template.name, template.prepare)
    }
    return try await TestCluster.shared.withDatabase(template: template?.name, body)
}

/// A database that is prepared once and then copied for every test that asks for it.
public struct TestTemplate: Sendable {
    let name: String
    let prepare: @Sendable (PostgresConfiguration) async throws -> Void

    /// Names a template.
    ///
    /// - Parameters:
    ///   - name: The database's name, one for each way of preparing.
    ///   - prepare: Prepares the database; must close its connections.
    public init(
        name: String, prepare: @escaping @Sendable (PostgresConfiguration) async throws -> Void
    ) {
        self.name = name
        self.prepare = prepare
    }
}
