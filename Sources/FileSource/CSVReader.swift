internal import Collection
internal import Foundation
internal import Records

/// Reads a CSV file row by row, whatever its size.
struct CSVReader {
    /// One row as text.
    struct Row {
        /// The line on which it begins, from 1.
        var line: Int
        /// The cells as written, quotes undone.
        var cells: [String]
        /// What was mended, by cell.
        var mended: [(cell: Int, kind: ReadingNote.Kind)] = []
    }

    /// A row longer than this is taken for one whose quote was never closed.
    private static let longestRow = 16_777_216

    let encoding: FileOptions.Encoding
    let delimiter: Character
    private let scanner: CSVRowScanner
    private let name: String
    private var chunks: FileChunks
    private var position = 0
    private var line = 1

    /// Bytes read so far.
    var byteCount: Int { chunks.byteCount }

    /// Opens a file and finds out its letters and delimiter.
    init(
        _ url: URL, options: FileOptions, chunkLength: Int = 262_144
    ) throws(CollectionError) {
        name = url.lastPathComponent
        chunks = try FileChunks(url, length: chunkLength)
        try chunks.read(dropping: 0)
        if chunks.buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
            position = 3
        } else if chunks.buffer.starts(with: [0xFF, 0xFE]) || chunks.buffer.starts(with: [0xFE, 0xFF]) {
            throw CollectionError(
                .malformed, "\(name) is written in UTF-16. Save it as CSV in UTF-8.")
        }
        let sample = Array(chunks.buffer[position...])
        encoding = options.encoding ?? (position == 3 ? .utf8 : FileText.encoding(of: sample))
        let given = options.delimiter ?? Self.declaredDelimiter(sample)
        delimiter = given ?? Self.delimiter(of: sample)
        guard let byte = delimiter.asciiValue, ![0x22, 0x0A, 0x0D].contains(byte) else {
            throw CollectionError(
                .misconfigured, "'\(delimiter)' cannot separate cells; use one of , ; | or the tab.")
        }
        scanner = CSVRowScanner(delimiter: byte)
        if options.delimiter == nil, given != nil { _ = try nextScanned() }
    }

    /// The next row that is not empty.
    mutating func next() throws(CollectionError) -> Row? {
        while let row = try nextScanned() {
            if row.cells.count > 1 || !(row.cells.first ?? "").isEmpty { return row }
        }
        return nil
    }

    private mutating func nextScanned() throws(CollectionError) -> Row? {
        while true {
            if position == chunks.buffer.count {
                guard !chunks.isAtEnd else { return nil }
                try readOn()
                continue
            }
            let (start, isLast) = (position, chunks.isAtEnd)
            let found: Result<CSVRowScanner.Found, CSVRowScanner.Fault> =
                chunks.buffer.withUnsafeBufferPointer { bytes in
                    do throws(CSVRowScanner.Fault) {
                        return .success(try scanner.row(in: bytes, from: start, isLast: isLast))
                    } catch {
                        return .failure(error)
                    }
                }
            switch found {
            case .success(.row(let cells, let next, let lines)):
                let row = text(of: cells)
                position = next
                line += lines
                return row
            case .success(.incomplete):
                guard chunks.buffer.count - position < Self.longestRow else {
                    throw broken(at: line, "a quote that opens a cell is not closed")
                }
                try readOn()
            case .failure(.textAfterQuote(let below)):
                throw broken(at: line + below, "text follows the quote that closes a cell")
            case .failure(.unclosedQuote(let below)):
                throw broken(at: line + below, "a quote that opens a cell is not closed")
            }
        }
    }

    private mutating func readOn() throws(CollectionError) {
        try chunks.read(dropping: position)
        position = 0
    }

    private func text(of cells: [CSVRowScanner.Cell]) -> Row {
        var row = Row(line: line, cells: [])
        row.cells.reserveCapacity(cells.count)
        for (number, cell) in cells.enumerated() {
            let raw = chunks.buffer[cell.range]
            let bytes = cell.hasDoubledQuotes ? Self.undoubled(raw) : raw
            let text = FileText.decode(bytes, encoding) { row.mended.append((number, $0)) }
            row.cells.append(text)
        }
        return row
    }

    private static func undoubled(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var wasQuote = false
        for byte in bytes {
            wasQuote = byte == UInt8(ascii: "\"") && !wasQuote
            if !wasQuote || byte != UInt8(ascii: "\"") { kept.append(byte) }
        }
        return kept[...]
    }

    private func broken(at line: Int, _ what: String) -> CollectionError {
        CollectionError(
            .malformed,
            "\(name), line \(line): \(what). Mend the line (inside quotes a quote is written twice) "
                + "or export the file again.")
    }
}

extension CSVReader {
    /// The delimiter that the first line declares, as spreadsheets write it: `sep=;`.
    private static func declaredDelimiter(_ sample: [UInt8]) -> Character? {
        guard sample.count > 5, sample.starts(with: Array("sep=".utf8)),
            sample[5] == 0x0A || sample[5] == 0x0D
        else { return nil }
        return Character(Unicode.Scalar(sample[4]))
    }

    /// The delimiter with which the first rows have most cells and most often as many as the first.
    static func delimiter(of sample: [UInt8]) -> Character {
        var best: (delimiter: Character, score: Double) = (",", 0)
        for candidate in [";", "\t", ",", "|"] as [Character] {
            let counts = cellCounts(sample, CSVRowScanner(delimiter: candidate.asciiValue ?? 0))
            guard let first = counts.first, first > 1 else { continue }
            let alike = Double(counts.count { $0 == first }) / Double(counts.count)
            let score = alike * alike * Double(first)
            if score > best.score { best = (candidate, score) }
        }
        return best.delimiter
    }

    private static func cellCounts(_ sample: [UInt8], _ scanner: CSVRowScanner) -> [Int] {
        sample.withUnsafeBufferPointer { bytes in
            var (counts, position): ([Int], Int) = ([], 0)
            while position < bytes.count, counts.count < 50 {
                let found: CSVRowScanner.Found
                do throws(CSVRowScanner.Fault) {
                    found = try scanner.row(in: bytes, from: position, isLast: false)
                } catch {
                    // With a wrong delimiter cells end in the middle of quotes.
                    return counts + [0]
                }
                guard case .row(let cells, let next, _) = found else { break }
                counts.append(cells.count)
                position = next
            }
            if counts.isEmpty, case .row(let cells, _, _)? = try? scanner.row(
                in: bytes, from: 0, isLast: true)
            {
                counts.append(cells.count)
            }
            return counts
        }
    }
}
