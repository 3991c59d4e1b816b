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
