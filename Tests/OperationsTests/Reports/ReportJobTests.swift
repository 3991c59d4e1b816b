import Foundation
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("A report of a company's own", .timeLimit(.minutes(10)))
struct ReportJobTests {
    @Test("is listed, checked, made in every form and sent to who subscribed, without building")
    func own() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let folders = ResourceFolders(overrides: scene.configuration.overrides)
            let list = ReportList(folders, language: "ru")
            let check = try await ReportCheck(scene.configuration, resources: folders)
                .check(scene.folder.url.appending(path: "overrides/reports/own-report"))
            let workbook = try await scene.reports.make(.init("own-report"))
            let text = scene.folder.url.appending(path: "own.csv")
            let texts = try await scene.reports.make(.init("own-report", format: .csv, file: text))
            let page = scene.folder.url.appending(path: "own.html")
            _ = try await scene.reports.make(.init("own-report", format: .html, file: page))
            // At one time: a report of no period is another one at another time.
            let now = Date()
            let job = ReportJob(
                scene.configuration, resources: folders, progress: SilentProgress(), now: { now })
            let sent = try await job.send(.init("own-report"))
            let again = try await job.send(.init("own-report"))

            #expect(list.problems == [])
            #expect(list.reports.contains { $0.name == "own-report" && $0.question == "Сколько?" })
            #expect(list.reports.map(\.name).contains("nightly-audit"))
            #expect(check.problems == [])
            #expect(workbook.map(\.lastPathComponent) == ["Наш отчёт.xlsx"])
            #expect(texts == [text])
            // Read as bytes: as a text its mark of UTF-8 would be gone.
            let csv = String(decoding: try Data(contentsOf: text), as: UTF8.self)
            #expect(csv == "\u{FEFF}Вид,Найдено\r\nРазные значения,1\r\nНет пары,1\r\n")
            #expect(try String(contentsOf: page, encoding: .utf8).contains("Разные значения"))
            #expect(sent.messageCount == 1)
            #expect(again.messageCount == 0)
            #expect(again.knownCount == 1)
            let messages = try await scene.messages("own-report")
            #expect(messages.map(\.recipient).allSatisfy { $0 == "buh@example.ru" })
            #expect(messages.first?.text.contains("Разные значения 1") == true)
        }
    }

    @Test("whose query fails leaves no file and sends nothing, and says which table it was")
    func failingQuery() async throws {
        try await ReportScene.play { scene in
            let path = "overrides/sql/queries/reports/own_kinds.sql"
            _ = try scene.folder.write("SELECT kind, no_column FROM finding", to: path)
            let file = scene.folder.url.appending(path: "own.xlsx")

            let failure = await #expect(throws: ReportError.self) {
                _ = try await scene.reports.make(.init("own-report", file: file))
            }
            await #expect(throws: ReportError.self) {
                _ = try await scene.reports.send(.init("own-report"))
            }
            let folders = ResourceFolders(overrides: scene.configuration.overrides)
            let check = try await ReportCheck(scene.configuration, resources: folders)
                .check(scene.folder.url.appending(path: "overrides/reports/own-report"))

            #expect(failure?.description.contains("its table 'kinds' could not be made") == true)
            #expect(failure?.description.contains("no_column") == true)
            #expect(!FileManager.default.fileExists(atPath: file.path))
            let messages = try await scene.messages("own-report")
            #expect(messages.isEmpty)
            #expect(check.problems.count == 1)
            #expect(check.problems.first?.contains("own_kinds.sql") == true)
        }
    }

    @Test("whose query lacks a column that a sheet names is told of, with line and column")
    func lackingColumn() async throws {
        try await ReportScene.play { scene in
            let path = "overrides/reports/own-report/report.yaml"
            let text = ReportScene.ownReport[path] ?? ""
            _ = try scene.folder.write(
                text.replacing("columns: [kind, found]", with: "columns: [kind, found, largest]"),
                to: path)
            let check = try await ReportCheck(
                scene.configuration,
                resources: ResourceFolders(overrides: scene.configuration.overrides)
            ).check(scene.folder.url.appending(path: "overrides/reports/own-report"))

            let problem = try #require(check.problems.first { $0.contains("has no column") })
            #expect(
                problem == "reports/own-report/report.yaml:9:52: table 'kinds' has no column "
                    + "'largest'; it has: kind, found, share")
        }
    }

    @Test("of several tables is a folder of texts, and never in the place of a file")
    func folder() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let file = scene.folder.url.appending(path: "out/digest.csv")
            let files = try await scene.reports.make(
                .init("owner-digest", format: .csv, file: file))

            #expect(files.count > 1)
            #expect(
                files.allSatisfy {
                    $0.deletingLastPathComponent().lastPathComponent == "digest"
                        && FileManager.default.fileExists(atPath: $0.path)
                })
            #expect(files.map(\.lastPathComponent).contains("owners.csv"))
            _ = try scene.folder.write("mine", to: "taken")
            let taken = scene.folder.url.appending(path: "taken.csv")
            let error = await #expect(throws: ReportError.self) {
                _ = try await scene.reports.make(.init("owner-digest", format: .csv, file: taken))
            }
            #expect(error?.description.contains("name another place with --out") == true)
        }
    }

    @Test("whose control total does not agree is neither written nor sent")
    func controlTotal() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let path = "overrides/reports/own-report/report.yaml"
            let text = ReportScene.ownReport[path] ?? ""
            _ = try scene.folder.write(
                text.replacing(
                    "[sum(kinds.found), sum(kinds.found)]",
                    with: #"["count(kinds)", "sum(kinds.share[kind=x])"]"#), to: path)
            let file = scene.folder.url.appending(path: "own.xlsx")

            let failure = await #expect(throws: ReportError.self) {
                _ = try await scene.reports.make(.init("own-report", file: file))
            }
            await #expect(throws: ReportError.self) {
                _ = try await scene.reports.send(.init("own-report"))
            }

            let explanation = failure?.description ?? ""
            #expect(explanation.contains("all: expected 2, got "), "\(explanation)")
            #expect(!FileManager.default.fileExists(atPath: file.path))
            let messages = try await scene.messages("own-report")
            #expect(messages.isEmpty)
        }
    }

    @Test("takes parameters that it has, and no others")
    func parameters() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let text = scene.folder.url.appending(path: "own.csv")
            _ = try await scene.reports.make(
                .init("own-report", format: .csv, parameters: ["least": "2"], file: text))

            let csv = String(decoding: try Data(contentsOf: text), as: UTF8.self)
            #expect(csv == "\u{FEFF}Вид,Найдено\r\n")
            let failure = await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.make(.init("own-report", parameters: ["most": "2"]))
            }
            #expect(failure?.description == "own-report has no parameter 'most'; it has: least")
            await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.make(.init("owner-digest", period: "last week"))
            }
            let unknown = await #expect(throws: ConfigurationError.self) {
                _ = try await scene.reports.make(.init("own"))
            }
            #expect(unknown?.description.contains("there is no report 'own'; there are:") == true)
        }
    }

    @Test(
        "is printed by LibreOffice",
        .enabled(if: ExternalTool.path(of: "soffice") != nil, "LibreOffice is not installed"))
    func pdf() async throws {
        try await ReportScene.play { scene in
            _ = try await scene.nightWithOverrides()
            let file = scene.folder.url.appending(path: "own.pdf")
            _ = try await scene.reports.make(.init("own-report", format: .pdf, file: file))

            #expect(try Data(contentsOf: file).starts(with: Data("%PDF-".utf8)))
        }
    }
}

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
