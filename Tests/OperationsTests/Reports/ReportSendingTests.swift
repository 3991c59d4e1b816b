import Foundation
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("Reports that tell people what is theirs", .timeLimit(.minutes(10)))
struct ReportSendingTests {
    private static let thisWeek: String = {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Europe/Moscow")
        formatter.dateFormat = "YYYY-'W'ww"
        formatter.calendar = Calendar(identifier: .iso8601)
        return formatter.string(from: Date())
    }()

    @Test(
        "owner-digest: each owner gets theirs and nothing of others; who has no address gets none")
    func owners() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let sent = try await scene.reports.send(
                .init("owner-digest", period: Self.thisWeek))
            let files = try await scene.reports.make(
                .init("owner-digest", period: Self.thisWeek))

            let messages = try await scene.messages("owner-digest")
            #expect(messages.map(\.recipient) == ["anna@example.ru", "semyon@example.ru"])
            #expect(messages.allSatisfy { $0.text.contains("Ромашка") })
            #expect(!messages.contains { $0.text.contains("Липа") })
            #expect(sent.remarks.contains("1 owners have no mail address and got nothing"))
            #expect(files.count == 1)
        }
    }

    @Test("run-failed: the recipients of the nightly report learn that it failed, and why")
    func failure() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            _ = try scene.folder.write(
                "kinds: [1, 2]\n", to: "overrides/reports/nightly-audit/words.ru.yaml")
            await #expect(throws: (any Error).self) { _ = try await scene.nightWithOverrides() }

            let messages = try await scene.messages("run-failed")
            #expect(messages.map(\.recipient) == ["chief@example.ru"])
            let text = messages.first?.text ?? ""
            #expect(text.contains("words.ru.yaml"))
            #expect(text.contains("Неудач подряд: 1"))
            #expect(text.contains("sverka check"))
        }
    }

    @Test("a failure of which no message can be written ends the run all the same")
    func unspeakable() async throws {
        try await ReportScene.play { scene in
            _ = try scene.folder.write(
                "SELECT 1 / 0 AS kind", to: "overrides/sql/queries/reports/own_kinds.sql")
            _ = try scene.folder.write(
                "SELECT nothing", to: "overrides/sql/queries/reports/run_stages.sql")
            await #expect(throws: ReportError.self) {
                try await scene.reports.send(scheduled: "own-report", due: Date())
            }

            let runs = try await scene.withStore { try await $0.runs() }
            #expect(runs.map(\.state) == [.failed])
            #expect(runs.first?.error?.contains("its table 'kinds' could not be made") == true)
            let messages = try await scene.messages("run-failed")
            #expect(messages.isEmpty)
        }
    }

    @Test("the workbook that leaves shows persons by initials; the one that stays shows them whole")
    func masked() async throws {
        try await ReportScene.play { scene in
            let left = ReportScene.files["left/counterparty.csv"] ?? ""
            _ = try scene.folder.write(
                left.replacing("АО Заря", with: "ИП Кузнецова Мария Ивановна"),
                to: "left/counterparty.csv")
            let outcome = try await scene.nightWithOverrides()
            let whole = try #require(outcome.files.first { $0.pathExtension == "xlsx" })
            let masked = whole.deletingLastPathComponent().appending(
                path: "masked/ru/\(whole.lastPathComponent)")
            let stays = try WorkbookText.shared(whole)
            let leaves = try WorkbookText.shared(masked)

            #expect(stays.contains("Кузнецова Мария Ивановна"))
            #expect(stays.contains("Иванова Анна"))
            #expect(leaves.contains("ИП Кузнецова М. И."))
            for secret in ["Мария", "Иванова Анна", "123-45-67", "4951234567"] {
                #expect(!leaves.contains(secret), "\(secret)")
            }
            let mails = try await scene.withStore { store in
                var mails: [[UInt8]] = []
                for sent in try await store.outbox(limit: 10) where sent.topic == "nightly-audit" {
                    mails.append(try await store.outboxMessage(sent.id).content ?? [])
                }
                return mails
            }
            let attached = try Data(contentsOf: masked).base64EncodedString().prefix(4_000)
            #expect(mails.count == 1)
            #expect(
                mails.allSatisfy {
                    String(decoding: $0, as: UTF8.self).filter { !$0.isNewline }.contains(attached)
                })
        }
    }

    @Test("a scheduled report leaves a run and is not sent twice for one due time")
    func scheduled() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let due = Date()
            try await scene.reports.send(scheduled: "own-report", due: due)
            await #expect(throws: AlreadyRun.self) {
                try await scene.reports.send(scheduled: "own-report", due: due)
            }
            let runs = try await scene.withStore {
                try await $0.runs(job: ReportJob.job(of: "own-report"))
            }

            #expect(runs.map(\.state) == [.succeeded])
            let messages = try await scene.messages("own-report")
            #expect(messages.count == 1)
        }
    }

    @Test("a report that a timer sends leaves a run; one of a named period is sent without any")
    func timed() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let sent = try await scene.reports.send(.init("own-report"))
            _ = try await scene.reports.send(.init("owner-digest", period: Self.thisWeek))
            await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.send(.init("own"))
            }
            await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.send(.init("own-report", parameters: ["most": "2"]))
            }
            let runs = try await scene.withStore { try await $0.runs() }

            #expect(sent.messageCount == 1)
            #expect(
                runs.filter { $0.job.hasPrefix("report ") }.map(\.job) == ["report own-report"])
            #expect(runs.first { $0.job == "report own-report" }?.state == .succeeded)
        }
    }

    @Test("a report that a timer sends is told of when it fails")
    func timedFailure() async throws {
        try await ReportScene.play { scene in
            _ = try scene.folder.write(
                "SELECT 1 / 0 AS kind", to: "overrides/sql/queries/reports/own_kinds.sql")
            await #expect(throws: ReportError.self) {
                _ = try await scene.reports.send(.init("own-report"))
            }

            let messages = try await scene.messages("run-failed")
            #expect(messages.count == 1)
            #expect(messages.first?.text.contains("не удалось построить таблицу «kinds»") == true)
        }
    }

    @Test("a report that has nothing to say spares those who want no such report")
    func empty() async throws {
        var files = ReportScene.files.merging(ReportScene.ownReport) { $1 }
        let path = "overrides/reports/own-report/report.yaml"
        files[path] = files[path]?.replacing("skip_if_empty: kinds", with: "empty: kinds")
        let settings = ReportScene.settings.replacing(
            "  - {to: buh@example.ru, reports: [own-report]}",
            with: """
                  - {to: buh@example.ru, reports: [own-report]}
                  - {to: cfo@example.ru, reports: [own-report], skip_if_empty: true}
                """)
        try await FolderScene.play(files, settings: settings) { scene in
            _ = try await scene.reports.send(.init("own-report"))
            #expect(try await scene.messages("own-report").map(\.recipient) == ["buh@example.ru"])
            _ = try await scene.nightWithOverrides()
            // At another time it is another report.
            let later = Date() + 60
            _ = try await ReportJob(
                scene.configuration,
                resources: ResourceFolders(overrides: scene.configuration.overrides),
                progress: SilentProgress(), now: { later }
            ).send(.init("own-report"))
            #expect(
                try await scene.messages("own-report").map(\.recipient)
                    == ["buh@example.ru", "buh@example.ru", "cfo@example.ru"])
        }
    }

    @Test("a scheduled report that fails is told of")
    func scheduledFailure() async throws {
        try await ReportScene.play { scene in
            _ = try scene.folder.write(
                "SELECT 1 / 0 AS kind", to: "overrides/sql/queries/reports/own_kinds.sql")
            await #expect(throws: ReportError.self) {
                try await scene.reports.send(scheduled: "own-report", due: Date())
            }

            let messages = try await scene.messages("run-failed")
            #expect(messages.count == 1)
            #expect(messages.first?.text.contains("не удалось построить таблицу «kinds»") == true)
        }
    }
}
