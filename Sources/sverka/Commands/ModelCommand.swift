import ArgumentParser
import Foundation
import Operations
import RecordLinkage
import Records

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Shows what a model weighs, and what another would decide differently.",
        discussion: """
            EXAMPLES
              sverka link --left a.csv --right b.csv --entity counterparty --save-model old.json
              sverka model show old.json
              sverka model compare old.json new.json --left a.csv --right b.csv \\
                --entity counterparty --out changed.csv

            A model is trained and written by 'sverka link --save-model' and used again by --model.
            """, subcommands: [ModelShowCommand.self, ModelCompareCommand.self])
}

struct ModelShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the weights of a model.",
        discussion: """
            EXAMPLE
              sverka model show my.json
            """)

    @Argument(help: "The model.")
    var file: String

    func run() throws {
        let model = try ModelFile(reading: ResultFile.existing(file, option: "the model"))
        print(ModelText(model).lines.joined(separator: "\n"))
    }
}

struct ModelCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Links two files by two models and lists the pairs that change side.",
        discussion: """
            EXAMPLE
              sverka model compare old.json new.json --left a.csv --right b.csv \\
                --entity counterparty --out changed.csv

            The result has one row for every pair that only one of the models links: left_id,
            right_id, change (gained or lost by the second), probability by the first, by the second.
            """)

    @Argument(help: "The first model.")
    var first: String

    @Argument(help: "The second model.")
    var second: String

    @Option(name: .long, help: "The one file: CSV or JSON Lines.")
    var left: String

    @Option(name: .long, help: "The other file.")
    var right: String

    @Option(name: .long, help: "An entity's name, or a YAML file that defines one.")
    var entity: String?

    @Option(name: .long, help: "Where to write the pairs (default: standard output).")
    var out: String?

    @Option(name: .long, help: "Header of the id column of the left file.")
    var leftID: String?

    @Option(name: .long, help: "Header of the id column of the right file.")
    var rightID: String?

    @OptionGroup var files: FileOptions

    func run() async throws {
        try ResultFile.checkPlace(out, option: "--out")
        let tables = try TablePair(
            left: left, right: right, leftID: leftID, rightID: rightID, entity: entity,
            files: files)
        let old = try await tables.linking(model: first).link(
            left: tables.left, right: tables.right)
        let new = try await tables.linking(model: second).link(
            left: tables.left, right: tables.right)
        let comparison = ModelComparison(
            (old.result, old.explainer), (new.result, new.explainer))
        var file = ResultFile(out)
        file.add("left_id,right_id,change,probability_first,probability_second")
        for pair in comparison.changed {
            file.add(
                CSVRow([
                    pair.left.rawValue, pair.right.rawValue, pair.isGained ? "gained" : "lost",
                    String(format: "%.6f", pair.before), String(format: "%.6f", pair.after),
                ]).text)
        }
        try file.write()
        let summary =
            "\(comparison.kept) links stay, \(comparison.changed.count { $0.isGained }) are gained, "
            + "\(comparison.changed.count { !$0.isGained }) are lost by \(second)"
        StandardError.say(summary)
    }
}
