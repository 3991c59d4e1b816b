/// Splits delimited text (CSV) into rows of cells, fed with chunks of any size.
///
/// Quoting is that of RFC 4180: a quoted cell may hold delimiters, line ends and doubled quotes.
/// A quote inside a cell that does not begin with one is taken as it is, since 1C's exports have
/// such names. Line ends are LF, CRLF or CR. Empty lines are left out.
struct DelimitedParser {
    /// A cell longer than this means that a quote was not closed.
    static let longestCellByteCount = 1 << 20
    /// A row longer than this means that the file is no delimited text.
    static let longestRowByteCount = 16 << 20

    private enum State {
        case cellStart, plain, quoted, quoteInQuoted
    }

    private let delimiter: UInt8
    private let file: String
    private var state = State.cellStart
    private var bytes: [UInt8] = []
    private var cellEnds: [Int] = []
    private var line = 1
    /// How many rows were handed over.
    private var rowCount = 0
    private var rowLine = 1
    private var quoteLine = 1
    private var wasCarriageReturn = false

    init(delimiter: UInt8, file: String) {
        self.delimiter = delimiter
        self.file = file
    }

    /// Takes the next bytes and hands each row that became complete to `body`.
    mutating func feed(
        _ chunk: ArraySlice<UInt8>, row body: (DelimitedRow) throws -> Void
    ) throws {
        try chunk.withUnsafeBufferPointer { try feed($0, row: body) }
    }

    private mutating func feed(
        _ chunk: UnsafeBufferPointer<UInt8>, row body: (DelimitedRow) throws -> Void
    ) throws {
        try feed(chunk, from: 0, stopsAfterRow: false, row: body)
    }

    /// Takes bytes to the end of a row.
    ///
    /// - Parameters:
    ///   - text: Bytes of a text.
    ///   - start: Where a row begins, or what comes before one.
    ///   - isEnd: Whether the text ends with these bytes.
    ///   - body: Takes the row; not called when there is none any more.
    /// - Returns: Where the row ends, its line end included but for the second half of one of two; `nil`
    ///   where it goes on after these bytes.
    /// - Throws: ``FileError``, and what `body` throws.
    mutating func row(
        of text: UnsafeBufferPointer<UInt8>, at start: Int, isEnd: Bool,
        _ body: (DelimitedRow) throws -> Void
    ) throws -> Int? {
        let before = rowCount
        let end = try feed(text, from: start, stopsAfterRow: true, row: body)
        guard rowCount == before else { return end }
        guard isEnd else { return nil }
        try finish(row: body)
        return end
    }

    /// Where the parser stands between two rows.
    struct Position: Sendable {
        fileprivate var line: Int
        fileprivate var wasCarriageReturn: Bool
    }

    var position: Position { Position(line: line, wasCarriageReturn: wasCarriageReturn) }

    /// Forgets the row that was begun, and goes on where it began.
    mutating func restart(at position: Position) {
        bytes.removeAll(keepingCapacity: true)
        cellEnds.removeAll(keepingCapacity: true)
        state = .cellStart
        (line, rowLine) = (position.line, position.line)
        wasCarriageReturn = position.wasCarriageReturn
    }

    /// - Returns: How far it came.
    @discardableResult
    private mutating func feed(
        _ chunk: UnsafeBufferPointer<UInt8>, from start: Int, stopsAfterRow: Bool,
        row body: (DelimitedRow) throws -> Void
    ) throws -> Int {
        var index = start
        let before = rowCount
        while index < chunk.count, !stopsAfterRow || rowCount == before {
            let end = endOfRun(chunk, from: index)
            if end > index {
                try take(run: UnsafeBufferPointer(rebasing: chunk[index..<end]))
                index = end
                continue
            }
            let byte = chunk[index]
            index += 1
            let isSecondOfPair = byte == UInt8(ascii: "\n") && wasCarriageReturn
            wasCarriageReturn = byte == UInt8(ascii: "\r")
            if wasCarriageReturn || (byte == UInt8(ascii: "\n") && !isSecondOfPair) { line += 1 }
            if isSecondOfPair, state != .quoted { continue }
            try take(byte, row: body)
        }
        return index
    }

    /// Where the bytes end that are part of the cell whatever comes after them.
    private func endOfRun(_ chunk: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let stop: UInt8
        switch state {
        case .cellStart where chunk[start] == UInt8(ascii: "\""): return start
        case .cellStart, .plain: stop = delimiter
        case .quoted: stop = UInt8(ascii: "\"")
        case .quoteInQuoted: return start
        }
        var end = start
        while end < chunk.count {
            let byte = chunk[end]
            if byte == stop || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            end += 1
        }
        return end
    }

    private mutating func take(run: UnsafeBufferPointer<UInt8>) throws {
        wasCarriageReturn = false
        bytes.append(contentsOf: run)
        if state == .quoted {
            try checkQuotedCell()
        } else {
            state = .plain
            try checkRow()
        }
    }

    private func checkRow() throws {
        guard bytes.count > Self.longestRowByteCount else { return }
        throw FileError(
            file: file, line: rowLine,
            message: "a row of over 16 MB begins here; this is no delimited text")
    }

    private func checkQuotedCell() throws {
        guard bytes.count - (cellEnds.last ?? 0) > Self.longestCellByteCount else { return }
        throw FileError(
            file: file, line: quoteLine,
            message: "the quoted cell that begins here is over a megabyte long; "
                + "its closing quote seems to be missing")
    }

    /// Ends the text; a last row without a line end is handed over too.
    mutating func finish(row body: (DelimitedRow) throws -> Void) throws {
        if state == .quoted {
            throw FileError(
                file: file, line: quoteLine, message: "a quoted cell begins here and never ends")
        }
        if !isBetweenRows { try endRow(body) }
    }

    /// Whether nothing of a row has come yet.
    var isBetweenRows: Bool { state == .cellStart && bytes.isEmpty && cellEnds.isEmpty }

    private mutating func take(_ byte: UInt8, row body: (DelimitedRow) throws -> Void) throws {
        switch state {
        case .cellStart where byte == UInt8(ascii: "\""):
            state = .quoted
            quoteLine = line
        case .cellStart, .plain:
            switch byte {
            case delimiter: endCell()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): try endRow(body)
            default:
                bytes.append(byte)
                state = .plain
                try checkRow()
            }
        case .quoted:
            if byte == UInt8(ascii: "\"") {
                state = .quoteInQuoted
            } else {
                bytes.append(byte)
                try checkQuotedCell()
            }
        case .quoteInQuoted:
            switch byte {
            case UInt8(ascii: "\""):
                bytes.append(byte)
                state = .quoted
            case delimiter: endCell()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): try endRow(body)
            default:
                throw FileError(
                    file: file, line: quoteLine,
                    message: "the quoted cell that begins here is followed by text"
                        + (line == quoteLine ? "" : " on line \(line)")
                        + "; a quote inside it must be doubled, or its closing quote is missing")
            }
        }
    }

    private mutating func endCell() {
        cellEnds.append(bytes.count)
        state = .cellStart
    }

    private mutating func endRow(_ body: (DelimitedRow) throws -> Void) throws {
        let isEmptyLine = state == .cellStart && cellEnds.isEmpty
        if !isEmptyLine {
            endCell()
            rowCount += 1
            try body(DelimitedRow(bytes: bytes, cellEnds: cellEnds, line: rowLine))
        }
        bytes.removeAll(keepingCapacity: true)
        cellEnds.removeAll(keepingCapacity: true)
        state = .cellStart
        rowLine = line
    }
}

/// One row: the bytes of its cells one after another and where each ends.
struct DelimitedRow {
    let bytes: [UInt8]
    let cellEnds: [Int]
    /// The line on which the row begins, from 1.
    let line: Int

    /// The number of cells.
    var count: Int { cellEnds.count }

    /// The bytes of a cell.
    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    /// Where a cell stands among the bytes.
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : cellEnds[index - 1])..<cellEnds[index]
    }
}
