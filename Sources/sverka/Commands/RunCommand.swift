import ArgumentParser
import Foundation
import Operations
import Records

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Executes a job now.",
        discussion: """
            EXAMPLES
              sverka run nightly
              sverka run journal
              sverka run alerts
            """,
        subcommands: [NightlyCommand.self, JournalCommand.self, RunAlertsCommand.self])
}

struct NightlyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly",
        abstract: "Reads both systems, compares them, writes the report and sends the mail.",
        discussion: """
            EXAMPLES
              sverka run nightly
              sverka run nightly --entity counterparty
              sverka run nightly --as-of 2026-11-01
              sverka run nightly --accept-drop

            A run that was interrupted is gone on with. --as-of compares the snapshots that were
            current at the end of that day, writes a report, and changes nothing.
            Exit code 3: done, but a source could not be read whole; the report says which.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "Check only this entity; may be repeated.")
    var entity: [String] = []

    @Option(name: .long, help: "Compare as of the end of a day, YYYY-MM-DD, from stored snapshots.")
    var asOf: String?

    @Flag(
        name: .long,
        help: "Believe a source that lost most of its records, or is empty: it is right this time.")
    var acceptDrop = false

    func run() async throws {
        let configuration = try options.read()
        let day = try asOf.map { text in
            guard let day = CalendarDate(text), day.description == text else {
                throw ValidationError("--as-of takes a day as YYYY-MM-DD, not '\(text)'")
            }
            return day
        }
        let audit = NightlyAudit(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: TerminalProgress(), acceptsDrop: acceptDrop)
        let names = entity.isEmpty ? nil : entity.map { EntityName($0) }
        let outcome =
            if let day { try await audit.run(entities: names, asOf: day) } else {
                try await audit.run(entities: names)
            }
        OutcomeText(outcome).print()
        if outcome.exitCode != 0 { throw outcome }
    }
}

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Reads on in the integration's journal, and evaluates alerts.",
        discussion: """
            EXAMPLE
              sverka run journal

            Files are read on where they were left; no line is read twice. Of a journal that 1C or the
            portal keeps, what is new is taken over. Lines that cannot be read are counted and left
            out. Exit code 3: done, but a file or the system could not be read.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.read()
        let outcome = try await JournalIngest(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: TerminalProgress()
        ).run()
        print("run \(outcome.run.rawValue)")
        let files = configuration.journal?.kind == .files ? " of \(outcome.fileCount) files" : ""
        print("\(outcome.entryCount) operations\(files)")
        for (reason, count) in outcome.refused.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            print("left out, \(reason.rawValue): \(count)")
        }
        for message in outcome.incomplete { print("INCOMPLETE: \(message)") }
        if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
}

struct RunAlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Evaluates all alerts, and writes what is to be told into the outbox.",
        discussion: """
            EXAMPLE
              sverka run alerts

            The reading of the journal and the night do it too. Run by a timer beside 'sverka serve'
            it tells also when that has died.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.read()
        let outcome = try await AlertJob(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: TerminalProgress()
        ).run()
        print(
            "\(outcome.ruleCount) rules: \(outcome.firingCount) alerts firing, "
                + "\(outcome.firedCount) began, \(outcome.resolvedCount) over; "
                + "\(outcome.messageCount) messages"
                + (outcome.messagesLeft.map { ", \($0) left this week" }
                    ?? "; nobody subscribed to alerts"))
    }
}
