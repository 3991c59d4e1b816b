import Channels
import Foundation
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Operations
@testable import Spreadsheet

@Suite("A night's report, afterwards", .timeLimit(.minutes(10)))
struct KeptNightTests {
    @Test("is had as a page and as texts, with the same cells")
    func forms() async throws {
        try await ReportScene.play { scene in
            let night = try await scene.nightWithOverrides()
            let found = night.entities.map(\.findings.count).reduce(0, +)
            let place = scene.folder.url.appending(path: "night.html")
            #expect(
                try await scene.reports.make(.init("nightly-audit", format: .html, file: place))
                    == [place])
            let page = try String(contentsOf: place, encoding: .utf8)
            #expect(page.contains("<h2>Сводка</h2>"))
            #expect(page.contains("ООО Липа"))
            // As the workbook does, it shows days as people write them.
            #expect(page.firstMatch(of: #/>\d\d\.\d\d\.20\d\d</#) != nil)

            let texts = try await scene.reports.make(
                .init(
                    "nightly-audit", run: night.run, format: .csv,
                    file: scene.folder.url.appending(path: "night.csv")))
            #expect(texts.map(\.lastPathComponent).contains("Сводка.csv"))
            let findings = try #require(
                texts.first { $0.lastPathComponent == "Расхождения.csv" })
            let rows = try String(contentsOf: findings, encoding: .utf8)
                .split(separator: "\r\n").map(String.init)
            #expect(rows.count == found + 1)
            #expect(found > 1)
            #expect(rows[0].contains(",Замечено,"))
            #expect(rows[1].firstMatch(of: #/,20\d\d-\d\d-\d\d,/#) != nil, "\(rows[1])")
            await #expect(throws: (any Error).self) {
                _ = try await scene.reports.make(.init("nightly-audit", period: "2026-10"))
            }
        }
    }

    @Test("is sent to who subscribed since, and never again to who has it")
    func sending() async throws {
        try await ReportScene.play { scene in
            var scene = scene
            let night = try await scene.nightWithOverrides()
            let none = try await scene.reports.send(.init("nightly-audit"))
            #expect(none.messageCount == 0)
            #expect(none.knownCount == 1)

            scene.configuration.subscriptions += [
                Subscription(
                    recipient: "late@example.ru", reports: ["nightly-audit"], language: .russian),
                Subscription(
                    recipient: "english@example.ru", reports: ["*"], language: .english,
                    attaches: false),
            ]
            let sent = try await scene.reports.send(.init("nightly-audit", run: night.run))
            #expect(sent.messageCount == 2)
            #expect(sent.knownCount == 1)
            let messages = try await scene.messages("nightly-audit")
            #expect(
                messages.map(\.recipient) == [
                    "chief@example.ru", "english@example.ru", "late@example.ru",
                ])
            let text = messages.map(\.text)
            // The same words to all, since nobody had wanted English when it was written.
            #expect(text[0].contains("Сверка"))
            #expect(text[2].contains("application/vnd.openxmlformats-officedocument"))
            #expect(!text[1].contains("application/vnd.openxmlformats-officedocument"))
            #expect(text[1].contains("run-\(night.run.rawValue)"), "it says where it lies")
            #expect(try await scene.reports.send(.init("nightly-audit")).messageCount == 0)
        }
    }

    @Test("goes on schedule to those who are there then, as any other report")
    func scheduled() async throws {
        try await ReportScene.play { scene in
            var scene = scene
            _ = try await scene.nightWithOverrides()
            scene.configuration.subscriptions.append(
                Subscription(
                    recipient: "late@example.ru", reports: ["nightly-audit"], language: .russian))
            try await scene.reports.send(scheduled: "nightly-audit", due: Date() - 60)
            #expect(try await scene.messages("nightly-audit").count == 2)
        }
    }

    @Test("never leaves with more personal data than its reader may have")
    func masking() throws {
        func letter(_ language: String, masked: Bool, attaches: Bool) -> KeptLetters.Letter {
            KeptLetters.Letter(
                language: language, masksPersonalData: masked, attaches: attaches,
                subject: "\(language) \(masked) \(attaches)", text: "", html: "")
        }
        let kept = KeptLetters(
            severity: .info, entities: [], isEmpty: false, isMasked: true,
            letters: [
                letter("en", masked: false, attaches: true),
                letter("ru", masked: true, attaches: true),
                letter("ru", masked: true, attaches: false),
            ])
        func subject(_ language: ReportLanguage, masks: Bool, attaches: Bool) -> String? {
            kept.letter(
                MessageForm(language: language, masksPersonalData: masks, attaches: attaches)
            )?.subject
        }
        #expect(subject(.english, masks: false, attaches: true) == "en false true")
        #expect(subject(.english, masks: true, attaches: true) == "ru true true")
        #expect(subject(.russian, masks: false, attaches: false) == "ru true false")
        let bare = KeptLetters(
            severity: .info, entities: [], isEmpty: false, isMasked: true,
            letters: [letter("ru", masked: false, attaches: true)])
        #expect(
            bare.letter(
                MessageForm(language: .russian, masksPersonalData: true, attaches: true)) == nil)
    }

    @Test("says what to do when there was no night, or it left nothing")
    func nothing() async throws {
        try await ReportScene.play { scene in
            let none = await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.send(.init("nightly-audit"))
            }
            #expect(none?.description.contains("'sverka run nightly'") == true)
            let night = try await scene.nightWithOverrides()
            try FileManager.default.removeItem(
                at: scene.configuration.dataFolder.appending(
                    path: NightlyAudit.folder(of: night.run)))
            let gone = await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.make(.init("nightly-audit", format: .html))
            }
            #expect(gone?.description.contains("left no workbook in") == true)
        }
    }
}
