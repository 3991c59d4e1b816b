import DatabaseTestSupport
import Foundation
import PostgresClient
import Storage
import Synchronization
import TestSupport

@testable import Operations

/// A database with Sverka's tables, copied for each test.
private let migrated = TestTemplate(name: "sverka_delivery") { configuration in
    let connection = try PostgresConnection(configuration)
    _ = try await Migrator(directory: ProjectFolders.root.appending(path: "sql/migrations"))
        .migrate(connection)
    await connection.close()
}

/// A store over a database of its own, with an outbox to fill and to drain.
struct OutboxScene: Sendable {
    let store: Store

    static func play(_ body: (OutboxScene) async throws -> Void) async throws {
        let statements = try StatementCatalog(
            directory: ProjectFolders.root.appending(path: "sql/queries"))
        try await withTestDatabase(template: migrated) { configuration in
            let pool = PostgresPool(configuration: configuration, size: 6)
            do {
                try await body(OutboxScene(store: Store(pool: pool, statements: statements)))
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    /// Puts messages for these recipients into the outbox.
    func enqueue(_ channel: String, _ recipients: [String]) async throws {
        try await store.enqueue(
            recipients.map { recipient in
                OutboxMessage(
                    idempotencyKey: "test/\(channel)/\(recipient)", run: nil, topic: "test",
                    channel: channel, recipient: recipient, messageID: "<\(recipient).test@s>",
                    content: Array("{}".utf8))
            })
    }

    /// Makes everything that waits due now.
    func passTime() async throws {
        try await store.pool.withConnection { connection in
            _ = try await connection.query(
                Statement(
                    name: "test", text: "UPDATE outbox SET next_attempt_at = now() RETURNING id"))
        }
    }

    /// Makes everything that waits so many seconds older.
    func age(_ seconds: Int) async throws {
        try await store.pool.withConnection { connection in
            _ = try await connection.query(
                Statement(
                    name: "test",
                    text: "UPDATE outbox SET due_at = due_at - make_interval(secs => \(seconds)) "
                        + "RETURNING id"))
        }
    }
}

/// A channel that answers as a test wants and keeps what was sent.
final class ChannelDouble: OutgoingChannel {
    let name: String
    private let answers: Mutex<[String: [SendingOutcome]]>
    private let log = Mutex<[String]>([])

    /// Everything that was tried, in order.
    var tried: [String] { log.withLock { $0 } }

    /// Answers, for a recipient, what happens at each try; then everything is taken.
    init(_ name: String, _ answers: [String: [SendingOutcome]] = [:]) {
        self.name = name
        self.answers = Mutex(answers)
    }

    func send(_ message: OutboxMessage) async -> SendingOutcome {
        log.withLock { $0.append(message.recipient) }
        return answers.withLock { answers in
            guard var rest = answers[message.recipient], !rest.isEmpty else {
                return .sent(code: 200, reply: "ok")
            }
            let next = rest.removeFirst()
            answers[message.recipient] = rest
            return next
        }
    }

    func verify() async -> ChannelCheck { ChannelCheck(isPassed: true, detail: "") }

    func rest() async {}
}

extension SendingOutcome {
    static func failed(
        _ remedy: SendingFailure.Remedy, code: Int? = nil, retryAfter: Duration? = nil
    ) -> SendingOutcome {
        .failed(
            SendingFailure(
                remedy: remedy, message: "no", code: code, reply: "no, sorry",
                retryAfter: retryAfter))
    }
}
