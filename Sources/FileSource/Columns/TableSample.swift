public import Foundation

/// The headers and the first rows of a delimited file, as they are written: for telling what its
/// columns are.
public struct TableSample: Sendable {
    /// The headers, in order.
    public private(set) var headers: [String] = []
    /// The cells of each row, as many as there are headers.
    public private(set) var rows: [[String]] = []

    /// So many rows tell what the columns are.
    public static let enoughRows = 5000

    private let mostRows: Int

    /// Reads the beginning of a file.
    ///
    /// - Parameters:
    ///   - url: A delimited file.
    ///   - options: How it is written.
    ///   - mostRows: The most rows that are read.
    /// - Throws: ``FileError`` when it cannot be read, is empty, or is not delimited text.
    public init(
        _ url: URL, options: RecordFile.Options = RecordFile.Options(),
        mostRows: Int = Self.enoughRows
    ) throws {
        self.mostRows = mostRows
        let file = url.lastPathComponent
        guard !["jsonl", "ndjson", "json"].contains(url.pathExtension.lowercased()) else {
            throw FileError(
                file: file,
                message: "columns are recognised in delimited text only; for JSON Lines name an "
                    + "entity with --entity")
        }
        var chunks = try FileChunks(url)
        var parser: DelimitedParser?
        var encoding = TextEncoding.utf8
        while rows.count < mostRows, let chunk = try chunks.next() {
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
        if rows.count < mostRows { try parser?.finish { take($0, encoding) } }
        guard !headers.isEmpty else { throw FileError(file: file, message: "the file is empty") }
    }

    private mutating func take(_ row: DelimitedRow, _ encoding: TextEncoding) {
        let cells = (0..<row.count).map { encoding.decode(row[$0]).text }
        if headers.isEmpty {
            headers = cells
        } else if rows.count < mostRows {
            rows.append((0..<headers.count).map { $0 < cells.count ? cells[$0] : "" })
        }
    }
}
