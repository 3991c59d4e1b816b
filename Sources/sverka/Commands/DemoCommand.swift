import ArgumentParser
import Foundation
import Operations
import Records
import Sandbox

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Audits a sandbox of its own and says what was planted and what was found.",
        discussion: """
            EXAMPLE
              sverka demo --size 5000 --output demo-output

            Starts both sandbox systems, a private database in the output folder, runs one nightly
            audit and ends. Run it again: nothing has changed, so nothing is written.
            """)

    @Option(name: .long, help: SandboxSize.help)
    var size = 2000

    @Option(name: .long, help: "The same seed and size give the same companies.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Where the report, the mail and the private database go.")
    var output = "demo-output"

    @Option(name: .long, help: "Language of the report: ru or en.")
    var language = "ru"

    func validate() throws {
        try SandboxSize.check(size)
        guard ["ru", "en"].contains(language) else {
            throw ValidationError("--language is ru or en")
        }
    }

    func run() async throws {
        let folder = URL(filePath: output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let progress = TerminalProgress()
        var options = SandboxOptions(world: WorldOptions(size: size, seed: seed))
        options.portal.requestsPerSecond = nil
        // The configuration that keeps all of what a trading company has.
        options.infobase.configuration = .ut11
        let sandbox = Sandbox(options)
        let addresses = try await sandbox.start()
        let file = folder.appending(path: "sverka.yaml")
        // One world, one database: another size or seed is another company.
        let yaml = SandboxConfiguration(
            addresses, infobase: options.infobase.configuration, dataFolder: "data-\(size)-\(seed)",
            language: language, plantedErrors: "planted-errors.jsonl",
            hasRateLimit: false
        ).yaml
        try Data(yaml.utf8).write(to: file)
        try Data(sandbox.world.truthFile.utf8)
            .write(to: folder.appending(path: "planted-errors.jsonl"))
        let configuration = try ConfigurationFile.read(file)
        let outcome: JobOutcome
        do {
            outcome = try await NightlyAudit(
                configuration, resources: ResourceFolders(overrides: nil), progress: progress
            ).run()
            await sandbox.stop()
        } catch {
            await sandbox.stop()
            throw error
        }
        try summarise(outcome, world: sandbox.world, configuration: file)
        if outcome.exitCode != 0 { throw outcome }
    }

    private func summarise(
        _ outcome: JobOutcome, world: World, configuration: URL
    ) throws {
        // Of entities that this run did not compare, nothing could be found.
        let compared = Set(outcome.entities.map(\.entity))
        let comparison = try PlantedErrorComparison(
            planted: PlantedErrorFile.errors(in: world.truthFile)
                .filter { compared.contains($0.entity) },
            findings: outcome.entities.flatMap(\.findings))
        print("\nCompared")
        for entity in outcome.entities {
            let written = (entity.writtenCounts[.left] ?? 0) + (entity.writtenCounts[.right] ?? 0)
            print(
                "  \(entity.entity): \(entity.recordCounts[.left] ?? 0) records of 1C with "
                    + "\(entity.recordCounts[.right] ?? 0) of Bitrix24, \(entity.linkCount) pairs, "
                    + "\(written) record rows written")
        }
        print("\nFound of what was planted")
        for line in FoundTable(comparison, entities: outcome.entities.map(\.entity)).lines {
            print("  \(line)")
        }
        print("  total: \(comparison.found) of \(comparison.planted)")
        print("  ordinary dirt, reported as well: \(comparison.tolerated) findings")
        let beyond = comparison.beyond.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print(
            "  beyond all that: \(comparison.beyondCount)"
                + (beyond.isEmpty ? "" : " (\(beyond.joined(separator: ", ")))"))
        print("\nFiles")
        for file in outcome.files { print("  \(file.path)") }
        print("\nLook further: sverka findings --config \(configuration.path)")
    }
}
