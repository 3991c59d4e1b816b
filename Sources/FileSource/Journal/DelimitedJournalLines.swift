internal import Records

/// The rows of a journal that is delimited text.
///
/// A row is a line, or several where a quoted cell has line ends. A quote that is never closed costs
/// its own line only.
struct DelimitedJournalLines: JournalLines {
    private(set) var headByteCount = 0

    private let file: String
    private let delimiter: UInt8
    private let isAtRest: Bool
    private var columns: [JournalColumn?] = []
    private var parser: DelimitedParser
    private var entries: JournalEntryReader
    private var cells = JournalCells()

    /// No cell of a journal has more line ends than this.
    private static let mostLinesOfRow = 100

    /// - Parameters:
    ///   - file: The file's name, for errors.
    ///   - head: The first bytes of the file, with the headers.
    ///   - known: What headers mean.
    ///   - settings: How cells are understood.
    ///   - isAtRest: Whether a last row without its line end is whole.
    /// - Throws: ``FileError`` when the file has no column that tells when something happened.
    init(
        file: String, head: [UInt8], columns known: JournalColumns, settings: JournalSettings,
        isAtRest: Bool
    ) throws(FileError) {
        self.file = file
        self.isAtRest = isAtRest
        let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard !head.starts(with: [0xFF, 0xFE]), !head.starts(with: [0xFE, 0xFF]) else {
            throw FileError(
                file: file, message: "the journal is UTF-16; write it as UTF-8 or windows-1251")
        }
        delimiter = DelimiterSniffer.delimiter(of: head[mark...])
        parser = DelimitedParser(delimiter: delimiter, file: file)
        entries = JournalEntryReader(settings)
        // A header that is not written to its end yet is there the next time.
        guard let end = head[mark...].firstIndex(of: 0x0A) else { return }
        var headers: [String] = []
        do {
            try parser.feed(head[mark...end]) { row in
                headers = (0..<row.count).map { Self.text(row[$0]) }
            }
        } catch let error as FileError {
            throw error
        } catch { return }
        columns = headers.map { known[$0] }
        headByteCount = end + 1
        guard columns.contains(.time) else {
            throw FileError(
                file: file, line: 1,
                message: "none of the columns \(headers.joined(separator: ", ")) tells the time; "
                    + "add its header to the field 'timestamp' of templates/entities/operation.yaml"
            )
        }
    }

    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into batch: inout JournalBatch
    ) -> Int {
        guard !columns.isEmpty else { return 0 }
        var start = 0
        while start < bytes.count {
            switch row(bytes, from: start, isLast: isLast, into: &batch) {
            case .taken(let end): start = end
            case .unfinished: return start
            }
        }
        return start
    }

    private enum Step {
        case taken(end: Int)
        case unfinished
    }

    private enum Line {
        case row, blank, open, broken
    }

    /// Takes one row, which may be several lines.
    private mutating func row(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool,
        into batch: inout JournalBatch
    ) -> Step {
        parser = DelimitedParser(delimiter: delimiter, file: file)
        var (at, firstEnd, lineCount) = (start, 0, 0)
        while lineCount < Self.mostLinesOfRow {
            guard let end = lineEnd(bytes, from: at, isLast: isLast) else { return .unfinished }
            if lineCount == 0 { firstEnd = end }
            if end - start > JournalSettings.longestLineByteCount {
                batch.lineCount += 1
                batch.refuse(lineCount == 0 ? .tooLong : .unreadable)
                return .taken(end: firstEnd)
            }
            lineCount += 1
            let line = feed(UnsafeBufferPointer(rebasing: bytes[at..<end]), into: &batch)
            switch line {
            case .row, .blank: return .taken(end: end)
            // Somebody may be writing the rest of the row.
            case .open where end < bytes.count || !isLast || !isAtRest: at = end
            case .open, .broken:
                batch.lineCount += 1
                batch.refuse(.unreadable)
                return .taken(end: firstEnd)
            }
        }
        batch.lineCount += 1
        batch.refuse(.unreadable)
        return .taken(end: firstEnd)
    }

    /// The byte after a line's end; `nil` when it has none yet.
    private func lineEnd(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
    ) -> Int? {
        if let end = bytes[start...].firstIndex(of: 0x0A) { return end + 1 }
        let isTooLong = bytes.count - start > JournalSettings.longestLineByteCount
        return isLast && isAtRest || isTooLong ? bytes.count : nil
    }

    private mutating func feed(
        _ line: UnsafeBufferPointer<UInt8>, into batch: inout JournalBatch
    ) -> Line {
        var found = Line.open
        var row: DelimitedRow?
        do {
            try parser.feed(Array(line)[...]) { row = $0 }
            if line.last != 0x0A { try parser.feed([0x0A]) { row = $0 } }
            if row == nil, line.allSatisfy({ $0 <= 0x20 }), parser.isBetweenRows { found = .blank }
        } catch {
            return .broken
        }
        guard let row else { return found }
        batch.lineCount += 1
        add(row, to: &batch)
        return .row
    }

    private mutating func add(_ row: DelimitedRow, to batch: inout JournalBatch) {
        // A row of one cell under many headers is something else that was written into the file.
        guard row.count > 1 || columns.count == 1 else { return batch.refuse(.unreadable) }
        cells.clear()
        for (index, column) in columns.prefix(row.count).enumerated() {
            guard let column else { continue }
            cells[column] = .text(Self.text(row[index]))
        }
        switch entries.entry(cells, in: UnsafeBufferPointer(start: nil, count: 0)) {
        case .success(let entry): batch.entries.append(entry)
        case .failure(let left): batch.refuse(left.reason)
        }
    }

    /// A cell's text, in UTF-8 or, where it is none, in windows-1251: a program that was changed
    /// goes on in the same file.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let (text, _, isBroken) = TextEncoding.utf8.decode(bytes)
        return isBroken ? TextEncoding.windows1251.decode(bytes).text : text
    }
}
