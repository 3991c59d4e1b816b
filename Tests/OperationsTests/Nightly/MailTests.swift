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
            #expect(outcome.files.map(\.lastPathComponent).last == "nightly-audit.eml")
            #expect(try server.message(1) == outcome.files.last.map { try Data(contentsOf: $0) })
            let recipients = try [server.envelope(1), server.envelope(2)].flatMap(\.to)
            #expect(Set(recipients) == ["buh@example.ru", "crm@example.ru"])
            let again = try await scene.night()
            #expect(again.sentCount == 2, "a mail of its own for the next run")
            #expect(server.messageCount == 4)
        }
    }

    @Test(
        "is sent by STARTTLS, with the password and the authority that are configured",
        .enabled(if: TestCertificate.isPossible, "there is no openssl to make a certificate with"))
    func encrypted() async throws {
        let certificate = try TestCertificate()
        let server = try TestMailServer(["starttls", "auth"] + certificate.flags)
        let settings = """
            report: {recipients: [buh@example.ru]}
            mail:
              from: sverka@example.ru
              host: localhost
              port: \(server.port)
              user: sverka
              password: "päss wörd"
              certificate_authority: "\(certificate.certificate.path)"

            """
        try await NightScene.play(settings: settings) { scene in
            let outcome = try await scene.night()

            #expect(outcome.sentCount == 1, "\(outcome.unsent)")
            let envelope = try server.envelope(1)
            #expect(envelope.tls && envelope.user == "sverka")
        }
    }

    /// What programs that are not ours find in a mail.
    private struct Read: Decodable {
        var subject: String
        var text: String
        var html: String
        var defects: [String]
        var attachments: [String]
        var sha256: String
        var sheets: [String: [[String]]]
    }

    @Test(
        "as a mail program reads it, and its workbook as a spreadsheet does, says what was found",
        .enabled(if: ExternalTool.pythonHas("openpyxl"), "python has no openpyxl"))
    func read() async throws {
        let server = try TestMailServer(["plain"])
        try await NightScene.play(settings: Self.settings(port: server.port)) { scene in
            let outcome = try await scene.night()
            let folder = try TemporaryFolder()
            let file = folder.url.appending(path: "night.eml")
            try Data(try server.message(1)).write(to: file)
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Fixtures/read_night.py")
            let python = try #require(ExternalTool.python)
            let output = try ExternalTool.run(python, [script.path, file.path]).output
            let read = try JSONDecoder().decode(Read.self, from: output)

            let findings = outcome.entities[0].findings
            #expect(read.defects.isEmpty)
            #expect(read.subject.contains("\(findings.count)"))
            #expect(read.text.contains("\(findings.count)"))
            #expect(read.html.contains("</table>"))
            #expect(read.attachments.count == 1 && read.attachments[0].hasSuffix(".xlsx"))
            let masked = scene.configuration.dataFolder
                .appending(path: "reports/run-\(outcome.run.rawValue)/masked/ru")
                .appending(path: read.attachments[0])
            let sum = try ExternalTool.run("/usr/bin/sha256sum", [masked.path]).output
            #expect(String(decoding: sum, as: UTF8.self).hasPrefix(read.sha256))
            // Every finding is a row, below the one of the columns' names.
            let rows = try #require(read.sheets["Расхождения"])
                .filter { row in row.count { !$0.isEmpty } > 4 }
            #expect(rows.count == findings.count + 1)
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
