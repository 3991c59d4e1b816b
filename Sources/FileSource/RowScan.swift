internal import Foundation

/// Counts rows by the bytes of a text alone: the second count, beside that of reading.
///
/// Of cells it knows where a quoted one begins and ends, since line ends within are of no row.
struct RowScan {
    /// What parts rows.
    enum Form {
        /// Delimited text, with this delimiter; empty lines are none.
        case delimited(UInt8)
        /// A line each; blank lines are none.
        case lines
    }

    /// How many rows have ended.
    private(set) var count = 0
    private let form: Form
    /// Whether the row that has begun is one.
    private var isRow = false
    private var mayQuote = true
    private var isQuoted = false
    /// Whether the byte before was a quote within a quoted cell, its end unless another one follows.
    private var isClosing = false

    init(_ form: Form) { self.form = form }

    /// Takes the next bytes.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        switch form {
        case .lines:
            for byte in bytes where byte > UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
                if byte == UInt8(ascii: "\n") { endRow() } else { isRow = true }
            }
        case .delimited(let delimiter): for byte in bytes { take(byte, delimiter) }
        }
    }

    /// Ends the text.
    mutating func finish() { endRow() }

    private mutating func take(_ byte: UInt8, _ delimiter: UInt8) {
        if isQuoted {
            if byte == UInt8(ascii: "\"") { return isClosing.toggle() }
            guard isClosing else { return }
            (isQuoted, isClosing) = (false, false)
        }
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            endRow()
            mayQuote = true
        case UInt8(ascii: "\"") where mayQuote: (isQuoted, isRow, mayQuote) = (true, true, false)
        default: (isRow, mayQuote) = (true, byte == delimiter)
        }
    }

    private mutating func endRow() {
        if isRow { count += 1 }
        isRow = false
    }
}

extension RecordFile {
    /// Counts the rows of the file, without its header, by its bytes.
    ///
    /// Between two pieces others get their turn: a file of gigabytes would keep a thread of the pool.
    ///
    /// - Throws: ``FileError`` when it cannot be read; `CancellationError`.
    func scannedRowCount() async throws -> Int {
        let name = url.lastPathComponent
        let isJSONLines = ExportName.isJSONLines(name)
        var chunks = try FileChunks(url)
        guard let first = try chunks.next() else { return 0 }
        // An encoding's mark and the delimiter are told as reading tells them.
        let format = isJSONLines ? nil : try DelimitedFormat(first, options: options, file: name)
        var scan = RowScan(format.map { RowScan.Form.delimited($0.delimiter) } ?? .lines)
        let hasMark = first.starts(with: [0xEF, 0xBB, 0xBF])
        scan.take(first.dropFirst(hasMark ? 3 : 0))
        while let chunk = try chunks.next() {
            await Task.yield()
            try Task.checkCancellation()
            scan.take(chunk[...])
        }
        scan.finish()
        return isJSONLines ? scan.count : max(0, scan.count - 1)
    }
}
