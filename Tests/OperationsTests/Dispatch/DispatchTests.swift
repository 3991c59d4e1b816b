import Channels
import Foundation
import Mail
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("Dispatch")
struct DispatchTests {
    private static let subscriptions = """
        report: {recipients: [buh@example.ru]}
        mail: {from: sverka@example.ru, host: 127.0.0.1, security: none, size_limit: 20K}
        channels:
          bot: {kind: telegram, token: T}
          hook: {kind: webhook, url: "https://hook.example.ru/", secret: S}
        subscriptions:
          - {to: cfo@example.ru, reports: "*", language: en, skip_if_empty: true}
          - {to: crm@example.ru, reports: [nightly-audit], alerts: {severity: error, entities: [order]}}
          - {channel: bot, to: "-100", alerts: warning, quiet_hours: "22:00-08:00", wakes: critical}
          - {channel: hook, reports: [nightly-audit], alerts: info, personal_data: whole}
          - {to: owner@example.ru, without: [owner-digest]}

        """

    private func dispatch(
        _ settings: String = DispatchTests.subscriptions, at now: String = "2026-11-23T09:00:00Z"
    ) throws -> Dispatch {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            sources:
              left: {name: 1c, kind: files, folder: l}
              right: {name: crm, kind: files, folder: r}

            """ + settings, to: "sverka.yaml")
        let now = try Date(now, strategy: .iso8601)
        return Dispatch(
            try ConfigurationFile.read(file, environment: [:]),
            resources: ResourceFolders(overrides: nil), now: { now })
    }

    private func report(isEmpty: Bool = false) -> Announcement {
        Announcement(
            key: "nightly-audit/58", topic: .report("nightly-audit"), run: RunID(58),
            time: Date(timeIntervalSince1970: 1_795_399_547), isEmpty: isEmpty,
            letter: { form in
                OutgoingLetter(
                    subject: "Subject \(form.language.rawValue)",
                    text: "Subject \(form.language.rawValue)\nfirst\n\nsecond \(form.attaches)\n",
                    attachments: form.attaches
                        ? [.init(name: "a.xlsx", contentType: "x/y", content: Data(count: 5_000))]
                        : [])
            })
    }

    private func alert(
        _ severity: Notice.Severity, _ entities: Set<EntityName> = []
    ) -> Announcement {
        Announcement(
            key: "alert/1", topic: .alert(rule: "spike"), severity: severity, entities: entities,
            time: Date(timeIntervalSince1970: 1_795_399_547),
            notice: { form in
                Notice(
                    topic: "alert.spike", title: "Всплеск у a.petrov@example.ru",
                    lines: ["+7 912 345-67-89"], severity: severity,
                    language: form.language.rawValue, time: 1_795_399_547)
            })
    }

    @Test("tells a report to who asked for it, each once, in their language")
    func reports() throws {
        let messages = try dispatch().messages(for: report())

        #expect(
            messages.map(\.recipient).sorted()
                == ["buh@example.ru", "cfo@example.ru", "crm@example.ru", "hook"])
        #expect(Set(messages.map(\.idempotencyKey)).count == 4)
        let byRecipient = Dictionary(uniqueKeysWithValues: messages.map { ($0.recipient, $0) })
        // Those who read the same letter get one mail; the other language is a mail of its own.
        #expect(byRecipient["buh@example.ru"]?.content == byRecipient["crm@example.ru"]?.content)
        #expect(
            byRecipient["buh@example.ru"]?.messageID == byRecipient["crm@example.ru"]?.messageID)
        #expect(
            byRecipient["buh@example.ru"]?.messageID != byRecipient["cfo@example.ru"]?.messageID)
        let mail = String(decoding: byRecipient["cfo@example.ru"]?.content ?? [], as: UTF8.self)
        #expect(mail.contains("Subject: Subject en\r\n"))
        #expect(
            mail.contains(
                "List-Unsubscribe:\r\n <mailto:sverka@example.ru?subject=unsubscribe>\r\n"))
        #expect(mail.contains("Auto-Submitted: auto-generated\r\n"))
        let hook = try notice(byRecipient["hook"])
        #expect(hook.title == "Subject ru")
        #expect(hook.lines == ["first", "second false"])
    }

    @Test("tells the same chat by each of two channels of one kind")
    func spareChannel() throws {
        let messages = try dispatch(
            """
            channels:
              main: {kind: telegram, token: T}
              spare: {kind: telegram, token: S}
            subscriptions:
              - {channel: main, to: "-100", reports: [nightly-audit]}
              - {channel: spare, to: "-100", reports: [nightly-audit]}

            """
        ).messages(for: report())

        #expect(messages.map(\.channel) == ["main", "spare"])
        // Rows of the outbox are told apart by Message-ID and recipient.
        #expect(Set(messages.map(\.messageID)).count == 2)
    }

    @Test("gives the same messages when the same is told again")
    func repeated() throws {
        #expect(try dispatch().messages(for: report()) == dispatch().messages(for: report()))
    }

    @Test("spares who wants nothing empty")
    func empty() throws {
        let messages = try dispatch().messages(for: report(isEmpty: true))
        #expect(!messages.map(\.recipient).contains("cfo@example.ru"))
        #expect(messages.map(\.recipient).contains("buh@example.ru"))
    }

    @Test("tells an alert by severity and entity")
    func alerts() throws {
        let dispatch = try dispatch()
        func told(_ announcement: Announcement) throws -> [String] {
            try dispatch.messages(for: announcement).map(\.recipient).sorted()
        }
        #expect(try told(alert(.info)) == ["hook"])
        #expect(try told(alert(.warning)) == ["-100", "hook"])
        #expect(
            try told(alert(.error, [EntityName("order")])) == ["-100", "crm@example.ru", "hook"])
        #expect(try told(alert(.error, [EntityName("price")])) == ["-100", "hook"])
        #expect(try told(alert(.error)) == ["-100", "crm@example.ru", "hook"])
    }

    @Test("shortens personal data, but for who is to get it whole")
    func masking() throws {
        let messages = try dispatch().messages(for: alert(.warning))
        let bot = try notice(messages.first { $0.channel == "bot" })
        let hook = try notice(messages.first { $0.channel == "hook" })
        #expect(bot.title == "Всплеск у a•••@example.ru")
        #expect(bot.lines == ["••• 89"])
        #expect(hook.title == "Всплеск у a.petrov@example.ru")
        #expect(hook.lines == ["+7 912 345-67-89"])
    }

    @Test("lets messages wait for the end of quiet hours, unless they may wake people")
    func quietHours() throws {
        let night = try dispatch(at: "2026-11-23T22:30:00Z")
        let morning = try Date("2026-11-24T05:00:00Z", strategy: .iso8601)
        func bot(_ announcement: Announcement) throws -> Date? {
            try night.messages(for: announcement).first { $0.channel == "bot" }?.notBefore
        }
        #expect(try bot(alert(.error)) == morning)
        #expect(try bot(alert(.critical)) == nil)
        var over = alert(.critical)
        over.urgency = .info
        #expect(try bot(over) == morning)
    }

    @Test("writes to the owner of findings, unless they do not want it")
    func owner() throws {
        func told(_ address: String) throws -> [String] {
            var digest = report()
            digest.topic = .report("owner-digest")
            digest.audience = .person(address: address)
            return try dispatch().messages(for: digest).map(\.recipient)
        }
        #expect(try told("petrov@example.ru") == ["petrov@example.ru"])
        #expect(try told("owner@example.ru") == [])
    }

    @Test("leaves a file out that makes a mail too large, and says where it lies")
    func large() throws {
        var large = report()
        large.audience = .addresses(["cfo@example.ru"])
        large.letter = { form in
            OutgoingLetter(
                subject: "S", text: form.attaches ? "attached" : "at /reports/a.xlsx",
                attachments: form.attaches
                    ? [.init(name: "a.xlsx", contentType: "x/y", content: Data(count: 20_000))] : []
            )
        }
        let mail = try String(
            decoding: dispatch().messages(for: large).first?.content ?? [], as: UTF8.self)
        #expect(mail.contains("at /reports/a.xlsx"))
        #expect(!mail.contains("Content-Disposition: attachment"))
    }

    @Test("leaves files in the house for who is not to have them")
    func unattached() throws {
        let dispatch = try dispatch(
            "mail: {from: s@b.ru, host: h}\nsubscriptions: [{to: a@b.ru, reports: \"*\", attach: false}]\n"
        )
        let mail = try String(
            decoding: dispatch.messages(for: report()).first?.content ?? [], as: UTF8.self)
        #expect(mail.contains("second false"))
        #expect(!mail.contains("Content-Disposition: attachment"))
    }

    @Test("makes a letter of a notice, from which a company's name cannot break out")
    func noticeAsMail() throws {
        var alert = alert(.critical)
        alert.audience = .addresses(["cfo@example.ru"])
        alert.notice = { form in
            Notice(
                topic: "alert.spike", title: "ООО «А»\r\nBcc: evil@example.com\r\n\r\nx",
                lines: ["<script>alert(1)</script>"], link: "https://x/?a=1&b=\"2\"",
                severity: .critical, language: form.language.rawValue, time: 0)
        }
        let mail = try String(
            decoding: dispatch().messages(for: alert).first?.content ?? [], as: UTF8.self)
        #expect(!mail.lowercased().contains("\nbcc"))
        // What is plain text is shown as it is; in HTML it is escaped.
        let html = mail.components(separatedBy: "Content-Type: text/html").last ?? ""
        #expect(html.contains("&lt;script&gt;"))
        #expect(!html.contains("<script"))
        #expect(mail.contains("multipart/alternative"))
    }

    @Test("tells nobody by mail when there is no mail server")
    func noMail() throws {
        let messages = try dispatch("report: {recipients: [a@b.ru]}\n").messages(for: report())
        #expect(messages == [])
    }

    private func notice(_ message: OutboxMessage?) throws -> Notice {
        try JSONDecoder().decode(Notice.self, from: Data(try #require(message).content))
    }
}
