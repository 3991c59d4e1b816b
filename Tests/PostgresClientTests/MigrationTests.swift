import DatabaseTestSupport
import Foundation
import PostgresClient
import TestSupport
import Testing

@Suite("Migrations") struct MigrationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write("CREATE TABLE one (id int);", to: "0001_one.sql")
        _ = try folder.write(
            "CREATE TABLE two (id int);\nINSERT INTO two VALUES (1), (2);", to: "0002_two.sql")
    }

    private func migrator() throws -> Migrator { try Migrator(directory: folder.url) }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.url.appending(path: name))
    }

    private func refusal(_ connection: PostgresConnection) async throws -> MigrationError {
        let error = try await failure(of: { try await migrator().migrate(connection) })
        return try #require(error as? MigrationError)
    }

    @Test("files are applied once, in order, with the checksum that sha256sum gives")
    func applied() async throws {
        try await withConnection { connection in
            let migrator = try migrator()
            #expect(
                try await migrator.status(connection).pending == ["0001_one.sql", "0002_two.sql"])
            #expect(try await migrator.migrate(connection) == ["0001_one.sql", "0002_two.sql"])
            let again = try await migrator.migrate(connection)
            #expect(again.isEmpty)
            let count = try await connection.value("SELECT count(*) FROM two")
            #expect(try count.int == 2)
            let status = try await migrator.status(connection)
            #expect(status.pending.isEmpty)
            #expect(status.applied.map(\.number) == [1, 2])
            #expect(
                status.applied[0].checksum
                    == "04a23a219a95ac16cc1a98a9a3789601d0a1ec6c704cf84c991592b0ba740e6b")
        }
    }

    @Test("two processes that migrate at once apply each file once")
    func together() async throws {
        try await withTestDatabase { configuration in
            let migrator = try migrator()
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let connection = try PostgresConnection(configuration)
                        return try await migrator.migrate(connection).count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.sorted() == [0, 0, 0, 2])
        }
    }

    @Test("a changed file is refused, and so is a renamed or a missing one")
    func changed() async throws {
        try await withConnection { connection in
            try await migrator().migrate(connection)
            _ = try folder.write("CREATE TABLE one (id bigint);", to: "0001_one.sql")
            #expect(try await refusal(connection) == .changed(file: "0001_one.sql"))
            try remove("0001_one.sql")
            _ = try folder.write("CREATE TABLE one (id int);", to: "0001_first.sql")
            #expect(try await refusal(connection) == .missing(number: 1, name: "0001_one.sql"))
            try remove("0001_first.sql")
            #expect(try await refusal(connection) == .gap(missing: 1))
        }
    }

    @Test("a database that is newer than the files is refused")
    func newer() async throws {
        try await withConnection { connection in
            try await migrator().migrate(connection)
            try remove("0002_two.sql")
            let error = try await refusal(connection)
            #expect(error == .databaseIsNewer(database: 2, files: 1))
            #expect(error.description.contains("This program is older than the database"))
            let status = try await failure(of: { try await migrator().status(connection) })
            #expect(status as? MigrationError == error)
        }
    }

    @Test("a number twice, a gap, a name out of form and an empty folder are refused")
    func files() throws {
        _ = try folder.write("SELECT 1;", to: "0002_too.sql")
        #expect(
            throws: MigrationError.duplicate(number: 2, files: ["0002_too.sql", "0002_two.sql"])
        ) { try migrator() }
        try remove("0002_too.sql")
        _ = try folder.write("SELECT 1;", to: "0004_four.sql")
        #expect(throws: MigrationError.gap(missing: 3)) { try migrator() }
        try remove("0004_four.sql")
        _ = try folder.write("SELECT 1;", to: "3_three.sql")
        #expect(throws: MigrationError.misnamed(file: "3_three.sql")) { try migrator() }
        let empty = try TemporaryFolder()
        #expect(throws: MigrationError.unreadable(folder: empty.url.path)) {
            try Migrator(directory: empty.url)
        }
    }

    @Test("of a file that fails nothing remains, what came before stays, and it can be corrected")
    func failing() async throws {
        try await withConnection { connection in
            _ = try folder.write(
                "CREATE TABLE three (id int); SELECT * FROM nowhere;", to: "0003_three.sql")
            let error = try await refusal(connection)
            guard case .failed(file: "0003_three.sql", let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.sqlState == "42P01")
            let tables = try await connection.value("SELECT to_regclass('three') IS NULL")
            #expect(try tables.bool)
            #expect(try await migrator().status(connection).applied.count == 2)
            _ = try folder.write("CREATE TABLE three (id int);", to: "0003_three.sql")
            #expect(try await migrator().migrate(connection) == ["0003_three.sql"])
        }
    }

    @Test("a file that ends its transaction is refused")
    func commits() async throws {
        try await withConnection { connection in
            _ = try folder.write("COMMIT;", to: "0003_three.sql")
            #expect(try await refusal(connection) == .endsTransaction(file: "0003_three.sql"))
        }
    }

    @Test("a migration may take longer than a statement may otherwise")
    func slow() async throws {
        try await withTestDatabase { configuration in
            var configuration = configuration
            configuration.statementTimeout = .milliseconds(300)
            _ = try folder.write("SELECT pg_sleep(0.6);", to: "0003_slow.sql")
            let connection = try PostgresConnection(configuration)
            #expect(try await migrator().migrate(connection).count == 3)
            let error = try await postgresError(of: {
                try await connection.value("SELECT pg_sleep(9)")
            })
            #expect(error.kind == .timedOut)
        }
    }
}
