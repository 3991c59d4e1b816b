internal import FileSource
public import Foundation
public import RecordLinkage
public import Records

/// What people decided about pairs: the first three columns of a delimited file are two ids and
/// `same` or `different`.
public struct VerdictsFile: Sendable {
    /// In the order of the file; of two about one pair the later one counts.
    public let pairs: [KnownPair]

    /// Reads a file with a header; empty rows are left out.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - secondSide: The side of the second id: the left as the first one's, where duplicates of one
    ///     source are looked for.
    /// - Throws: `FileError` when it cannot be read; ``ConfigurationError`` when it is JSON, has
    ///   fewer columns, or says something else of a pair.
    public init(_ file: URL, secondSide: Side = .right) throws {
        let name = file.lastPathComponent
        try DelimitedFile.check(file, holds: "verdicts")
        let table = try TableSample(file)
        guard table.headers.count >= 3 else {
            throw ConfigurationError(
                "\(name) has too few columns; verdicts are two ids and 'same' or 'different'")
        }
        var pairs: [KnownPair] = []
        for (place, row) in table.rows.enumerated() {
            let cells = row.prefix(3).map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            let word = cells[2].lowercased()
            guard word == "same" || word == "different" else {
                throw ConfigurationError(
                    "\(name), row \(place + 1) below the header: the third column says neither "
                        + "'same' nor 'different'")
            }
            pairs.append(
                KnownPair(
                    .left, RecordID(cells[0]), secondSide, RecordID(cells[1]),
                    isSame: word == "same"))
        }
        self.pairs = pairs
    }
}
