import Foundation
import Operations
import Records

/// Pairs that a person should look at, as a file or on the terminal.
struct ReviewList {
    private let pairs: [ReviewPair]

    init(_ pairs: [ReviewPair]) { self.pairs = pairs }

    /// Prints a line for each; nothing when there are none.
    func printTable() {
        guard !pairs.isEmpty else { return }
        var table = TextTable(["DOUBT", "PROBABILITY", "LEFT", "RIGHT", "REASON"])
        for pair in pairs {
            table.add([
                pair.doubt.rawValue, String(format: "%.3f", pair.probability), pair.left.rawValue,
                pair.right.rawValue, "\(pair.reason.kind.rawValue): \(pair.reason.detail)",
            ])
        }
        for line in table.lines { print(line) }
    }

    /// Writes `left_id,right_id,probability,weight,doubt`.
    func write(to path: String) throws {
        var file = ResultFile(path)
        file.add("left_id,right_id,probability,weight,doubt")
        for pair in pairs {
            file.add(
                CSVRow([
                    pair.left.rawValue, pair.right.rawValue,
                    String(format: "%.6f", pair.probability),
                    String(format: "%.2f", pair.weightBits), pair.doubt.rawValue,
                ]).text)
        }
        try file.write()
    }
}
