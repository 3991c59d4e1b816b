import Foundation
import Operations
import RecordLinkage
import Records

/// Pairs that a person should look at, as a file.
struct ReviewList {
    private let pairs: [ReviewPair]

    init(_ pairs: [ReviewPair]) { self.pairs = pairs }

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
