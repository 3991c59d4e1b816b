import Foundation
import RecordLinkage

/// How good a run was against known pairs, on standard error.
struct EvaluationText {
    private let evaluation: LinkageEvaluation

    init(_ evaluation: LinkageEvaluation) { self.evaluation = evaluation }

    func print() {
        StandardError.say(lines.joined(separator: "\n"))
    }

    private var lines: [String] {
        let links = evaluation.links
        var lines = [
            "",
            String(
                format:
                    "links: precision %.4f, recall %.4f, F1 %.4f (%d right of %d, %d true pairs)",
                links.precision, evaluation.recall, evaluation.f1, links.right, links.count,
                evaluation.truePairs),
        ]
        lines += table(zones) + [""]
        lines.append(
            String(
                format: "blocking: %.4f of the true pairs were compared (%d of %d)",
                Double(evaluation.comparedPairs) / Double(max(1, evaluation.truePairs)),
                evaluation.comparedPairs, evaluation.truePairs))
        lines += table(rules) + [""]
        lines.append(
            String(
                format: "reliability of compared pairs: %.4f is the mean error of a probability",
                evaluation.calibrationError))
        return lines + table(reliability)
    }

    private func table(_ table: TextTable) -> [String] { table.lines.map { "  " + $0 } }

    private var zones: TextTable {
        var table = TextTable(["ZONE", "PAIRS", "RIGHT", "SHARE"])
        for (name, share) in [
            ("match", evaluation.matchZone), ("review", evaluation.reviewZone),
            ("just missed", evaluation.justMissed),
        ] {
            table.add([
                name, String(share.count), String(share.right),
                String(format: "%.4f", share.precision),
            ])
        }
        return table
    }

    private var rules: TextTable {
        var table = TextTable(["RULE", "RECALL", "LOST TO LIMIT", "NO OTHER RULE"])
        let all = Double(max(1, evaluation.truePairs))
        for rule in evaluation.rules {
            table.add([
                rule.rule, String(format: "%.4f", Double(rule.found) / all),
                String(format: "%.4f", Double(rule.sharing - rule.found) / all),
                String(rule.alone),
            ])
        }
        return table
    }

    private var reliability: TextTable {
        var table = TextTable(["PROBABILITY", "PAIRS", "PROMISED", "TRUE"])
        for bin in evaluation.reliability where bin.pairs.count > 0 {
            table.add([
                String(format: "%.3f to %.3f", bin.from, bin.to), String(bin.pairs.count),
                String(format: "%.4f", bin.promised / Double(bin.pairs.count)),
                String(format: "%.4f", bin.pairs.precision),
            ])
        }
        return table
    }
}
