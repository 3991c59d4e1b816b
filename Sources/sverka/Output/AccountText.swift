import Foundation
import RecordLinkage
import Records

/// Everything about a pair, for a terminal.
struct AccountText {
    private let account: PairAccount
    private let left: RecordID
    private let right: RecordID
    private let things: ThingText

    init(_ account: PairAccount, left: RecordID, right: RecordID, things: [Int64?]) {
        (self.account, self.left, self.right) = (account, left, right)
        self.things = ThingText([left, right], things)
    }

    /// Prints it, the sentences first.
    func print(sentences: [String]) {
        var lines = sentences + ["", "EVIDENCE"]
        lines += ExplanationText(account.explanation).lines.map { "  " + $0 }
        lines += ["", "SEARCH RULES"] + blocking.map { "  " + $0 }
        lines += ["", "OUTCOME"] + outcome.map { "  " + $0 }
        Swift.print(lines.joined(separator: "\n"))
    }

    private var blocking: [String] {
        let width = account.blocking.map(\.rule.count).max() ?? 0
        return account.blocking.map { trace in
            let finding =
                switch trace.finding {
                case .nothing: "nothing in common"
                case .shared(let records): "brings them together: \(records) records share a key"
                case .tooFrequent(let records, let limit):
                    "in common, but \(records) records share it, more than the \(limit) allowed"
                }
            return TextTable.padded(trace.rule, width) + "  " + finding
        }
    }

    private var outcome: [String] {
        var lines = [decision]
        for (id, rivals) in [
            (left, account.counterpartsOfFirst), (right, account.counterpartsOfSecond),
        ] {
            for rival in rivals.prefix(5) {
                lines.append(
                    "\(id) is linked with \(rival.id): "
                        + String(
                            format: "evidence %+.1f bits, probability %.6f", rival.weightBits,
                            rival.probability))
            }
            if rivals.count > 5 { lines.append("\(id): \(rivals.count - 5) more") }
        }
        if !account.equallyGood.isEmpty {
            let ids = account.equallyGood.prefix(5).map(\.rawValue).joined(separator: ", ")
            lines.append("as good as a whole: \(left) with \(ids)")
        }
        return lines + things.lines
    }

    private var decision: String {
        let compared = account.isCandidate ? "compared" : "not compared"
        let became =
            switch account.outcome {
            case .assigned(isTied: true): "linked, though another choice is as good"
            case .assigned: "linked"
            case .followed: "linked through duplicates"
            case .refusedByPerson(isImplied: true): "apart, by what people decided about others"
            case .refusedByPerson: "apart, by a person's verdict"
            case .refusedByKeys: "apart, by keys"
            case .tooWeak: "apart, the evidence is too weak"
            case .neverCompared: "apart, as no rule found the pair"
            case .lost: "apart, as others fit better as a whole"
            }
        return "\(compared); \(became)"
    }
}
