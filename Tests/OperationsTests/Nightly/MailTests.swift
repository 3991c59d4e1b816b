import Foundation
import Records
import TestSupport
import Testing

@testable import Operations

@Suite(
    "The nightly mail", .enabled(if: TestMailServer.isPossible, "python has no aiosmtpd"),
    .timeLimit(.minutes(10)))
struct NightlyMailTests {
    private static func settings(port: Int) -> String {
        """
        report: {recipients: [buh@example.ru, crm@example.ru]}
        mail: {from: sverka@example.ru, host: 127.0.0.1, port: \(port), security: none}

        """
    }

    @Test("reaches every recipient once, with the workbook")
    func sent() async throws {
        let server = try TestMailServer(["plain"])
        try await NightScene.play(settings: Self.settings(port: server.port)) { scene in
            let outcome = try await scene.night()

            #expect(outcome.sentCount == 2)
            #expect(server.messageCount == 2)
            let recipients = try [server.envelope(1), server.envelope(2)].flatMap(\.to)
            #expect(Set(recipients) == ["buh@example.ru", "crm@example.ru"])
            let message = String(decoding: try server.message(1), as: UTF8.self)
            #expect(message.contains(".xlsx"))
            let again = try await scene.night()
            #expect(again.sentCount == 2, "a mail of its own for the next run")
            #expect(server.messageCount == 4)
        }
    }

    @Test("that one recipient's server refuses is told, and reaches the others")
    func refused() async throws {
        let server = try TestMailServer(["plain", "refuse=crm@example.ru"])
        try await NightScene.play(settings: Self.settings(port: server.port)) { scene in
            let outcome = try await scene.night()

            #expect(outcome.sentCount == 1)
            #expect(outcome.unsent.count == 1)
            #expect(outcome.exitCode == 1)
            #expect(server.messageCount == 1)
        }
    }
}
