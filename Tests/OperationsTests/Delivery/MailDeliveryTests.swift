import Foundation
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("Delivery of mail", .enabled(if: TestMailServer.isPossible, "python has no aiosmtpd"))
struct MailDeliveryTests {
    private func settings(_ server: TestMailServer, timeout: Int = 60) -> Configuration.Mail {
        Configuration.Mail(
            from: "sverka@example.ru", host: "127.0.0.1", port: server.port, security: .none,
            timeout: timeout)
    }

    @Test("by a server that hangs after the last byte is tried again under the same id")
    func hangs() async throws {
        try await OutboxScene.play { scene in
            let ids = try await scene.enqueueMails(["a@example.ru", "b@example.ru"])
            let hanging = try TestMailServer(["hangs"])

            let first = try await Deliverer([MailChannel(settings(hanging, timeout: 1))]).drain(
                scene.store)

            #expect(first.sentCount == 0)
            #expect(first.unsentCount == 2, "the second is tried, too: it is no fault of its own")
            #expect(try await scene.store.outbox([.pending]).map(\.failures) == [1, 1])
            try await scene.passTime()
            let good = try TestMailServer(["plain", "small"])
            let second = try await Deliverer([MailChannel(settings(good))]).drain(scene.store)
            #expect(second.sentCount == 2)
            #expect(good.log.map(\.id).sorted() == ids.sorted())
        }
    }

    @Test("whose recipient is no address becomes a dead letter; the rest goes on")
    func noAddress() async throws {
        try await OutboxScene.play { scene in
            _ = try await scene.enqueueMails(["a@b.ru\r\nRCPT TO:<x@y.ru>", "b@example.ru"])
            let server = try TestMailServer(["plain", "small"])

            let deliveries = try await Deliverer([MailChannel(settings(server))])
                .drain(scene.store)

            #expect(deliveries.sentCount == 1)
            #expect(deliveries.givenUpCount == 1)
            #expect(server.log.map(\.recipient) == ["b@example.ru"])
            let dead = try #require(try await scene.store.outbox([.failed]).first)
            #expect(dead.error.map { !$0.contains("x@y.ru") } == true)
        }
    }

    @Test("pauses when the server's certificate is not trusted, and sends nothing")
    func wrongCertificate() async throws {
        try #require(TestCertificate.isPossible)
        try await OutboxScene.play { scene in
            _ = try await scene.enqueueMails(["a@example.ru", "b@example.ru"])
            let certificate = try TestCertificate()
            let server = try TestMailServer(["starttls"] + certificate.flags)
            var settings = settings(server)
            settings.host = "localhost"
            settings.security = .startTLS

            let deliveries = try await Deliverer([MailChannel(settings)]).drain(scene.store)

            #expect(deliveries.unsentCount == 1, "one try for the whole channel")
            #expect(deliveries.unsent.first?.contains("no trusted connection") == true)
            #expect(try await scene.store.outbox([.pending]).count == 2)
            #expect(server.messageCount == 0)
        }
    }
}

extension OutboxScene {
    /// Puts small mails into the outbox and gives their ids.
    func enqueueMails(_ recipients: [String]) async throws -> [String] {
        let messages = recipients.enumerated().map { index, recipient in
            OutboxMessage(
                idempotencyKey: "test/mail/\(index)", run: nil, topic: "test", channel: "mail",
                recipient: recipient, messageID: "<\(index).test@example.ru>",
                content: Array("Message-ID: <\(index).test@example.ru>\r\n\r\nx\r\n".utf8))
        }
        try await store.enqueue(messages)
        return messages.map(\.messageID)
    }
}
