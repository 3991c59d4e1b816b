import Foundation
import RecordLinkage
import Records

/// What speaks for and against a pair.
struct ExplanationText {
    private let explanation: LinkageExplanation

    init(_ explanation: LinkageExplanation) { self.explanation = explanation }

    /// Prints it on standard error below a title.
    func print(title: String) {
        StandardError.say((["", title] + lines.map { "  " + $0 }).joined(separator: "\n"))
    }

    /// The table of comparisons, whose bits sum to the evidence, and what follows from it.
    var lines: [String] {
        var table = TextTable(["COMPARISON", "LEVEL", "LEFT", "RIGHT", "BITS", "OF IT RARITY"])
        for evidence in explanation.evidence {
            table.add([
                evidence.comparison, evidence.level, evidence.leftValue, evidence.rightValue,
                String(format: "%+.1f", evidence.weightBits),
                String(format: "%+.1f", evidence.rarityBits),
            ])
        }
        if explanation.relativesBits < -0.05 {
            table.add([
                "relatives", "share it too", "", "",
                String(format: "%+.1f", explanation.relativesBits), "",
            ])
        }
        var last = String(
            format: "evidence %+.1f, prior %+.1f, rivals %+.1f bits, probability %.6f",
            explanation.weightBits, explanation.priorBits, explanation.rivalBits,
            explanation.probability)
        if let decided = explanation.decidedBy {
            last += "; decided by \(decided.kind.rawValue) \(decided.detail)"
        } else if explanation.isDistinct {
            last += "; kept apart by keys or a person"
        }
        while last.last == " " { last.removeLast() }
        return table.lines + [last]
    }
}
