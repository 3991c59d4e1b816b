import ArgumentParser
import FileSource
import Foundation
import Operations
import RecordLinkage
import Records

struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Finds which rows of two files are the same thing. Needs no database.",
        discussion: """
            EXAMPLES
              sverka link --left 1c.csv --right bitrix24.csv --entity counterparty --out links.csv
              sverka link --left a.csv --right b.csv --entity person.yaml --one-to-one --explain
              sverka link --left a.csv --right b.csv --save-entity my.yaml --out links.csv

            Columns are recognised by their headers, which the entity file names; without --entity by
            header and content, which standard error then tells. The result has one row for every pair that is the same thing, duplicates included: left_id, right_id,
            probability, weight (bits), reason.
            """)

    @Option(name: .long, help: "The one file: CSV or JSON Lines.")
    var left: String

    @Option(name: .long, help: "The other file.")
    var right: String

    @Option(name: .long, help: "An entity's name, or a YAML file that defines one.")
    var entity: String?

    @Option(name: .long, help: "Without --entity: where to write what was recognised, for editing.")
    var saveEntity: String?

    @Option(name: .long, help: "Where to write the links (default: standard output).")
    var out: String?

    @Flag(name: .long, help: "Keep the best pair of each record only.")
    var oneToOne = false

    @Flag(name: .long, help: "Say on standard error what speaks for and against each pair.")
    var explain = false

    @Option(name: .long, help: "Least probability of a link, 0 to 1.")
    var threshold = 0.5

    @Option(name: .long, help: "Header of the id column of the left file.")
    var leftID: String?

    @Option(name: .long, help: "Header of the id column of the right file.")
    var rightID: String?

    @OptionGroup var files: FileOptions

    func validate() throws {
        guard (0...1).contains(threshold) else {
            throw ValidationError("--threshold is a number from 0 to 1")
        }
        guard entity == nil || saveEntity == nil else {
            throw ValidationError("--save-entity is for tables without --entity")
        }
    }

    func run() async throws {
        let leftFile = try ResultFile.existing(left, option: "--left")
        let rightFile = try ResultFile.existing(right, option: "--right")
        var leftInput = FileLinking.Input(
            leftFile, options: try files.recordFileOptions(idColumn: leftID))
        var rightInput = FileLinking.Input(
            rightFile, options: try files.recordFileOptions(idColumn: rightID))
        let definition: EntityDefinition
        if let entity {
            definition = try EntityCatalog(ResourceFolders(overrides: nil)).entity(entity)
        } else {
            let recognition = try TableRecognition(
                left: leftInput, right: rightInput, progress: TerminalProgress())
            definition = recognition.recognized.definition
            leftInput.options.idHeader = recognition.recognized.idHeaders[0]
            rightInput.options.idHeader = recognition.recognized.idHeaders[1]
            if let saveEntity { try recognition.save(to: URL(filePath: saveEntity)) }
        }
        var options = LinkageOptions()
        options.threshold = threshold
        options.isOneToOne = oneToOne
        let (result, explainer) = try await FileLinking(
            entity: definition, progress: TerminalProgress()
        ).link(
            left: leftInput, right: rightInput, options: options)
        var table = LinkTable()
        for link in result.links where !oneToOne || link.isAssigned {
            table.add(link)
            if explain, let explanation = explainer.explain(left: link.left, right: link.right) {
                ExplanationText(link, explanation).print()
            }
        }
        try ResultFile(out).write(table.bytes)
    }
}
