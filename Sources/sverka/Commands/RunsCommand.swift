import ArgumentParser
import Foundation
import Operations
import Records
import Storage

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists runs, or shows one with its stages and snapshots.",
        discussion: """
            EXAMPLES
              sverka runs
              sverka runs --job nightly --limit 60
              sverka runs --job "report sync-report"
              sverka runs show 58
            """,
        subcommands: [ListRunsCommand.self, ShowRunCommand.self],
        defaultSubcommand: ListRunsCommand.self)
}

struct ListRunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the latest runs.",
        discussion: "EXAMPLE\n  sverka runs list --job nightly --limit 5")

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "How many at most.")
    var limit = 20

    @Option(name: .long, help: "Runs of this job only: nightly, journal, alerts, 'report NAME'.")
    var job: String?

    func run() async throws {
        let configuration = try options.read()
        let runs = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).runs(job: job, limit: limit)
        guard !runs.isEmpty else {
            return print(
                job.map { "no runs of the job '\($0)'; 'sverka runs' lists those of all jobs" }
                    ?? "no runs yet; 'sverka run nightly' makes one")
        }
        var table = TextTable(["RUN", "JOB", "STATE", "STARTED", "SECONDS", "ERROR"])
        for run in runs {
            let seconds = run.finishedAt.map { String(Int($0.timeIntervalSince(run.startedAt))) }
            table.add([
                String(run.id.rawValue), run.job, run.state.rawValue,
                LocalTime(configuration).text(run.startedAt), seconds ?? "", run.error ?? "",
            ])
        }
        for line in table.lines { print(line) }
    }
}

struct ShowRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one run with its stages and snapshots.",
        discussion: """
            EXAMPLE
              sverka runs show 58
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The run's number.")
    var number: Int64

    func run() async throws {
        let configuration = try options.read()
        let time = LocalTime(configuration)
        let (run, snapshots) = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).run(RunID(number))
        print("run \(run.id.rawValue) (\(run.job)): \(run.state.rawValue)")
        print("started \(time.text(run.startedAt)) by Sverka \(run.engine) on \(run.holder)")
        if let resumed = run.resumedAt { print("gone on with \(time.text(resumed))") }
        if let finished = run.finishedAt { print("ended \(time.text(finished))") }
        if let models = run.modelVersion { print("models: \(models)") }
        if let error = run.error { print("error: \(error)") }
        var stages = TextTable(["STAGE", "STATE", "SECONDS", "COUNTS"])
        for stage in run.stages {
            let seconds = stage.finishedAt.map {
                String(format: "%.1f", $0.timeIntervalSince(stage.startedAt))
            }
            let counts = stage.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            stages.add([
                stage.name, stage.state.rawValue, seconds ?? "",
                stage.error ?? counts.joined(separator: ", "),
            ])
        }
        print("")
        for line in stages.lines { print(line) }
        for snapshot in snapshots {
            print("")
            CertificateText(snapshot, time: time).print()
        }
    }
}
