import Alerting
import ArgumentParser
import Foundation
import Operations
import Storage

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Shows what is not as it should be, and tries rules.",
        discussion: """
            EXAMPLES
              sverka alerts
              sverka alerts ack integration-errors-hour
              sverka alerts silence new-findings --label entity=order --for 8h
              sverka alerts test integration-errors-hour
              sverka alerts backtest integration-errors-hour --since 2026-01-01

            Rules are the files of templates/alerts; docs/alerts.md explains them.
            """,
        subcommands: [
            ShowAlertsCommand.self, AcknowledgeAlertsCommand.self, SilenceAlertsCommand.self,
            TestAlertCommand.self, BacktestAlertCommand.self,
        ],
        defaultSubcommand: ShowAlertsCommand.self)
}

extension ConfigurationOption {
    /// Alerts by the configuration that is named.
    func alerts() throws -> (alerts: StoredAlerts, time: LocalTime, configuration: Configuration) {
        let configuration = try read()
        return (
            StoredAlerts(
                configuration, resources: ResourceFolders(overrides: configuration.overrides)),
            LocalTime(configuration), configuration
        )
    }
}

/// Labels as they are given on the command line: `--label entity=order`.
struct LabelOptions: ParsableArguments {
    @Option(name: .long, help: "Only alerts with this label, NAME=VALUE; may be repeated.")
    var label: [String] = []

    func labels() throws -> [String: String] {
        var labels: [String: String] = [:]
        for text in label {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw ValidationError("--label takes NAME=VALUE, not '\(text)'")
            }
            labels[parts[0]] = parts[1]
        }
        return labels
    }
}

struct ShowAlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows alerts that stand, silences and the latest changes.",
        discussion: """
            EXAMPLES
              sverka alerts show
              sverka alerts show --all --events 20
            """)

    @OptionGroup var options: ConfigurationOption

    @Flag(name: .long, help: "Also rules of which nothing is to be told.")
    var all = false

    @Option(name: .long, help: "How many of the latest changes.")
    var events = 5

    func run() async throws {
        let (alerts, time, _) = try options.alerts()
        AlertOverviewText(try await alerts.overview(eventCount: max(0, events)), time: time).print(
            all: all, eventCount: events)
    }
}

struct AcknowledgeAlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Says that you know: firing alerts of a rule remind no more.",
        discussion: """
            EXAMPLE
              sverka alerts ack new-findings --label entity=order

            You will be told when it is over.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var labels: LabelOptions

    @Argument(help: "The rule.")
    var rule: String

    func run() async throws {
        let meant = try await options.alerts().alerts.acknowledge(rule, labels: labels.labels())
        guard !meant.isEmpty else {
            print("nothing fires by '\(rule)'; 'sverka alerts' shows what does")
            throw ExitCode(1)
        }
        for state in meant { print("acknowledged: \(state.rule) \(state.key)") }
    }
}

struct SilenceAlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Tells nothing of some alerts for a time.",
        discussion: """
            EXAMPLES
              sverka alerts silence integration-errors-hour --for 8h --comment "1C is updated"
              sverka alerts silence '*' --for 30m
              sverka alerts silence --end 3
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var labels: LabelOptions

    @Argument(help: "The rule; '*' for all.")
    var rule: String?

    @Option(name: .customLong("for"), help: "For how long: 30m, 8h, 2d; 30 days at most.")
    var duration: String?

    @Option(name: .long, help: "Why.")
    var comment = ""

    @Option(name: .long, help: "Ends the silence of this number.")
    var end: Int64?

    func run() async throws {
        let (alerts, time, _) = try options.alerts()
        if let end {
            guard try await alerts.endSilence(end) else {
                print("no silence \(end) is in force")
                throw ExitCode(1)
            }
            return print("silence \(end) is over")
        }
        guard let rule, let duration else {
            throw ValidationError("name a rule and --for how long, or --end a silence")
        }
        let silence = try await alerts.silence(
            rule, labels: labels.labels(), for: Self.parsed(duration),
            person: NSUserName(), comment: comment)
        print("silence \(silence.id) until \(time.text(silence.until))")
    }

    private static func parsed(_ text: String) throws -> Duration {
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            number > 0, number <= 30 * 86_400 / unit
        else { throw ValidationError("--for takes 30m, 8h or 2d, 30 days at most") }
        return .seconds(number * unit)
    }
}

struct TestAlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Shows what a rule sees now, and what it would tell.",
        discussion: """
            EXAMPLE
              sverka alerts test integration-errors-hour --language en

            Nothing is stored and nobody is told.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The rule.")
    var rule: String

    @Option(name: .long, help: "The language of the message: ru or en.")
    var language: String?

    func run() async throws {
        let (alerts, time, _) = try options.alerts()
        if let language, !["ru", "en"].contains(language) {
            throw ValidationError("--language is 'ru' or 'en'")
        }
        AlertTrialText(try await alerts.test(rule, language: language), time: time).print()
    }
}

struct BacktestAlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Replays history: when would a rule have fired?",
        discussion: """
            EXAMPLE
              sverka alerts backtest integration-errors-hour --since 2026-01-01

            Each period is judged by what was known at its end. Nothing is stored and nobody is told.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The rule.")
    var rule: String

    @Option(name: .long, help: "From this day on, YYYY-MM-DD.")
    var since: String

    func run() async throws {
        let (alerts, time, configuration) = try options.alerts()
        let day = try FindingsCommand.day(since, in: configuration.company.timeZone)
        let result = try await alerts.backtest(rule, since: day)
        BacktestText(try alerts.rule(rule), result, time: time).print()
    }
}
