import DatabaseTestSupport
import Foundation
import PostgresClient
import Storage
import TestSupport
import Testing

/// A database with Sverka's tables, copied for each test.
private let migrated = TestTemplate(name: "sverka_outbox") { configuration in
    let connection = try PostgresConnection(configuration)
    _ = try await Migrator(directory: ProjectFolders.root.appending(path: "sql/migrations"))
        .migrate(connection)
    await connection.close()
}

@Suite(
    "sverka outbox", .enabled(if: TestMailServer.isPossible, "python has no aiosmtpd"),
    .timeLimit(.minutes(10)))
struct OutboxTests {
    private let program = BuiltProgram()

    @Test("sends each mail once, however often it is killed and the server says \"not now\"")
    func killed() async throws {
        let server = try TestMailServer(["plain", "small", "flaky=20"])
        try await play(port: server.port) { folder, store in
            let recipients = (1...200).map { "person\($0)@example.ru" }
            try await store.enqueue(recipients.map(message))

            for goal in [40, 110] {
                let sender = try program.start(["outbox", "send"], in: folder)
                while sender.isRunning, server.log.count < goal { await Task.yield() }
                sender.send(SIGKILL)
                _ = await sender.outcome()
                #expect(server.log.count < 200, "it was killed in the middle")
            }
            // Two hundred tries of which a fifth fails: a bound that is never reached.
            for _ in 0..<40 where try await !store.waitingChannels().isEmpty {
                _ = try await program.run(["outbox", "send"], in: folder)
                try await passTime(store)
            }

            let log = server.log
            let once = Dictionary(grouping: log, by: \.recipient)
            #expect(Set(once.keys) == Set(recipients), "none is lost")
            #expect(once.values.allSatisfy { Set($0.map(\.id)).count == 1 }, "under one id each")
            #expect(log.count <= 200 + 2, "repeated where a kill hid the server's word, at most")
            #expect(try await store.messageCounts() == ["sent": 200])
        }
    }

    @Test("shows dead letters with the server's words, and has them tried again")
    func deadLetters() async throws {
        let refusing = try TestMailServer(["plain", "refuse=no@example.ru"])
        try await play(port: refusing.port) { folder, store in
            try await store.enqueue(["no@example.ru", "yes@example.ru", "нет"].map(message))

            let sent = try await program.run(["outbox", "send"], in: folder)
            #expect(sent.exitCode == 1)
            #expect(sent.output.contains("1 sent, 2 not sent"), "\(sent.output)")

            let list = try await program.run(["outbox"], in: folder)
            #expect(list.output.contains("failed"))
            #expect(list.output.contains("no@example.ru"))
            #expect(!list.output.contains("yes@example.ru"))

            let shown = try await program.run(["outbox", "show", "1"], in: folder)
            #expect(shown.output.contains("550 5.1.1 no such user <address>"), "\(shown.output)")
            #expect(shown.output.contains("given_up"))

            let again = try await program.run(["outbox", "retry", "1", "2"], in: folder)
            #expect(again.output.contains("1 message is tried again"))
            #expect(again.output.contains("the others were sent"))
            let dropped = try await program.run(["outbox", "drop", "3"], in: folder)
            #expect(dropped.output.contains("1 message was dropped"))
            let rest = try await program.run(["outbox"], in: folder)
            #expect(rest.output.contains("pending"))
            #expect(!rest.output.contains("failed "))
        }
    }

    @Test("explains itself", arguments: ["", "list", "show", "retry", "drop", "send"])
    func help(command: String) async throws {
        let folder = try TemporaryFolder()
        let arguments = ["outbox"] + (command.isEmpty ? [] : [command]) + ["--help"]
        let help = try await program.run(arguments, in: folder.url)
        #expect(help.exitCode == 0)
        #expect(help.output.contains("EXAMPLE"))
    }

    private func message(_ recipient: String) -> OutboxMessage {
        OutboxMessage(
            idempotencyKey: "test/\(recipient)", run: nil, topic: "test", channel: "mail",
            recipient: recipient, messageID: "<\(recipient.utf8.count).\(abs(recipient.hash))@s>",
            content: Array(
                "Message-ID: <\(recipient.utf8.count).\(abs(recipient.hash))@s>\r\n\r\nx\r\n".utf8))
    }

    private func play(
        port: Int, _ body: (URL, Store) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let statements = try StatementCatalog(
            directory: ProjectFolders.root.appending(path: "sql/queries"))
        try await withTestDatabase(template: migrated) { database in
            let host =
                switch database.address {
                case .socketFolder(let folder): folder
                case .host(let name): name
                }
            let user = database.user.map { "&user=\($0)" } ?? ""
            _ = try folder.write(
                """
                database:
                  url: "postgres:///\(database.database)?host=\(host)&port=\(database.port)\(user)"
                sources:
                  left: {name: l, kind: files, folder: l}
                  right: {name: r, kind: files, folder: r}
                mail: {from: sverka@example.ru, host: 127.0.0.1, port: \(port), security: none}

                """, to: "sverka.yaml")
            let pool = PostgresPool(configuration: database, size: 2)
            let store = Store(pool: pool, statements: statements)
            do {
                try await body(folder.url, store)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    /// Makes everything that waits due now.
    private func passTime(_ store: Store) async throws {
        try await store.pool.withConnection { connection in
            _ = try await connection.query(
                Statement(
                    name: "test", text: "UPDATE outbox SET next_attempt_at = now() RETURNING id"))
        }
    }
}
