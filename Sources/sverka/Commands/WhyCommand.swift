import ArgumentParser
import Foundation
import Operations
import RecordLinkage
import Records

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Says why two records are, or are not, held to be the same thing.",
        discussion: """
            EXAMPLES
              sverka why --entity counterparty 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka why --left 1c.csv --right bitrix24.csv --entity counterparty L17 204
              sverka why --left a.csv --right b.csv --model my.json A1 B1 --language en

            Without files the last night is asked: the latest snapshots, by the model that was kept.
            For any pair, linked or not: what each field says for and against it, in bits that sum to
            the evidence; which search rules bring the two together; what became of the pair, and who
            is linked instead; and one sentence that sums it up. The table shows values of records:
            treat it as you treat the records.
            """)

    @Argument(help: "The id of the left record.")
    var leftRecord: String

    @Argument(help: "The id of the right record.")
    var rightRecord: String

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "An entity's name; with files, also a YAML file that defines one.")
    var entity: String?

    @Option(name: .long, help: "The one file, to ask about files instead of the last night.")
    var left: String?

    @Option(name: .long, help: "The other file.")
    var right: String?

    @Option(name: .long, help: "A model written by 'link --save-model', with files.")
    var model: String?

    @Option(name: .long, help: "Least probability of a link of files, above 0 and below 1.")
    var threshold = 0.5

    @Option(name: .long, help: "Header of the id column of the left file.")
    var leftID: String?

    @Option(name: .long, help: "Header of the id column of the right file.")
    var rightID: String?

    @Option(name: .long, help: "The language of the sentence: ru or en (default: both).")
    var language: String?

    @OptionGroup var files: FileOptions

    func validate() throws {
        guard (left == nil) == (right == nil) else {
            throw ValidationError("--left and --right go together")
        }
        guard left != nil || entity != nil else {
            throw ValidationError("--entity says what the records are, for example counterparty")
        }
        guard left != nil || model == nil else {
            throw ValidationError("--model goes with files; the last night has its own")
        }
        guard threshold > 0, threshold < 1 else {
            throw ValidationError("--threshold is a number above 0 and below 1")
        }
        if let language, !PairSentence.languages.contains(language) {
            throw ValidationError(
                "--language is one of: \(PairSentence.languages.joined(separator: ", "))")
        }
    }

    func run() async throws {
        let (definition, explainer, resources) = try await linking()
        let (first, second) = (RecordID(leftRecord), RecordID(rightRecord))
        guard let account = explainer.account(left: first, right: second) else {
            throw ConfigurationError(unknown(first, second, explainer))
        }
        let sentences = try (language.map { [$0] } ?? PairSentence.languages).map { language in
            try PairSentence(language: language, entity: definition, resources: resources)
                .text(account, left: first, right: second)
        }
        AccountText(account, left: first, right: second).print(sentences: sentences)
    }

    private func linking() async throws -> (EntityDefinition, LinkageExplainer, ResourceFolders) {
        guard let left, let right else {
            let configuration = try options.read()
            let resources = ResourceFolders(overrides: configuration.overrides)
            let (definition, explainer) = try await StoredLinking(
                configuration, resources: resources, progress: TerminalProgress()
            ).explainer(of: entity ?? "")
            return (definition, explainer, resources)
        }
        let tables = try TablePair(
            left: left, right: right, leftID: leftID, rightID: rightID, entity: entity,
            files: files)
        var options = LinkageOptions()
        options.threshold = threshold
        let linked = try await tables.linking(model: model).link(
            left: tables.left, right: tables.right, options: options)
        return (tables.entity, linked.explainer, ResourceFolders(overrides: nil))
    }

    private func unknown(
        _ left: RecordID, _ right: RecordID, _ explainer: LinkageExplainer
    ) -> String {
        if explainer.knows(left, on: .right), explainer.knows(right, on: .left) {
            return
                "\(left) is a right record and \(right) a left one; name them the other way round"
        }
        let (isLeft, isRight) = (
            explainer.knows(left, on: .left), explainer.knows(right, on: .right)
        )
        let parts = [
            isLeft ? nil : "there is no left record \(left)",
            isRight ? nil : "there is no right record \(right)",
        ].compactMap { $0 }
        return parts.joined(separator: "; ")
    }
}
