import ArgumentParser
import Foundation
import Operations
import Storage

struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Shows when jobs ran last and when they are due next.",
        discussion: """
            EXAMPLE
              sverka schedule
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.read()
        guard !configuration.schedule.isEmpty else {
            return print("nothing is scheduled; see 'sverka serve --help'")
        }
        let time = LocalTime(configuration)
        let status = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).status()
        var table = TextTable(["JOB", "SCHEDULE", "LAST RUN", "STATE", "NEXT"])
        for job in status.jobs {
            table.add([
                job.entry.job, job.entry.cron.description,
                job.lastRun.map { time.text($0.startedAt) } ?? "never",
                job.lastRun?.state.rawValue ?? "", job.next.map(time.text) ?? "never",
            ])
        }
        for line in table.lines { print(line) }
    }
}
