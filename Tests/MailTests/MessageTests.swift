import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite("Message")
struct MessageTests {
    private func text(_ message: MailMessage) throws -> String {
        String(decoding: try message.composed(), as: UTF8.self)
    }

    private func header(_ name: String, of text: String) -> [String] {
        let head = text.components(separatedBy: "\r\n\r\n")[0]
            .replacingOccurrences(of: "\r\n ", with: " ")
        return head.components(separatedBy: "\r\n").filter { $0.hasPrefix("\(name): ") }
    }

    @Test("has the same bytes whenever it is composed")
    func deterministic() throws {
        #expect(try sampleMessage().composed() == sampleMessage().composed())
    }

    @Test("has lines of ASCII, at most 76 columns, ended by CRLF alone")
    func lines() throws {
        let bytes = try sampleMessage().composed()
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")

        #expect(lines.filter { $0.utf8.count > 76 } == [])
        #expect(lines.allSatisfy { !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) })
        #expect(bytes.allSatisfy { $0 < 0x80 && $0 != 0 })
    }

    @Test(
        "takes no header from a subject",
        arguments: [
            "a\r\nBcc: evil@example.com", "a\nBcc: evil@example.com", "a\rBcc: evil@example.com",
            "ы\r\n\r\nbody", "a\u{2028}Bcc: x@y", "=?UTF-8?B?0Kk=?=\u{0}\r\nX: y",
        ])
    func injection(subject: String) throws {
        let text = try text(sampleMessage(subject: subject))

        #expect(header("Bcc", of: text).isEmpty)
        #expect(header("X", of: text).isEmpty)
        #expect(header("Subject", of: text).count == 1)
        #expect(header("Content-Type", of: text).count == 1)
    }

    @Test(
        "takes no address that is more than one",
        arguments: [
            "a@b.ru\r\nBcc: c@d.ru", "a@b.ru,c@d.ru", "a@b.ru> SIZE=1", "нет", "@b.ru", "a@", "",
            "a b@c.ru", "иван@пример.рф", "a@b@c",
        ])
    func addresses(address: String) {
        let error = #expect(throws: MailError.self) { try MailAddress(address) }

        #expect(error?.kind == .invalidMessage)
        #expect(error.map { address.isEmpty || !"\($0)".contains(address) } == true)
    }

    @Test("takes no header from a name or the name of a file")
    func names() throws {
        var message = try sampleMessage()
        message.from = try MailAddress("a@b.ru", name: "x\"\r\nBcc: e@f.ru")
        message.attachments[0].name = "../../x\"\r\nBcc: e@f.ru\r\n.xlsx"

        let text = try text(message)

        #expect(!text.contains("\r\nBcc"))
        #expect(!text.contains("../"))
    }

    @Test("says where to unsubscribe, unless that would end its line")
    func unsubscribe() throws {
        var message = try sampleMessage()
        message.unsubscribeAddress = "https://example.ru/stop?who=1"
        #expect(
            try header("List-Unsubscribe", of: text(message))
                == ["List-Unsubscribe: <https://example.ru/stop?who=1>"])
        for address in ["https://x>\r\nBcc: a@b.ru", "javascript:x", "mailto:a b"] {
            message.unsubscribeAddress = address
            #expect(try header("List-Unsubscribe", of: text(message)) == [])
            #expect(try !text(message).contains("\r\nBcc"))
        }
    }

    @Test(
        "is refused with an id that cannot stand in a header",
        arguments: ["", "x", "<a b@c>", "<a@b>\r\nX: y"])
    func messageID(id: String) throws {
        var message = try sampleMessage()
        message.messageID = id

        #expect(throws: MailError.self) { try message.composed() }
    }

    @Test(
        "writes its date as RFC 5322 asks",
        arguments: [
            (1_795_399_547, 10_800, "Mon, 23 Nov 2026 05:05:47 +0300"),
            (0, 0, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (-1, -12_600, "Wed, 31 Dec 1969 20:29:59 -0330"),
            (1_709_208_000, 0, "Thu, 29 Feb 2024 12:00:00 +0000"),
        ])
    func date(seconds: Int64, offset: Int, expected: String) {
        #expect(MessageDate.text(seconds, utcOffset: offset) == expected)
    }

    @Test(
        "is understood by Python's parser",
        .enabled(if: ExternalTool.pythonHas("email"), "there is no python"))
    func parsed() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.eml")
        let message = try sampleMessage()
        try message.composed().write(to: file)

        let found = try ParsedMessage(of: file)

        #expect(found.subject == message.subject)
        #expect(found.from == message.from.name)
        #expect(found.to == ["buh@example.ru", "cfo@example.ru"])
        #expect(found.id == message.messageID)
        #expect(found.date == "2026-11-23T05:05:47+03:00")
        #expect(
            found.parts.map(\.type) == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                MailMessage.Attachment.workbookType,
            ])
        #expect(found.parts[2].text == message.text.replacing("\n", with: "\r\n"))
        #expect(found.parts[3].text == message.html?.replacing("\n", with: "\r\n"))
        #expect(found.parts[4].name == message.attachments[0].name)
        #expect(found.parts.allSatisfy { $0.defects.isEmpty })
    }

    @Test(
        "of random texts comes back as it was",
        .enabled(if: ExternalTool.pythonHas("email"), "there is no python"))
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        var state: UInt64 = 11
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = ["a", " ", "=", ".", "\n", "ж", "🎄", "From ", "\t", "xyz=20", "«", "--"]
        for share in [3, 12] {
            let text = (0..<3000).map { _ in pieces[next(share == 3 ? 5 : pieces.count)] }.joined()
            var message = try sampleMessage()
            message.text = text + "\n"
            let file = folder.url.appending(path: "\(share).eml")
            try message.composed().write(to: file)

            let found = try ParsedMessage(of: file).parts[2].text
            #expect(found == (text + "\n").replacing("\n", with: "\r\n"))
        }
    }
}

/// What Python's parser finds in a message.
struct ParsedMessage: Decodable {
    struct Part: Decodable {
        var type: String
        var name: String?
        var text: String?
        var sha256: String?
        var defects: [String]
    }

    var subject: String
    var from: String
    var to: [String]
    var id: String
    var date: String
    var headers: [String]
    var parts: [Part]

    init(of file: URL) throws {
        let python = try #require(ExternalTool.python)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/parse_message.py")
        let outcome = try ExternalTool.run(python, [script.path, file.path])
        self = try JSONDecoder().decode(Self.self, from: outcome.output)
    }
}
