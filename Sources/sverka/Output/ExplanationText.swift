import Foundation
import RecordLinkage
import Records

/// What speaks for and against a pair, on standard error.
struct ExplanationText {
    private let link: Link
    private let explanation: LinkageExplanation

    init(_ link: Link, _ explanation: LinkageExplanation) {
        self.link = link
        self.explanation = explanation
    }

    func print() {
        var table = TextTable(["COMPARISON", "LEVEL", "LEFT", "RIGHT", "BITS", "OF IT RARITY"])
        for evidence in explanation.evidence {
            table.add([
                evidence.comparison, evidence.level, evidence.leftValue, evidence.rightValue,
                String(format: "%+.1f", evidence.weightBits),
                String(format: "%+.1f", evidence.rarityBits),
            ])
        }
        var text = "\n\(link.left) = \(link.right)\n"
        for line in table.lines { text += "  \(line)\n" }
        text += String(
            format: "  evidence %+.1f, prior %+.1f bits, probability %.6f", explanation.weightBits,
            explanation.priorBits, explanation.probability)
        if let decided = explanation.decidedBy {
            text += "; decided by \(decided.kind.rawValue) \(decided.detail)"
        }
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
