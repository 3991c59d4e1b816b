import ArgumentParser
import Foundation
import Operations

struct ReportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports",
        abstract: "Lists the reports and what each answers, or checks one that you wrote.",
        discussion: """
            EXAMPLES
              sverka reports
              sverka reports check /etc/sverka/overrides/reports/our-report
            """,
        subcommands: [ListReportsCommand.self, CheckReportCommand.self],
        defaultSubcommand: ListReportsCommand.self)
}

struct ListReportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the reports.",
        discussion: "EXAMPLE\n  sverka reports list --language en")

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "The language of the questions: ru, en (default: the company's).")
    var language: String?

    func run() async throws {
        // The list of what there is needs no configuration; one adds a company's own reports.
        let configuration = try? options.read()
        let list = ReportList(
            ResourceFolders(overrides: configuration?.overrides),
            of: configuration?.company, language: language)
        for report in list.reports {
            print("\(report.name)  (\(report.period))")
            print("    \(report.question)")
        }
        for problem in list.problems {
            StandardError.say("error: \(problem)")
        }
        if !list.problems.isEmpty { throw ExitCode(2) }
    }
}

struct CheckReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says with line and column what is wrong with a report's files.",
        discussion: """
            EXAMPLE
              sverka reports check overrides/reports/our-report

            Checks the definition, that every word is there in both languages, that the letter's
            templates can be read, and, where a configuration names a database, that it accepts the
            queries. Exit code 2 when something is wrong.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The report's folder.", completion: .directory)
    var folder: String

    func run() async throws {
        // Named, it has to be right; found by chance or not at all, it is only of use.
        let configuration = options.config == nil ? try? options.read() : try options.read()
        let check = ReportCheck(
            configuration, resources: ResourceFolders(overrides: configuration?.overrides))
        let outcome = try await check.check(URL(filePath: folder))
        for problem in outcome.problems { print(problem) }
        for remark in outcome.remarks { print("note: \(remark)") }
        guard outcome.problems.isEmpty else { throw ExitCode(2) }
        print("\(outcome.name): all is well")
    }
}
