import Foundation
import Operations
import RecordLinkage
import Records

/// What a model weighs, for a terminal.
struct ModelText {
    private let file: ModelFile

    init(_ file: ModelFile) { self.file = file }

    /// Where it comes from, and a table of its levels.
    var lines: [String] {
        let model = file.model
        let head = [
            "model of \(file.entity), format \(file.format), Sverka \(file.program), "
                + model.origin.rawValue,
            "records \(model.leftRecords) + \(model.rightRecords), fingerprint \(file.data)",
            String(
                format: "prior %.3g across, %.3g left, %.3g right; %d rounds%@", model.prior,
                model.leftPrior, model.rightPrior, model.iterations,
                model.hasConverged ? "" : ", not at rest"),
            "",
        ]
        var table = TextTable(["COMPARISON", "LEVEL", "M", "U", "BITS", "IF NAMES AGREE"])
        for comparison in model.comparisons {
            for (place, level) in comparison.levels.enumerated() {
                let given = comparison.levelsGivenName
                table.add([
                    place == 0 ? comparison.name : "", level.name,
                    String(format: "%.4f", level.m), String(format: "%.2e", level.u),
                    String(format: "%+.1f", level.weightBits),
                    given.isEmpty ? "" : String(format: "%+.1f", given[place].weightBits),
                ])
            }
        }
        return head + table.lines
    }
}
