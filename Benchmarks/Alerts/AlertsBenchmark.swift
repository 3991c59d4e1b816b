import Alerting
import Foundation
import Operations
import PostgresClient
import Storage
import TestSupport

/// Measures alerts: how long fifty rules take, and how many spikes of synthetic years are caught.
///
///     alerts-benchmark FOLDER [SEEDS [FIRST]]
@main
struct AlertsBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            return print("usage: alerts-benchmark FOLDER [SEEDS [FIRST]]")
        }
        let first = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 20 : 20
        backtests(seeds: first..<first + count)
        // Of other seeds only counts are asked.
        guard arguments.count < 4 else { return }
        try await evaluation(URL(filePath: arguments[1]))
    }

    /// The built-in rules of hours and days on years of different size.
    private static func backtests(seeds: Range<Int>) {
        let zone = TimeZone(identifier: "Europe/Moscow") ?? .gmt
        let rules = ResourceFolders(overrides: nil)
        print(
            "back-test, seeds \(seeds.lowerBound) to \(seeds.upperBound - 1); a year each, 30 spikes of 3 to 20 times"
        )
        for (name, level, hours, count) in [
            ("integration-errors-hour", 60.0, 2...8, 30),
            ("integration-errors-hour", 20.0, 2...8, 30),
            ("integration-errors-day", 6.0, 47...60, 12),
        ] {
            guard
                let text = try? rules.text(of: "templates/alerts/\(name).yaml"),
                let rule = try? AlertRuleFile.parse(text, file: name, name: name)
            else { return print("no rule \(name)") }
            let clock = PeriodClock(isHourly: rule.period == .hour, timeZone: zone)
            var (planted, caught, strays) = (0, 0, 0)
            var worst = (caught: 1.0, strays: 0)
            for seed in seeds {
                let year = SyntheticErrors(
                    seed: UInt64(seed), level: level, spikeCount: count, spikeHours: hours,
                    timeZone: zone)
                let figure = BacktestFigure(year, rule, clock)
                planted += figure.planted
                caught += figure.caught
                strays += figure.falseAlarms
                worst.caught = min(
                    worst.caught, Double(figure.caught) / Double(figure.planted))
                worst.strays = max(worst.strays, figure.falseAlarms)
            }
            print(
                String(
                    format: "%@, %.0f errors in the busiest hour, %d spikes a year: caught within "
                        + "the first full period %.1f %% (worst seed %.1f %%), false alarms %.2f a "
                        + "month (worst seed %.2f)",
                    name, level, count, 100 * Double(caught) / Double(planted),
                    100 * worst.caught, Double(strays) / Double(seeds.count) / 12,
                    Double(worst.strays) / 12))
        }
    }

    /// Fifty rules over a year of hours and four hundred nights.
    private static func evaluation(_ folder: URL) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let cluster = EmbeddedCluster(folder: folder.appending(path: "cluster"), database: "bench")
        let server = try await cluster.start()
        guard case .socketFolder(let socket) = server.address else { return }
        let overrides = try RuleFiles.write(to: folder, upTo: 50)
        let url = "postgres:///bench?host=\(socket)&port=\(server.port)&user=\(server.user ?? "")"
        let file = folder.appending(path: "sverka.yaml")
        try Data(
            """
            data: data
            database: {url: "\(url)"}
            overrides: \(overrides.path)
            sources:
              left: {name: a, kind: files, folder: left}
              right: {name: b, kind: files, folder: right}

            """.utf8
        ).write(to: file)
        let configuration = try ConfigurationFile.read(file)
        let job = AlertJob(
            configuration, resources: ResourceFolders(overrides: overrides),
            progress: SilentProgress())
        // The first brings the tables, the second is what is measured.
        _ = try await job.run()
        let connection = try PostgresConnection(server)
        let fill = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "fill.sql")
        try await connection.runScript(
            Statement(name: "fill", text: String(contentsOf: fill, encoding: .utf8)))
        var rules = 0
        for _ in 0..<6 { rules = try await job.run().ruleCount }
        let rows = try await connection.query(
            Statement(
                name: "durations",
                text: """
                    SELECT (extract(epoch FROM finished_at - started_at) * 1000)::bigint AS ms
                    FROM run_stage WHERE name = 'alerts' ORDER BY run_id DESC LIMIT 5
                    """))
        let durations = try rows.map { try $0["ms"].int64 }.sorted()
        let hours = try await connection.query(
            Statement(name: "count", text: "SELECT count(*) AS n FROM journal_hour"))[0]["n"].int64
        print(
            "evaluation of \(rules) rules over \(hours) rows of journal_hour and 400 nights: "
                + "\(durations.map(String.init).joined(separator: ", ")) ms, median \(durations[2])"
        )
        await connection.close()
        try await cluster.stop()
    }
}

/// More rules, of the kinds that there are.
private enum RuleFiles {
    static func write(to folder: URL, upTo count: Int) throws -> URL {
        let place = folder.appending(path: "overrides/templates/alerts")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let known = ResourceFolders(overrides: nil).names(
            in: "templates/alerts", withExtension: "yaml"
        ).count
        let kinds = ["counterparty", "order", "product", "price", "stock", "payment"]
        for number in known..<count {
            let kind = kinds[number % kinds.count]
            let measure =
                switch number % 6 {
                case 0: "journal_errors\nperiod: day\nlabels: {object_kind: \(kind)}"
                case 1: "journal_error_rate\nperiod: hour\ngroup_by: [object_kind]"
                case 2: "new_findings\nlabels: {entity: \(kind)}\ngroup_by: [kind]"
                case 3: "journal_errors\nperiod: minute\nlabels: {object_kind: \(kind)}"
                default:
                    "journal_errors\nperiod: hour\nlabels: {object_kind: \(kind)}\n"
                        + "group_by: [error_type, target_system]"
                }
            let text = """
                rule: extra-\(number)
                title: {ru: Т, en: T}
                advice: {ru: С, en: A}
                measure: \(measure)
                spike: {deviations: 5, ratio: 2, minimum: 10}

                """
            try Data(text.utf8).write(to: place.appending(path: "extra-\(number).yaml"))
        }
        return folder.appending(path: "overrides")
    }
}
