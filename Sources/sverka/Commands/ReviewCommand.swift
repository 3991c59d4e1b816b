import ArgumentParser
import Foundation
import Operations
import Records

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Lists the pairs that a person should look at, as of the last night.",
        discussion: """
            EXAMPLES
              sverka review
              sverka review --entity contact --doubt tied
              sverka review --out review.csv

            unsure: a link that is not sure enough to stand unseen.
            tied: a link that another one would replace at no loss.
            just_missed: no link, though they are much alike; one of them is linked
            with another record instead, or not quite enough speaks for it.

            'sverka why LEFT RIGHT' says what speaks for and against a pair,
            'sverka verdict same LEFT RIGHT' decides about it: from the next night
            on it is no longer listed.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "What the records are.")
    var entity = "counterparty"

    @Option(name: .long, help: "Only of this doubt: \(ReviewCommand.knownDoubts).")
    var doubt: [String] = []

    @Option(name: .long, help: "Write them to this file, as 'sverka link --review' does.")
    var out: String?

    private static var knownDoubts: String {
        ReviewPair.Doubt.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func run() async throws {
        let doubts = try doubt.map { text in
            guard let doubt = ReviewPair.Doubt(rawValue: text) else {
                throw ValidationError("--doubt is one of: \(Self.knownDoubts)")
            }
            return doubt
        }
        try ResultFile.checkPlace(out, option: "--out")
        let configuration = try options.read()
        let pairs = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).pairsForReview(EntityName(entity))
            .filter { doubts.isEmpty || doubts.contains($0.doubt) }
        let list = ReviewList(pairs)
        if let out { try list.write(to: out) } else { list.printTable() }
        StandardError.say("\(pairs.count) pairs for review")
    }
}
