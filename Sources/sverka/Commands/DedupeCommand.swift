import ArgumentParser
import FileSource
import Foundation
import Operations
import RecordLinkage
import Records

struct DedupeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedupe",
        abstract: "Finds which rows of one file are the same thing. Needs no database.",
        discussion: """
            EXAMPLES
              sverka dedupe --in bitrix24.csv --entity counterparty --out clusters.csv
              sverka dedupe --in bitrix24.csv --entity counterparty --verdicts decided.csv

            The result has one row for every record that is doubled: id, cluster, probability.
            --verdicts takes what people decided, which nothing overrides: two ids of the file, and
            'same' or 'different'.
            """)

    @Option(name: .customLong("in"), help: "The file: CSV or JSON Lines.")
    var input: String

    @Option(name: .long, help: "An entity's name, or a YAML file that defines one.")
    var entity: String?

    @Option(name: .long, help: "Without --entity: where to write what was recognised, for editing.")
    var saveEntity: String?

    @Option(name: .long, help: "Where to write the groups (default: standard output).")
    var out: String?

    @Option(name: .long, help: "Header of the id column.")
    var id: String?

    @OptionGroup var verdicts: VerdictOption

    @OptionGroup var files: FileOptions

    func run() async throws {
        try ResultFile.checkPlace(out, option: "--out")
        try ResultFile.checkPlace(saveEntity, option: "--save-entity")
        let known = try verdicts.read(secondSide: .left)
        let file = try ResultFile.existing(input, option: "--in")
        var input = FileLinking.Input(file, options: try files.recordFileOptions(idColumn: id))
        let definition: EntityDefinition
        if let entity {
            definition = try EntityCatalog(ResourceFolders(overrides: nil)).entity(entity)
        } else {
            let recognition = try TableRecognition(input, progress: TerminalProgress())
            definition = recognition.recognized.definition
            input.options.idHeader = recognition.recognized.idHeaders[0]
            input.options.fieldOfHeader = recognition.recognized.fieldOfHeader[0]
            if let saveEntity { try recognition.save(to: URL(filePath: saveEntity)) }
        }
        let shipped = try ModelCatalog(ResourceFolders(overrides: nil)).shipped(
            for: definition.name)
        Signals.endsAtOnce = true
        let clusters = try await FileLinking(
            entity: definition, fallback: shipped, progress: TerminalProgress()
        ).dedupe(input, known: known)
        Signals.endsAtOnce = false
        var result = ResultFile(out)
        result.add("id,cluster,probability")
        for (number, cluster) in clusters.enumerated() {
            for member in cluster.members {
                result.add(
                    CSVRow([
                        member.id.rawValue, String(number + 1),
                        String(format: "%.6f", member.probability),
                    ]).text)
            }
        }
        try result.write()
    }
}
