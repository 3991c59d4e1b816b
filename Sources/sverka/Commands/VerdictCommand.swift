import ArgumentParser
import Foundation
import Operations
import Records
import Storage

struct VerdictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdict",
        abstract: "Decides for good: two records are or are not the same; a finding may stay.",
        discussion: """
            EXAMPLES
              sverka verdict same 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka verdict different 002bb978-ff83-114c-8b78-a89be3cb010c 299 --comment "a branch"
              sverka verdict undecided 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka verdict different 299 300 --side right --comment "two branches"
              sverka verdict accept 1207 --comment "agreed with the customer"
              sverka verdict list

            No run overrides a verdict; only another one about the same pair or finding does. The next
            run follows it, with what it implies: the same as A, and A differs from B, is not B.
            With --side both records are of that side: duplicates of each other, or not.
            """,
        subcommands: [
            SameCommand.self, DifferentCommand.self, UndecidedCommand.self, AcceptCommand.self,
            ReopenCommand.self, ListVerdictsCommand.self,
        ], defaultSubcommand: ListVerdictsCommand.self)
}

/// Who decides, and why.
struct DecisionOptions: ParsableArguments {
    @Option(name: .long, help: "Who decides (default: the user of this machine).")
    var by: String?

    @Option(name: .long, help: "Why, for those who ask later.")
    var comment = ""

    var person: String { by ?? NSUserName() }
}

/// A pair of records.
struct PairOptions: ParsableArguments {
    @Argument(help: "The id of the left record, as a rule 1C's; with --side, of one record of it.")
    var leftRecord: String

    @Argument(
        help: "The id of the right record, as a rule Bitrix24's; with --side, of another of it.")
    var rightRecord: String

    @OptionGroup var oneSide: SideOption

    @Option(name: .long, help: "What the records are.")
    var entity = "counterparty"

    func decide(
        _ areSame: Bool?, _ decision: DecisionOptions, _ options: ConfigurationOption
    ) async throws {
        try await options.verdicts().decide(
            EntityName(entity), about: pair, areSame: areSame, person: decision.person,
            comment: decision.comment)
        let outcome =
            switch areSame {
            case true?: "are the same"
            case false?: "are not the same"
            case nil: "are undecided again"
            }
        let whose = pair.side.map { " of the \($0.rawValue) side" } ?? ""
        print("\(leftRecord) and \(rightRecord)\(whose) \(outcome); the next run follows")
    }

    private var pair: RecordPair {
        let (one, other) = (RecordID(leftRecord), RecordID(rightRecord))
        guard let side = oneSide.value else { return RecordPair(left: one, right: other) }
        return RecordPair(of: side, one, other)
    }
}

extension ConfigurationOption {
    fileprivate func verdicts() throws -> Verdicts {
        let configuration = try read()
        return Verdicts(
            configuration, resources: ResourceFolders(overrides: configuration.overrides))
    }
}

struct SameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "same", abstract: "Two records are the same thing.",
        discussion: """
            EXAMPLES
              sverka verdict same 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka verdict same 299 300 --side right
            """)

    @OptionGroup var pair: PairOptions
    @OptionGroup var decision: DecisionOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await pair.decide(true, decision, options) }
}

struct DifferentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "different", abstract: "Two records are not the same thing.",
        discussion: """
            EXAMPLES
              sverka verdict different 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka verdict different 299 300 --side right
            """)

    @OptionGroup var pair: PairOptions
    @OptionGroup var decision: DecisionOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await pair.decide(false, decision, options) }
}

struct UndecidedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undecided", abstract: "Takes back what was decided about two records.",
        discussion: """
            EXAMPLES
              sverka verdict undecided 002bb978-ff83-114c-8b78-a89be3cb010c 299
              sverka verdict undecided 299 300 --side right
            """)

    @OptionGroup var pair: PairOptions
    @OptionGroup var decision: DecisionOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await pair.decide(nil, decision, options) }
}

struct AcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "A finding may stay: it is no longer counted as open.",
        discussion: "EXAMPLE\n  sverka verdict accept 1207 --comment \"agreed with the customer\"")

    @Argument(help: "The finding's number, as 'sverka findings' and the workbook show it.")
    var number: Int64

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let finding = try await options.verdicts().accept(
            finding: number, isAccepted: true, person: decision.person, comment: decision.comment)
        print("finding \(number) (\(finding.finding.kind.rawValue)) is accepted")
    }
}

struct ReopenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "A finding that was accepted is open again.",
        discussion: "EXAMPLE\n  sverka verdict reopen 1207")

    @Argument(help: "The finding's number.")
    var number: Int64

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let finding = try await options.verdicts().accept(
            finding: number, isAccepted: false, person: decision.person, comment: decision.comment)
        print("finding \(number) (\(finding.finding.kind.rawValue)) is open again")
    }
}

struct ListVerdictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The verdicts that were given, the latest first.",
        discussion: "EXAMPLE\n  sverka verdict list --entity counterparty --limit 20")

    @Option(name: .long, help: "Only of this entity.")
    var entity: String?

    @Option(name: .long, help: "How many at most.")
    var limit = 100

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let time = LocalTime(try options.read())
        let verdicts = try await options.verdicts().list(
            entity.map { EntityName($0) }, limit: limit)
        guard !verdicts.isEmpty else {
            return print("nobody has decided anything yet; see 'sverka verdict --help'")
        }
        var table = TextTable(["NO", "TIME", "ENTITY", "VERDICT", "OF", "BY", "COMMENT"])
        for verdict in verdicts {
            let subject =
                switch verdict.subject {
                case .pair(let pair):
                    "\(pair.first) = \(pair.second)"
                        + (pair.side.map { ", both \($0.rawValue)" } ?? "")
                case .finding(let number): "finding \(number)"
                }
            table.add([
                String(verdict.id), time.text(verdict.at), verdict.entity.rawValue,
                verdict.decision.rawValue, subject, verdict.person, verdict.comment,
            ])
        }
        for line in table.lines { print(line) }
    }
}
