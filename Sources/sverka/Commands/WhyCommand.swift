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
              sverka why 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka why --entity contact 58a8a1b1-6a52-11ec-9d64-00505681a1c3 1204
              sverka why --side right 299 300
              sverka why --left 1c.csv --right bitrix24.csv --entity counterparty L17 204
              sverka why --left a.csv --right b.csv --model my.json A1 B1 --language en

            Without files the last night is asked: the latest snapshots, by the model that was kept.
            For any pair, linked or not: what each field says for and against it, in bits that sum to
            the evidence; which search rules bring the two together; what became of the pair, and who
            is linked instead; and one sentence that sums it up. With --side both records are of that
            side: whether one is the other's duplicate. After a night the number is told that the thing
            keeps from night to night. The table shows values of records: treat it as
            you treat the records.
            """)

    @Argument(help: "The id of the left record; with --side, of one record of it.")
    var leftRecord: String

    @Argument(help: "The id of the right record; with --side, of another one of it.")
    var rightRecord: String

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "An entity's name (default: counterparty); of files, a YAML file.")
    var entity: String?

    @OptionGroup var oneSide: SideOption

    @Option(name: .long, help: "The one file, to ask about files instead of the last night.")
    var left: String?

    @Option(name: .long, help: "The other file.")
    var right: String?

    @Option(name: .long, help: "A model written by 'link --save-model', with files.")
    var model: String?

    @Flag(name: .long, help: "The files were linked with --one-to-one.")
    var oneToOne = false

    @Option(name: .long, help: "Least probability of a link of files, above 0 and below 1.")
    var threshold = 0.5

    @OptionGroup var verdicts: VerdictOption

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
        guard left != nil || (model == nil && verdicts.file == nil && !oneToOne) else {
            throw ValidationError(
                "--model, --verdicts and --one-to-one go with files; the last night has its own")
        }
        guard threshold > 0, threshold < 1 else {
            throw ValidationError("--threshold is a number above 0 and below 1")
        }
        guard oneSide.value == nil || language == nil else {
            throw ValidationError(
                "--language is for the sentence about a pair across the sides: leave out --side")
        }
        if let language, !PairSentence.languages.contains(language) {
            throw ValidationError(
                "--language is one of: \(PairSentence.languages.joined(separator: ", "))")
        }
    }

    func run() async throws {
        let (first, second) = (RecordID(leftRecord), RecordID(rightRecord))
        let side = oneSide.value
        let asked = try await linking([(side ?? .left, first), (side ?? .right, second)])
        if let side { return try explain(first, second, of: side, asked) }
        guard let account = asked.explainer.account(left: first, right: second) else {
            throw ConfigurationError(unknown(first, second, asked.explainer))
        }
        let sentences = try (language.map { [$0] } ?? PairSentence.languages).map { language in
            try PairSentence(
                language: language, entity: asked.entity, resources: asked.resources
            ).text(account, left: first, right: second)
        }
        AccountText(account, left: first, right: second, things: asked.things)
            .print(sentences: sentences)
    }

    private func explain(
        _ first: RecordID, _ second: RecordID, of side: Side, _ asked: Asked
    ) throws {
        guard
            let text = DuplicateText(asked.explainer, side, first, second, things: asked.things)
        else {
            let unknown = [first, second].filter { !asked.explainer.knows($0, on: side) }
            throw ConfigurationError(
                unknown.map { "there is no \(side.rawValue) record \($0)" }
                    .joined(separator: "; "))
        }
        text.print()
    }

    /// What is asked: the last night, or files.
    private struct Asked {
        var entity: EntityDefinition
        var explainer: LinkageExplainer
        var resources: ResourceFolders
        /// The things that the two records belong to, after a night.
        var things: [Int64?] = []
    }

    private func linking(_ records: [(side: Side, id: RecordID)]) async throws -> Asked {
        guard let left, let right else {
            let configuration = try options.read()
            let resources = ResourceFolders(overrides: configuration.overrides)
            // The same entity as that of `sverka verdict`.
            let night = try await StoredLinking(
                configuration, resources: resources, progress: TerminalProgress()
            ).explainer(of: entity ?? "counterparty", things: records)
            return Asked(
                entity: night.entity, explainer: night.explainer, resources: resources,
                things: night.things)
        }
        Signals.endsAtOnce = true
        let known = try verdicts.read()
        let tables = try TablePair(
            left: left, right: right, leftID: leftID, rightID: rightID, entity: entity,
            files: files)
        var options = LinkageOptions()
        options.threshold = threshold
        options.isOneToOne = oneToOne
        let linked = try await tables.linking(model: model).link(
            left: tables.left, right: tables.right, known: known, options: options)
        return Asked(
            entity: tables.entity, explainer: linked.explainer,
            resources: ResourceFolders(overrides: nil))
    }

    private func unknown(
        _ left: RecordID, _ right: RecordID, _ explainer: LinkageExplainer
    ) -> String {
        if explainer.knows(left, on: .right), explainer.knows(right, on: .left) {
            return
                "\(left) is a right record and \(right) a left one; name them the other way round"
        }
        for side in Side.allCases where explainer.knows(left, on: side) {
            guard explainer.knows(right, on: side) else { continue }
            let name = side.rawValue
            return "\(left) and \(right) are both \(name) records: add --side \(name)"
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
