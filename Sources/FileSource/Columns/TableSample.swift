public import Foundation
internal import Records

/// The headers and some rows of a delimited file, as they are written: for telling what its columns
/// are.
public struct TableSample: Sendable {
    /// The headers, in order.
    public private(set) var headers: [String] = []
    /// The cells of each row, as many as there are headers.
    public private(set) var rows: [[String]] = []
    /// How many rows the file has.
    public private(set) var rowCount = 0

    /// Which rows are kept.
    public enum Choice: Sendable {
        /// All, in order.
        case all
        /// So many at most, by a hash of what they say and in its order: the same ones in whatever order
        /// they stand, and of all parts of the file.
        case spread(Int)

        var isAll: Bool { if case .all = self { true } else { false } }
    }

    private static let mostBytes = 1000

    private let choice: Choice
    /// The hashes of the rows that are kept, and the least one that is not.
    private var hashes: [UInt64] = []
    private var limit = UInt64.max
    private var kept: Set<UInt64> = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - url: A delimited file.
    ///   - options: How it is written.
    ///   - choice: Which rows are kept.
    /// - Throws: ``FileError`` when it cannot be read, is empty, or is not delimited text.
    public init(
        _ url: URL, options: RecordFile.Options = RecordFile.Options(), choice: Choice = .all
    ) throws {
        self.choice = choice
        let file = url.lastPathComponent
        guard !["jsonl", "ndjson", "json"].contains(url.pathExtension.lowercased()) else {
            throw FileError(
                file: file,
                message: "columns are recognised in delimited text only; for JSON Lines name an "
                    + "entity with --entity")
        }
        var chunks = try FileChunks(url, chunkByteCount: 1 << 20)
        var parser: DelimitedParser?
        var encoding = TextEncoding.utf8
        while let chunk = try chunks.next() {
            var bytes = chunk[...]
            var current: DelimitedParser
            if let parser {
                current = parser
            } else {
                let format = try DelimitedFormat(bytes, options: options, file: file)
                bytes = bytes.dropFirst(format.start)
                encoding = format.encoding
                current = DelimitedParser(delimiter: format.delimiter, file: file)
            }
            try current.feed(bytes) { take($0, encoding) }
            parser = current
        }
        try parser?.finish { take($0, encoding) }
        if case .spread(let most) = choice { keepLowest(most) }
        guard !headers.isEmpty else { throw FileError(file: file, message: "the file is empty") }
    }

    private mutating func take(_ row: DelimitedRow, _ encoding: TextEncoding) {
        guard !headers.isEmpty else {
            headers = (0..<row.count).map { encoding.decode(row[$0]).text }
            return
        }
        rowCount += 1
        func cells() -> [String] {
            (0..<headers.count).map { column in
                guard column < row.count else { return "" }
                // Of a sample long texts are not read to their end.
                let bytes = row[column]
                return encoding.decode(choice.isAll ? bytes : bytes.prefix(Self.mostBytes)).text
            }
        }
        guard case .spread(let most) = choice else { return rows.append(cells()) }
        // Nothing is told by a row without a value, or by the same one again, of which there may be many.
        guard !row.bytes.isEmpty else { return }
        let hash = row.bytes.withUnsafeBufferPointer(TextHash.of)
        guard hash < limit, kept.insert(hash).inserted else { return }
        rows.append(cells())
        hashes.append(hash)
        // Twice as many as wanted, so that they are seldom sorted.
        if hashes.count > 2 * most { keepLowest(most) }
    }

    /// Keeps the rows of the lowest hashes, in their order.
    private mutating func keepLowest(_ most: Int) {
        let order = hashes.indices.sorted { hashes[$0] < hashes[$1] }.prefix(most)
        (rows, hashes) = (order.map { rows[$0] }, order.map { hashes[$0] })
        kept = Set(hashes)
        if order.count == most { limit = hashes.last ?? limit }
    }
}
