import Foundation
import TestSupport
import Testing

@Suite("sverka report and reports", .timeLimit(.minutes(10)))
struct ReportCommandTests {
    private let program = BuiltProgram()

    @Test("writes reports in the forms asked for, and says where")
    func forms() async throws {
        try await FolderProject.play { project in
            let night = try await program.run(["run", "nightly"], in: project.url)
            try #require(night.exitCode == 0, "\(night.errors)")
            let page = try await program.run(
                ["report", "run-failed", "--format", "html", "--out", "run.html"], in: project.url)
            #expect(page.exitCode == 0, "\(page.errors)")
            #expect(page.output.hasSuffix("/run.html\n"))
            let html = try String(
                contentsOf: project.url.appending(path: "run.html"), encoding: .utf8)
            #expect(html.hasPrefix("<!DOCTYPE html>"))
            let texts = try await program.run(
                ["report", "nightly-audit", "--format", "csv", "--out", "night.csv"],
                in: project.url)
            #expect(texts.exitCode == 0, "\(texts.errors)")
            #expect(texts.output.contains("tables; each is a file of the folder"))
            #expect(texts.output.contains("  Расхождения.csv\n"))
            let own = try await program.run(["report", "sync-report"], in: project.url)
            let file = own.output.trimmingCharacters(in: .newlines)
            #expect(file.contains("/data/reports/sync-report/") && file.hasSuffix(".xlsx"))
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test("says what there is when a report, period or form is none")
    func wrong() async throws {
        try await FolderProject.play { project in
            for (arguments, message) in [
                (["weather"], "there is no report 'weather'; there are: monthly-management, "),
                (["sync-report", "--period", "soon"], "'soon' is no period: write 2026-10"),
                (["sync-report", "--format", "odt"], "'odt' is not one of: xlsx, html, csv, pdf"),
                (["sync-report", "--run", "1"], "sync-report is not on a run; use --period"),
                (["nightly-audit", "--period", "2026-10"], "nightly-audit is on a run; use --run"),
                (["nightly-audit"], "no night was audited yet: 'sverka run nightly'"),
                (["sync-errors", "--set", "top"], "--set takes NAME=VALUE, not 'top'"),
            ] {
                let outcome = try await program.run(["report"] + arguments, in: project.url)
                #expect(outcome.exitCode == 2, "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.contains(message), "\(outcome.errors)")
            }
        }
    }

    @Test("says what to do where there is no LibreOffice to print a PDF")
    func withoutOffice() async throws {
        try await FolderProject.play { project in
            let outcome = try await program.run(
                ["report", "sync-report", "--format", "pdf", "--out", "x.pdf"], in: project.url,
                environment: ["PATH": project.url.path])
            #expect(outcome.exitCode == 1)
            #expect(
                outcome.errors.contains(
                    "PDF is printed by LibreOffice, which is not installed here (no 'soffice' on "
                        + "the PATH); install it, or take --format xlsx or html"),
                "\(outcome.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: project.url.path)
            #expect(!left.contains { $0.hasPrefix("x.") })
        }
    }

    @Test("sends to who subscribed, and says so when all of them have it")
    func sending() async throws {
        let settings = """
            mail: {from: sverka@example.ru, host: 127.0.0.1, port: 9, security: none}
            subscriptions:
              - {to: boss@example.ru, reports: [sync-report, nightly-audit]}
            """
        try await FolderProject.play(settings) { project in
            func send(_ name: String) async throws -> String {
                try await program.run(["report", name, "--send"], in: project.url).output
            }
            #expect(
                try await send("sync-report").hasPrefix(
                    "1 messages on their way; 'sverka outbox' shows them"))
            #expect(
                try await send("sync-report").hasPrefix(
                    "nothing new to send: all who get it have it for this period, or soon will"))
            _ = try await program.run(["run", "nightly"], in: project.url)
            #expect(try await send("nightly-audit").hasPrefix("nothing new to send"))
            let nobody = try await send("monthly-management")
            #expect(
                nobody.hasPrefix("nothing to send\nnote: nobody subscribed to monthly-management"),
                "\(nobody)")
        }
    }

    @Test("lists reports without a configuration, and checks one with line and column")
    func check() async throws {
        let folder = try TemporaryFolder()
        let list = try await program.run(["reports", "--language", "en"], in: folder.url)
        #expect(list.exitCode == 0)
        #expect(list.output.contains("monthly-management  (month)\n    "))
        let report = """
            report: ours
            question: {ru: Сколько?, en: How many?}
            period: fortnight
            """
        let place = folder.url.appending(path: "overrides/reports/ours")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(report.utf8).write(to: place.appending(path: "report.yaml"))
        let bad = try await program.run(["reports", "check", place.path], in: folder.url)
        #expect(bad.exitCode == 2)
        #expect(
            bad.output.hasPrefix("reports/ours/report.yaml:3:9: 'fortnight' is not one of: "),
            "\(bad.output)")
        let ours = ProjectFolders.root.appending(path: "reports/sync-report").path
        let good = try await program.run(["reports", "check", ours], in: folder.url)
        #expect(good.exitCode == 0, "\(good.output)")
        #expect(good.output.contains("note: queries were not checked: no configuration names"))
        #expect(good.output.hasSuffix("sync-report: all is well\n"))
        let night = ProjectFolders.root.appending(path: "reports/nightly-audit").path
        #expect(try await program.run(["reports", "check", night], in: folder.url).exitCode == 0)
        let nothing = try await program.run(["reports", "check", "nowhere"], in: folder.url)
        #expect(nothing.exitCode == 2)
        #expect(nothing.errors.contains("report.yaml is not there; name the folder of a report"))
        // Whoever copies a report to change it may put it anywhere.
        _ = try folder.write(report, to: "copied/report.yaml")
        let copied = try await program.run(["reports", "check", "copied"], in: folder.url)
        #expect(copied.exitCode == 2)
        #expect(copied.errors.contains("as overrides/reports/copied. Move it there"))
    }
}
