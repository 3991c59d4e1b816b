import ArgumentParser
import FileSource
import Foundation
import Operations
import RecordLinkage
import Records
import Synchronization

struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Finds which rows of two files are the same thing. Needs no database.",
        discussion: """
            EXAMPLES
              sverka link --left 1c.csv --right bitrix24.csv --entity counterparty --out links.csv
              sverka link --left a.csv --right b.csv --entity person.yaml --one-to-one --explain
              sverka link --left a.csv --right b.csv --save-entity my.yaml --out links.csv
              sverka link --left a.csv --right b.csv --entity my.yaml --save-model my.json
              sverka link --left c.csv --right d.csv --entity my.yaml --model my.json
              sverka link --left a.csv --right b.csv --review review.csv --truth pairs.csv
              sverka link --left a.csv --right b.csv --entity my.yaml --memory my.memory
              sverka link --left a.csv --right b.csv --entity my.yaml --verdicts decided.csv

            Columns are recognised by their headers, which the entity file names; without --entity by
            header and content, which standard error then tells. The result has one row for every
            pair that is the same thing, duplicates included: left_id, right_id, probability, weight
            (bits), reason. --review writes what a person should look at: links that are not sure
            enough (unsure), that another would replace at no loss (tied), and pairs that just missed
            (just_missed). --memory keeps what the next run needs to match only what changed since, by
            the same model; what fits no more is made anew. --verdicts takes what people decided, which
            nothing overrides: a left id, a right id, and 'same' or 'different'. --truth measures the
            result against pairs that are known: precision, recall, how far probabilities can be
            believed, and what each blocking rule finds.
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

    @Option(name: .long, help: "Least probability of a link, above 0 and below 1.")
    var threshold = 0.5

    @Option(name: .long, help: "A model written by --save-model, instead of learning one.")
    var model: String?

    @Option(name: .long, help: "Where to write the model.")
    var saveModel: String?

    @Option(name: .long, help: "Where to write the pairs that a person should look at.")
    var review: String?

    @Option(name: .long, help: "A file that keeps what is needed to match only what changed.")
    var memory: String?

    @Option(name: .long, help: "A file of true pairs, left id and right id, to measure against.")
    var truth: String?

    @Option(name: .long, help: "Header of the id column of the left file.")
    var leftID: String?

    @Option(name: .long, help: "Header of the id column of the right file.")
    var rightID: String?

    @OptionGroup var verdicts: VerdictOption

    @OptionGroup var files: FileOptions

    func validate() throws {
        guard threshold > 0, threshold < 1 else {
            throw ValidationError("--threshold is a number above 0 and below 1")
        }
        guard memory == nil || (model == nil && saveModel == nil && truth == nil && !explain) else {
            throw ValidationError(
                "--memory has a model of its own and explains nothing: leave out --model, "
                    + "--save-model, --truth and --explain")
        }
        guard entity == nil || saveEntity == nil else {
            throw ValidationError("--save-entity is for tables without --entity")
        }
    }

    func run() async throws {
        for (path, option) in [
            (out, "--out"), (saveEntity, "--save-entity"), (saveModel, "--save-model"),
            (review, "--review"),
        ] { try ResultFile.checkPlace(path, option: option) }
        let truePairs = try truth.map { try TruthFile(ResultFile.existing($0, option: "--truth")) }
        let known = try verdicts.read()
        let tables = try TablePair(
            left: left, right: right, leftID: leftID, rightID: rightID, entity: entity,
            files: files)
        if let saveEntity { try tables.saveEntity(to: URL(filePath: saveEntity)) }
        var options = LinkageOptions()
        options.threshold = threshold
        options.isOneToOne = oneToOne
        if let memory {
            let result = try await tables.linking(model: nil).link(
                left: tables.left, right: tables.right, known: known, options: options,
                memory: URL(filePath: memory))
            try Task.checkCancellation()
            try writeLinks(result)
            if let review { try ReviewList(result.review).write(to: review) }
            return
        }
        Signals.endsAtOnce = true
        let linked = try await tables.linking(model: model).link(
            left: tables.left, right: tables.right, known: known, options: options,
            savesModel: saveModel != nil)
        Signals.endsAtOnce = false
        try write(linked)
        if let saveModel { try linked.modelFile?.write(to: URL(filePath: saveModel)) }
        if let review { try ReviewList(linked.result.review).write(to: review) }
        if let truePairs {
            EvaluationText(linked.explainer.evaluate(linked.result, truth: truePairs.pairs)).print()
        }
        Self.kept.withLock { $0 = linked }
    }

    /// Keeps the result to the end of the process, which follows: millions of texts are not given
    /// back one by one just before the system takes all memory back at once.
    private static let kept = Mutex<FileLinking.Linked?>(nil)

    /// - Returns: What was written.
    @discardableResult
    private func writeLinks(_ result: LinkageResult) throws -> LinkList {
        let links =
            oneToOne ? LinkList(result.links.filter(\.isAssigned)) : result.links
        try ResultFile(out).write { try LinkTable.write(links, to: $0) }
        return links
    }

    private func write(_ linked: FileLinking.Linked) throws {
        let links = try writeLinks(linked.result)
        guard explain else { return }
        for link in links {
            if let explanation = linked.explainer.explain(left: link.left, right: link.right) {
                ExplanationText(explanation).print(title: "\(link.left) = \(link.right)")
            }
        }
    }
}
