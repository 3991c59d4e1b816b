import ArgumentParser
import Operations
import Records
import Storage

struct SnapshotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "Lists what was read and when, or shows the certificate of one reading.",
        discussion: """
            EXAMPLES
              sverka snapshots
              sverka snapshots --source bitrix24 --entity counterparty
              sverka snapshots show 12
            """,
        subcommands: [ListSnapshotsCommand.self, ShowSnapshotCommand.self],
        defaultSubcommand: ListSnapshotsCommand.self)
}

struct ListSnapshotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the latest snapshots.",
        discussion: "EXAMPLE\n  sverka snapshots list --source 1c --entity counterparty")

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "Of this source only.")
    var source: String?

    @Option(name: .long, help: "Of this entity only.")
    var entity: String?

    @Option(name: .long, help: "How many at most.")
    var limit = 20

    func run() async throws {
        let configuration = try options.read()
        let time = LocalTime(configuration)
        let snapshots = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).snapshots(
            source: source.map { SourceName($0) }, entity: entity.map { EntityName($0) },
            limit: limit)
        guard !snapshots.isEmpty else {
            return print("no snapshots yet; 'sverka run nightly' takes them")
        }
        var table = TextTable([
            "NO", "RUN", "SOURCE", "ENTITY", "TAKEN", "RECORDS", "ADDED", "CHANGED", "REMOVED",
            "CERTIFIED",
        ])
        for snapshot in snapshots {
            table.add([
                String(snapshot.id.rawValue), String(snapshot.run.rawValue),
                snapshot.source.rawValue, snapshot.entity.rawValue, time.text(snapshot.takenAt),
                String(snapshot.recordCount), String(snapshot.addedCount),
                String(snapshot.changedCount), String(snapshot.removedCount),
                snapshot.isCertified ? "yes" : "NO",
            ])
        }
        for line in table.lines { print(line) }
    }
}

struct ShowSnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows the certificate of one snapshot.",
        discussion: """
            EXAMPLE
              sverka snapshots show 12
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The snapshot's number.")
    var number: Int64

    func run() async throws {
        let configuration = try options.read()
        let snapshot = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).snapshot(SnapshotID(number))
        CertificateText(snapshot, time: LocalTime(configuration)).print()
    }
}
