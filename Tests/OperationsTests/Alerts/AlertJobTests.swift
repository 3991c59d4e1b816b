import Alerting
import Foundation
import Records
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("The job of alerts")
struct AlertJobTests {
    private var noon: Date { JournalScene.noon }

    /// Forty errors in the hour before noon.
    private var storm: [String] {
        (0..<40).map {
            JournalScene.line(noon - 3_600 + Double($0) * 60, $0, error: "No answer within 30 s")
        }
    }

    @Test("tells of a spike once, of its end once, and of what is behind it")
    func spike() async throws {
        try await JournalScene.play { scene in
            try scene.append(JournalScene.history(until: noon))
            _ = try await scene.read(at: noon - 60)
            #expect(try await scene.mails() == [])
            try scene.append(storm)
            _ = try await scene.read(at: noon + 180)
            #expect(try await scene.mails() == ["alert.integration-errors-hour > boss@example.ru"])
            let overview = try await scene.alerts(at: noon + 180).overview()
            let alert = try #require(
                overview.states.first { $0.rule == "integration-errors-hour" })
            #expect(alert.phase == .firing)
            #expect(alert.last?.value == 43)
            #expect(alert.last?.expected == 3)
            #expect(overview.people.map(\.recipient) == ["boss@example.ru"])
            #expect(overview.people.map(\.messagesLeft) == [19])
            // By type it fires too, and is explained by the other.
            let byType = overview.states.first { $0.rule == "integration-errors-by-type" }
            #expect(byType?.told.isInhibited == true)
            _ = try await scene.read(at: noon + 300)
            #expect(try await scene.mails().count == 1)
            // Two calm hours end it.
            try scene.append((0..<60).map { JournalScene.line(noon + Double($0) * 120, $0) })
            _ = try await scene.read(at: noon + 2 * 3_600 + 180)
            #expect(try await scene.mails().count == 2)
            #expect(
                try await scene.texts(
                    """
                    SELECT event FROM alert_event WHERE rule = 'integration-errors-hour' ORDER BY id
                    """) == ["fired", "told", "resolved", "told"])
        }
    }

    @Test("writes what it sees, and would have fired then, without telling anybody")
    func trials() async throws {
        try await JournalScene.play { scene in
            try scene.append(JournalScene.history(until: noon) + storm)
            // Read at a time at which the storm's hour is not over, so that nothing fires.
            _ = try await scene.read(at: noon - 1)
            let alerts = scene.alerts(at: noon + 600)
            let trial = try await alerts.test("integration-errors-hour", language: "en")
            #expect(trial.verdicts.last?.isBreach == true)
            let letter = try #require(trial.letter)
            #expect(letter.title == "Integration errors in an hour: 43, usually 3")
            #expect(letter.lines.contains("1. Timeout – 43"))
            #expect(
                letter.lines.contains { $0.hasPrefix("• order id-39, Timeout, 2026-11-26 11:39") })
            let result = try await alerts.backtest(
                "integration-errors-hour", since: noon - 7 * 86_400)
            #expect(result.firings.map(\.firedAt) == [noon])
            #expect(result.firings.first?.worst.value == 43)
            let days = try await alerts.backtest("integration-errors-day", since: noon - 7 * 86_400)
            #expect(days.judgedCount == 7)
            #expect(try await scene.mails() == [])
            await #expect(throws: ConfigurationError.self) {
                try await alerts.backtest("collector-failed", since: noon - 86_400)
            }
            await #expect(throws: ConfigurationError.self) { try await alerts.test("weather") }
        }
    }

    @Test("reminds nobody of what somebody knows of, and tells nothing of what is silenced")
    func decisions() async throws {
        try await JournalScene.play { scene in
            try scene.append(JournalScene.history(until: noon) + storm)
            _ = try await scene.alerts(at: noon - 60).silence(
                "integration-errors-hour", labels: [:], for: .seconds(7_200), person: "root",
                comment: "")
            _ = try await scene.read(at: noon + 180)
            let silenced = try await scene.mails()
            #expect(!silenced.contains("alert.integration-errors-hour > boss@example.ru"))
            _ = try await scene.evaluate(at: noon + 2 * 3_600)
            let told = try await scene.mails()
            #expect(told.contains("alert.integration-errors-hour > boss@example.ru"))
            let meant = try await scene.alerts(at: noon + 2 * 3_600 + 60).acknowledge(
                "integration-errors-hour", labels: [:])
            #expect(meant.count == 1)
            _ = try await scene.evaluate(at: noon + 20 * 3_600)
            let reminders = try await scene.mails().filter { $0.contains("errors-hour") }
            #expect(reminders.count == 1)
        }
    }

    @Test("keeps to the promised number of messages")
    func ceiling() async throws {
        try await JournalScene.play(settings: "alerts: {messages_per_week: 1}") { scene in
            try scene.append(JournalScene.history(until: noon) + storm)
            _ = try await scene.read(at: noon + 180)
            for hours in [6.0, 24, 72, 160] {
                _ = try await scene.evaluate(at: noon + hours * 3_600)
            }
            #expect(try await scene.mails().count == 1)
        }
    }

    @Test("sees what the journal says of hours long past, and tells that it was")
    func downtime() async throws {
        try await JournalScene.play { scene in
            try scene.append(JournalScene.history(until: noon))
            _ = try await scene.read(at: noon - 60)
            // Nothing runs for half a day: a spike, and eleven hours as they always are.
            let spike = (0..<40).map {
                JournalScene.line(noon + Double($0) * 60, $0, error: "No answer within 30 s")
            }
            let calm = (11..<13 * 33).map { JournalScene.line(noon + 2_500 + Double($0) * 100, $0) }
            try scene.append(spike + calm)
            _ = try await scene.read(at: noon + 12 * 3_600)
            #expect(try await scene.mails() == ["alert.integration-errors-hour > boss@example.ru"])
            let told = try await scene.alerts(at: noon + 12 * 3_600).overview()
            let alert = try #require(told.states.first { $0.rule == "integration-errors-hour" })
            #expect(alert.phase == .resolved)
            #expect(alert.firedAt == noon + 3_600)
            #expect(alert.worst?.value == 40)
            let letter = try await scene.scene.messages("alert.integration-errors-hour")
            #expect(
                letter.first?.text.contains("Ошибки обмена за час: 40") == true,
                "\(letter)")
            #expect(letter.first?.text.contains("13:00, закончилось") == true, "\(letter)")
            // It is told once.
            _ = try await scene.evaluate(at: noon + 13 * 3_600)
            #expect(try await scene.mails().count == 1)
        }
    }

    @Test("does not alarm anybody by what was there before the first reading")
    func firstReading() async throws {
        try await JournalScene.play { scene in
            let spike = (0..<40).map {
                JournalScene.line(noon - 30 * 3_600 + Double($0) * 60, $0, error: "No answer")
            }
            try scene.append(JournalScene.history(until: noon) + spike)
            _ = try await scene.read(at: noon + 180)
            #expect(try await scene.mails() == [])
        }
    }

    @Test("counts for each person what they got, and for nobody what nobody asked for")
    func budgets() async throws {
        let people = [
            "{to: boss@example.ru, alerts: info}",
            "{to: sales@example.ru, alerts: {severity: error, rules: [run-failed]}}",
        ]
        try await JournalScene.play(subscriptions: people) { scene in
            try scene.append(JournalScene.history(until: noon) + storm)
            _ = try await scene.read(at: noon + 180)
            #expect(try await scene.mails() == ["alert.integration-errors-hour > boss@example.ru"])
            let overview = try await scene.alerts(at: noon + 180).overview()
            #expect(
                overview.people.map { "\($0.recipient) \($0.messagesLeft)" } == [
                    "boss@example.ru 19", "sales@example.ru 20",
                ])
        }
        try await JournalScene.play(subscriptions: [people[1]]) { scene in
            try scene.append(JournalScene.history(until: noon) + storm)
            let outcome = try await scene.read(at: noon + 180)
            #expect(outcome.entryCount > 0)
            #expect(try await scene.mails() == [])
            #expect(try await scene.texts("SELECT count(*)::text FROM alert_message") == ["0"])
        }
    }

    @Test("misses a job that never ran, once it was due since it was scheduled")
    func neverRan() async throws {
        let settings = "schedule: {nightly: \"30 2 * * *\", reports: {sync-report: \"0 9 1 * *\"}}"
        try await JournalScene.play(settings: settings) { scene in
            // At noon neither was ever due.
            let first = try await scene.evaluate(at: noon)
            #expect(first.firingCount == 0)
            _ = try await scene.evaluate(at: noon + 16 * 3_600)
            #expect(try await scene.mails() == [])
            // At 5 it is late by two and a half hours.
            _ = try await scene.evaluate(at: noon + 17 * 3_600)
            #expect(try await scene.mails() == ["alert.run-late > boss@example.ru"])
            let overview = try await scene.alerts(at: noon + 17 * 3_600).overview()
            #expect(
                overview.states.filter { $0.rule == "run-late" && $0.phase == .firing }.map(\.key)
                    == ["job=nightly"])
            let trial = try await scene.alerts(at: noon + 17 * 3_600).test(
                "run-late", language: "en")
            #expect(trial.letter?.title.contains("150 min late") == true, "\(trial)")
            #expect(
                trial.letter?.lines.first?.hasSuffix("150 min late. Alert from 120 min on.")
                    == true,
                "\(trial)")
        }
    }

    @Test(
        "is a dead man's switch: a job that did not begin when it was due, is late",
        arguments: [
            (started: -7.0, isRunning: false, minutes: 0),
            (started: -30.0, isRunning: false, minutes: 570),
            (started: -7.0, isRunning: true, minutes: 0),
            (started: -33.0, isRunning: true, minutes: 1_980),
        ])
    func late(started: Double, isRunning: Bool, minutes: Int) throws {
        let job = ScheduledJob(
            job: "nightly", cron: try CronExpression("30 2 * * *"),
            timeZone: try #require(TimeZone(identifier: "Europe/Moscow")))
        let found = job.minutesLate(
            at: noon, lastStart: noon + started * 3_600, isRunning: isRunning)
        #expect(found == minutes)
        #expect(job.minutesLate(at: noon, lastStart: nil, isRunning: false) == 0)
        // A schedule that was changed since its last run has not been missed under the new one yet.
        #expect(
            job.minutesLate(
                at: noon, lastStart: noon - 30 * 3_600, isRunning: false, since: noon - 3_600) == 0)
    }

    @Test("a job with a delay is late from the end of the longest delay that it may have")
    func jitter() throws {
        var job = ScheduledJob(
            job: "nightly", cron: try CronExpression("30 2 * * *"), timeZone: .gmt,
            jitter: .seconds(3 * 3_600))
        let due = try Date("2026-11-26T02:30:00Z", strategy: .iso8601)
        func minutes(after hours: Double) -> Int {
            job.minutesLate(
                at: due + hours * 3_600, lastStart: due - 86_400 + 60, isRunning: false)
        }
        #expect(minutes(after: 2.5) == 0)
        #expect(minutes(after: 5.5) == 150)
        job.jitter = .zero
        #expect(minutes(after: 2.5) == 150)
    }

    @Test("a missed run that nobody makes up for is late for a day, not until the next month")
    func missed() throws {
        var job = ScheduledJob(
            job: "report monthly-management", cron: try CronExpression("0 9 1 * *"),
            timeZone: .gmt, catchesUp: false)
        // Noon is on the 26th of the month.
        #expect(job.minutesLate(at: noon, lastStart: noon - 60 * 86_400, isRunning: false) == 0)
        job.catchesUp = true
        #expect(job.minutesLate(at: noon, lastStart: noon - 60 * 86_400, isRunning: false) > 1_440)
    }

    @Test("that fails is told of once a day, also at the end of another job, which goes on")
    func failure() async throws {
        let settings = """
            overrides: overrides
            report: {recipients: [chief@example.ru]}
            """
        try await JournalScene.play(settings: settings) { scene in
            let rule = "overrides/templates/alerts/run-late.yaml"
            _ = try scene.scene.folder.write("rule: run-late\nwhat: 1\n", to: rule)
            try scene.append([JournalScene.line(noon - 60, 1)])
            let resources = ResourceFolders(overrides: scene.configuration.overrides)
            func read() async throws -> JournalOutcome {
                try await JournalIngest(
                    scene.configuration, resources: resources, progress: SilentProgress()
                ).run()
            }
            #expect(try await read().entryCount == 1)
            _ = try await read()
            await #expect(throws: ConfigurationError.self) {
                _ = try await AlertJob(
                    scene.configuration, resources: resources, progress: SilentProgress()
                ).run()
            }
            #expect(try await scene.mails() == ["run-failed > chief@example.ru"])
            #expect(
                try await scene.texts("SELECT job || ' ' || state FROM run ORDER BY id") == [
                    "journal succeeded", "alerts failed", "journal succeeded", "alerts failed",
                    "alerts failed",
                ])
            let told = try await scene.scene.messages("run-failed")
            #expect(told.first?.text.contains("Не выполнено: проверка тревог") == true)
            #expect(told.first?.text.contains("run-late.yaml:2:1") == true)
        }
    }

    @Test("does not take its own failures for jobs that failed")
    func ownFailure() async throws {
        try await JournalScene.play { scene in
            _ = try await scene.texts(
                """
                INSERT INTO run (job, state, as_of, started_at, finished_at)
                VALUES ('alerts', 'failed', now(), now(), now()),
                    ('journal', 'failed', now(), now(), now()) RETURNING job
                """)
            _ = try await scene.evaluate(at: Date())
            let overview = try await scene.alerts(at: Date()).overview()
            #expect(
                overview.states.filter { $0.rule == "run-failed" }.map(\.key) == ["job=journal"])
        }
    }

    @Test("takes rules and words of a company before ours, and says where they are not right")
    func overrides() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "templates/alerts/words")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let rule = """
            rule: run-late
            title: {ru: Т, en: T}
            advice: {ru: С, en: A}
            measure: late_runs
            at_least: 5
            """
        _ = try folder.write(rule, to: "templates/alerts/run-late.yaml")
        _ = try folder.write("money: \" ({money})\"\n", to: "templates/alerts/words/en.yaml")
        let rules = AlertRules(ResourceFolders(overrides: folder.url))
        #expect(try rules.rule("run-late").condition == .atLeast(5))
        #expect(try rules.all().count >= 12)
        let words = try rules.words("en", .gmt)
        #expect(words.text("money", ["money": "$5"]) == " ($5)")
        #expect(words["line.causes"] == "Causes:")
        _ = try folder.write(
            rule + "\ninhibited_by: [weather]\n", to: "templates/alerts/run-late.yaml")
        #expect(throws: ConfigurationError.self) { try rules.all() }
        _ = try folder.write("rule: run-late\nwhat: 1\n", to: "templates/alerts/run-late.yaml")
        let error = #expect(throws: ConfigurationError.self) { try rules.all() }
        #expect(error?.description.hasPrefix("templates/alerts/run-late.yaml:2:1:") == true)
    }
}
