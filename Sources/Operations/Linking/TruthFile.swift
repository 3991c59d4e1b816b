internal import FileSource
public import Foundation
public import Records

/// Pairs that are known to be the same thing: the first two columns of a delimited file.
public struct TruthFile: Sendable {
    /// The pairs.
    public let pairs: [(left: RecordID, right: RecordID)]

    /// Reads a file with a header.
    ///
    /// - Throws: `FileError` when it cannot be read; ``ConfigurationError`` when it is JSON, or has no
    ///   two columns.
    public init(_ file: URL) throws {
        try DelimitedFile.check(file, holds: "true pairs")
        let table = try TableSample(file)
        guard table.headers.count >= 2 else {
            throw ConfigurationError(
                "\(file.lastPathComponent) has one column; true pairs are a left id and a right id")
        }
        pairs = table.rows.map { row in
            (
                RecordID(row[0].trimmingCharacters(in: .whitespaces)),
                RecordID(row[1].trimmingCharacters(in: .whitespaces))
            )
        }
    }
}
