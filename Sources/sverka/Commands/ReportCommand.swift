import ArgumentParser
import Foundation
import Operations
import Records

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes one report from what is stored; 'sverka reports' lists them.",
        discussion: """
            EXAMPLES
              sverka report sync-report
              sverka report sync-report --period 2026-10 --format pdf --out october.pdf
              sverka report monthly-management --period 2026-10 --send
              sverka report nightly-audit --run 58 --out audit.xlsx
              sverka report sync-errors --period 2026-11-01..2026-11-15 --set top=50

            A period is a month 2026-10, a week 2026-W48, a day 2026-11-25, or days
            2026-10-01..2026-10-15; without one it is the last that is over. As csv a report of
            several tables is a folder with a file for each. PDF is printed by LibreOffice when it
            is installed. With --send those who subscribed get what the report's definition
            attaches, each in their language; with --out too, the file is written besides. When a
            query fails or numbers that must agree do not, there is no file, and nothing is sent.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The report's name.")
    var name: String

    @Option(name: .long, help: "The period: 2026-10, 2026-W48, 2026-11-25, DAY..DAY.")
    var period: String?

    @Option(name: .customLong("run"), help: "The run's number, of reports on one run.")
    var runNumber: Int64?

    @Option(name: .long, help: "How it is written: xlsx, html, csv, pdf.")
    var format = "xlsx"

    @Option(name: .long, help: "The language: ru, en (default: the company's).")
    var language: String?

    @Option(name: .long, help: "The file (default: in the data folder, below reports).")
    var out: String?

    @Option(name: .long, help: "A parameter of the report with its value, NAME=VALUE.")
    var set: [String] = []

    @Flag(name: .long, help: "Send it to those who subscribed to it.")
    var send = false

    func run() async throws {
        let configuration = try options.read()
        let job = ReportJob(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: TerminalProgress())
        let order = try ReportJob.Order(
            name, period: period, run: runNumber.map { RunID($0) }, language: language,
            format: format, parameters: parameters(), file: out.map { URL(filePath: $0) })
        if !send || out != nil { try await write(order, job) }
        guard send else { return }
        let sent = try await job.send(order)
        print(Self.sentence(of: sent))
        for remark in sent.remarks { print("note: \(remark)") }
    }

    private static func sentence(of sent: ReportJob.Sent) -> String {
        guard sent.messageCount == 0 else {
            let known = sent.knownCount == 0 ? "" : ", \(sent.knownCount) were there before"
            return "\(sent.messageCount) messages on their way\(known); 'sverka outbox' shows them"
        }
        guard sent.knownCount > 0 else { return "nothing to send" }
        return "nothing new to send: all who get it have it for this period, or soon will "
            + "(\(sent.knownCount) messages; 'sverka outbox list --state sent' shows them)"
    }

    private func write(_ order: ReportJob.Order, _ job: ReportJob) async throws {
        let files = try await job.make(order)
        guard files.count > 1 else { return files.forEach { print($0.path) } }
        print(
            "\(name) has \(files.count) tables; each is a file of the folder "
                + files[0].deletingLastPathComponent().path)
        for file in files { print("  \(file.lastPathComponent)") }
    }

    private func parameters() throws -> [String: String] {
        var parameters: [String: String] = [:]
        for text in set {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--set takes NAME=VALUE, not '\(text)'")
            }
            parameters[String(parts[0])] = String(parts[1])
        }
        return parameters
    }
}
