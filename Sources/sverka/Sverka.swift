import ArgumentParser
import Foundation
import Operations

/// The program: arguments in, exit code out.
@main
struct Sverka: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sverka",
        abstract: "Checks whether 1C and Bitrix24 still say the same. Never writes to either.",
        discussion: """
            EXAMPLES
              sverka demo                        see it work on a sandbox, nothing needed
              sverka link --left 1c.csv --right bitrix24.csv --entity counterparty
              sverka init && sverka check        connect your own systems
              sverka run nightly                 one audit; XLSX and mail in the data folder
              sverka serve                       the same every night

            EXIT CODES
              0  done
              1  the job failed
              2  wrong usage or configuration
              3  done, but a source could not be read whole
              4  another run holds the lock
            """,
        version: ProgramVersion.current,
        subcommands: [
            DemoCommand.self, SandboxCommand.self, InitCommand.self, AuthorizeCommand.self,
            CheckCommand.self,
            RunCommand.self, RunsCommand.self, SnapshotsCommand.self, FindingsCommand.self,
            ReportCommand.self, ReportsCommand.self, AlertsCommand.self,
            ServeCommand.self, ScheduleCommand.self, OutboxCommand.self, LinkCommand.self,
            DedupeCommand.self, ReviewCommand.self, WhyCommand.self, VerdictCommand.self,
            ModelCommand.self,
        ])

    static func main() async {
        let work = Task { try await parseAndRun() }
        let signals = Signals { work.cancel() }
        defer { signals.ignore() }
        do {
            try await work.value
            try StandardOutput.finish()
        } catch {
            Exit.now(for: error)
        }
    }

    private static func parseAndRun() async throws {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
