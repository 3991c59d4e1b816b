import Foundation
import TestSupport
import Testing

@Suite("sverka alerts", .timeLimit(.minutes(10)))
struct AlertsCommandTests {
    private let program = BuiltProgram()

    /// Fires by a single error of an hour.
    private static let rule = """
        rule: any-error
        title: {ru: Ошибка обмена, en: An error of the integration}
        advice: {ru: Посмотрите журнал., en: Look at the journal.}
        measure: journal_errors
        period: hour
        at_least: 1
        severity: error
        """

    /// A project whose journal has an error in each of the last four hours.
    private func play(_ body: (FolderProject) async throws -> Void) async throws {
        let settings = """
            overrides: overrides
            company: {name: Ромашка, language: en, time_zone: Europe/Moscow}
            mail: {from: sverka@example.ru, host: 127.0.0.1, port: 9, security: none}
            subscriptions:
              - {to: admin@example.ru, alerts: {severity: error, rules: [any-error]}}
            """
        try await FolderProject.play(
            settings, sources: "  journal: {name: exchange, kind: files, folder: journal}"
        ) { project in
            let rules = project.url.appending(path: "overrides/templates/alerts")
            let journal = project.url.appending(path: "journal")
            for folder in [rules, journal] {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true)
            }
            try Data(Self.rule.utf8).write(to: rules.appending(path: "any-error.yaml"))
            let lines = (0..<4).map { hours in
                let moment = (Date() - Double(hours) * 3_600).formatted(.iso8601)
                return """
                    {"timestamp":"\(moment)","type":"order","source_system":"1C",\
                    "target_system":"Bitrix24","object_id":"УТ-\(hours)","status":"error",\
                    "error_code":"TIMEOUT","details":"No answer within 30 s"}

                    """
            }
            try Data(lines.joined().utf8).write(to: journal.appending(path: "operation.jsonl"))
            let read = try await program.run(["run", "journal"], in: project.url)
            try #require(read.exitCode == 0, "\(read.errors)")
            #expect(read.output.contains("4 operations of 1 files"))
            try await body(project)
        }
    }

    @Test("shows what fires, takes note that somebody knows, and is silent for a time")
    func decisions() async throws {
        try await play { project in
            func alerts(_ arguments: String...) async throws -> BuiltProgram.Outcome {
                try await program.run(["alerts"] + arguments, in: project.url)
            }
            let shown = try await alerts()
            #expect(shown.exitCode == 0, "\(shown.errors)")
            #expect(shown.output.contains("any-error"))
            #expect(shown.output.contains("firing"))
            #expect(shown.output.contains("mail to admin@example.ru: 19 messages left this week"))
            #expect(shown.output.contains("told"))
            let last = try await alerts("show", "--events", "1").output
            #expect(last.contains(" told "))
            #expect(!last.contains(" fired "))
            #expect(shown.output.contains(" fired "))
            let outbox = try await program.run(["outbox"], in: project.url)
            #expect(outbox.output.contains("alert.any-error"))

            let known = try await alerts("ack", "any-error")
            #expect(known.output.hasPrefix("acknowledged: any-error"))
            #expect(try await alerts().output.contains("firing, acknowledged"))
            let nothing = try await alerts("ack", "run-failed")
            #expect(nothing.exitCode == 1)
            #expect(nothing.output.hasPrefix("nothing fires by 'run-failed'"))
            #expect(try await alerts("ack", "weather").exitCode == 2)

            let silence = try await alerts(
                "silence", "*", "--for", "8h", "--comment", "1C is updated")
            #expect(silence.output.hasPrefix("silence 1 until "))
            #expect(try await alerts().output.contains("silence 1: * until "))
            #expect(try await alerts().output.contains(": 1C is updated"))
            #expect(try await alerts("silence", "--end", "1").output == "silence 1 is over\n")
            #expect(try await alerts("silence", "--end", "1").exitCode == 1)
            for wrong in [["silence", "*"], ["silence", "*", "--for", "31d"]] {
                let outcome = try await program.run(["alerts"] + wrong, in: project.url)
                #expect(outcome.exitCode == 2, "\(wrong)")
            }
        }
    }

    @Test("tries a rule now and over the past, and tells nobody")
    func trials() async throws {
        try await play { project in
            let trial = try await program.run(
                ["alerts", "test", "any-error", "--language", "ru"], in: project.url)
            #expect(trial.exitCode == 0, "\(trial.errors)")
            #expect(trial.output.contains("breach"))
            #expect(trial.output.contains("If this fired now:\n\nОшибка обмена: 1\n"))
            #expect(trial.output.contains("Что делать: Посмотрите журнал."))
            let since = (Date() - 3 * 86_400).formatted(.iso8601.year().month().day())
            let past = try await program.run(
                ["alerts", "backtest", "any-error", "--since", since], in: project.url)
            #expect(past.exitCode == 0, "\(past.errors)")
            #expect(past.output.contains("it would have fired once:"))
            #expect(past.output.contains("goes on"))
            let moment = try await program.run(
                ["alerts", "backtest", "run-failed", "--since", since], in: project.url)
            #expect(moment.exitCode == 2)
            #expect(moment.errors.contains("of which no history is kept"))
            let never = try await program.run(
                ["alerts", "backtest", "any-error", "--since", "soon"], in: project.url)
            #expect(never.exitCode == 2)
            let outbox = try await program.run(
                ["outbox", "list", "--state", "pending"], in: project.url)
            #expect(outbox.output.split(separator: "\n").count { $0.contains("alert.") } == 1)
        }
    }
}
