import Foundation
import Storage
import TestSupport

@testable import Operations
@testable import Spreadsheet

/// A night over files of two companies, with employees who are responsible, and a folder in which a
/// company keeps reports of its own.
enum ReportScene {
    static let files = [
        "left/counterparty.csv": """
        id,Наименование,ИНН,КПП,Телефон,Ответственный
        a,ООО Ромашка,7707083893,770701001,+7 495 123-45-67,u1
        b,АО Заря,7736050003,773601001,,u2
        c,ООО Липа,7710140679,771001001,,u2
        """,
        "right/counterparty.csv": """
        id,TITLE,RQ_INN,RQ_KPP,PHONE,ASSIGNED_BY_ID
        1,Ромашка ООО,7707083893,770701001,+7 495 123-45-99,7
        2,Заря АО,7736050003,773601001,,8
        """,
        "left/user.csv": "id,ФИО,E-mail\nu1,Иванова Анна,anna@example.ru\nu2,Петров Пётр,\n",
        "right/user.csv": "id,NAME,EMAIL\n7,Сидоров Семён,semyon@example.ru\n8,Петров Пётр,\n",
    ]

    /// Mail goes to a port at which nobody listens: messages stay in the outbox, to be looked at.
    static let settings = """
        entities: [counterparty, user]
        overrides: overrides
        report: {recipients: [chief@example.ru]}
        mail: {from: sverka@example.ru, host: 127.0.0.1, port: 9, security: none}
        subscriptions:
          - {to: buh@example.ru, reports: [own-report]}
        """

    static func play(_ play: (FolderScene) async throws -> Void) async throws {
        try await FolderScene.play(files.merging(ownReport) { $1 }, settings: settings, play)
    }

    /// A report of the company: a definition, words, a letter, a query.
    static let ownReport = [
        "overrides/reports/own-report/report.yaml": """
        report: own-report
        question: {ru: Сколько?, en: How many?}
        period: none
        parameters: {least: 1}
        data:
          kinds: {query: reports/own_kinds, columns: {kind: {format: word, words: "kinds.{}.title"}}}
        sheets:
          - title: kinds
            blocks: [{table: kinds, columns: [kind, found], total: [found]}]
        control_totals:
          - {name: all, equal: [sum(kinds.found), sum(kinds.found)], otherwise: refuse}
        mail: {attachment: xlsx, skip_if_empty: kinds}
        """,
        "overrides/reports/own-report/words.ru.yaml": """
        title: Наш отчёт
        file_name: Наш отчёт
        sheets: {kinds: Виды}
        columns: {kind: Вид, found: Найдено}
        control_totals: {all: Всё}
        """,
        "overrides/reports/own-report/words.en.yaml": """
        title: Our report
        file_name: Our report
        sheets: {kinds: Kinds}
        columns: {kind: Kind, found: Found}
        control_totals: {all: All}
        """,
        "overrides/sql/queries/reports/own_kinds.sql": """
        -- How many findings of each kind stand; a cast such as '::text' is no parameter.
        SELECT kind::text AS kind, count(*) AS found, 12.50::numeric AS share
        FROM finding_current WHERE state = 'open' AND :language = 'ru'
        GROUP BY kind HAVING count(*) >= :least::integer ORDER BY kind
        """,
    ].merging(letters) { $1 }

    private static let letters = Dictionary(
        uniqueKeysWithValues: ["ru", "en"].flatMap { language in
            [
                "subject": "{{title}}",
                "text": "{{title}}\n{{#kinds}}{{kind}} {{found}}\n{{/kinds}}",
                "html": "<p>{{title}}</p>",
            ].map { part, text in
                ("overrides/templates/mail/own-report/\(language)/\(part).mustache", text)
            }
        })
}

extension FolderScene {
    /// The job that makes reports.
    var reports: ReportJob {
        ReportJob(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: SilentProgress(), now: { Date() })
    }

    /// A night with the company's own files in force.
    func nightWithOverrides() async throws -> JobOutcome {
        try await NightlyAudit(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: SilentProgress()
        ).run()
    }

    /// The messages of a topic in the outbox, with what they say.
    func messages(_ topic: String) async throws -> [(recipient: String, text: String)] {
        try await withStore { store in
            var messages: [(recipient: String, text: String)] = []
            for status in try await store.outbox(limit: 100) where status.topic == topic {
                let message = try await store.outboxMessage(status.id)
                messages.append(
                    (status.recipient, MessageText.decoded(message.content ?? [])))
            }
            return messages.sorted { $0.recipient < $1.recipient }
        }
    }
}

/// What stands in the cells of a workbook.
enum WorkbookText {
    /// All its parts as text, one after another.
    static func shared(_ file: URL) throws -> String {
        let archive = try Data(contentsOf: file)
        var bytes: [UInt8] = []
        for part in ZipDirectory.parts(of: archive) ?? [] {
            _ = part.inflate(from: archive, into: { bytes += $0 })
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What a message says: its parts in base64 or quoted-printable as text.
enum MessageText {
    static func decoded(_ message: [UInt8]) -> String {
        let text = String(decoding: message, as: UTF8.self).replacing("\r\n", with: "\n")
        var parts: [String] = []
        var (plain, coded) = ("", "")
        func end() {
            parts.append(quotedPrintable(plain))
            parts.append(
                Data(base64Encoded: coded).map { String(decoding: $0, as: UTF8.self) } ?? coded)
            (plain, coded) = ("", "")
        }
        for line in text.components(separatedBy: "\n") {
            if line.wholeMatch(of: /[A-Za-z0-9+\/]{4,}={0,2}/) != nil, line.count % 4 == 0 {
                coded += line
            } else {
                if !coded.isEmpty { end() }
                plain += line + "\n"
            }
        }
        end()
        return parts.joined()
    }

    private static func quotedPrintable(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.replacing("=\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2,
                let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
