/// Finds the cells of one line of CSV in a part of a file (RFC 4180).
///
/// A quote opens a cell only at its beginning; elsewhere it is a character like any other, as in
/// `ООО "Ромашка"` written without quoting.
struct CSVRowScanner {
    let delimiter: UInt8

    /// A cell: where it stands, and whether quotes inside it are doubled.
    struct Cell: Equatable {
        var range: Range<Int>
        var hasDoubledQuotes = false
    }

    /// What was found.
    enum Found: Equatable {
        /// A row: its cells, where the next begins, and how many line ends it holds.
        case row([Cell], next: Int, lines: Int)
        /// The part ends before the row does.
        case incomplete
    }

    /// What is wrong with a row, and how many lines below its first.
    enum Fault: Error, Equatable {
        /// Text follows the quote that closes a cell.
        case textAfterQuote(line: Int)
        /// The file ends inside quotes that were opened here.
        case unclosedQuote(line: Int)
    }

    /// Finds the row that begins at a byte.
    ///
    /// - Parameters:
    ///   - bytes: A part of the file.
    ///   - start: Where the row begins.
    ///   - isLast: Whether nothing follows the part.
    func row(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
    ) throws(Fault) -> Found {
        var cells: [Cell] = []
        var (position, lines) = (start, 0)
        while true {
            var cell: Cell
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                let opened = lines
                guard let quoted = Self.quoted(bytes, from: position + 1, lines: &lines) else {
                    if isLast { throw .unclosedQuote(line: opened) }
                    return .incomplete
                }
                cell = quoted
                position = quoted.range.upperBound + 1
                while position < bytes.count, bytes[position] == 0x20 { position += 1 }
                if position < bytes.count, !isEnd(bytes[position]) {
                    throw .textAfterQuote(line: lines)
                }
            } else {
                let begin = position
                while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
                cell = Cell(range: begin..<position)
            }
            guard position < bytes.count else {
                guard isLast else { return .incomplete }
                cells.append(cell)
                return .row(cells, next: position, lines: lines)
            }
            cells.append(cell)
            if bytes[position] == delimiter {
                position += 1
                continue
            }
            // CR LF is one line end; whether LF follows must be seen before the row is given.
            if bytes[position] == 0x0D {
                guard position + 1 < bytes.count || isLast else { return .incomplete }
                if position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
            }
            return .row(cells, next: position + 1, lines: lines + 1)
        }
    }

    @inline(__always)
    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == 0x0A || byte == 0x0D
    }

    /// The inside of quotes; `nil` when they are not closed in this part.
    private static func quoted(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, lines: inout Int
    ) -> Cell? {
        var (position, hasDoubledQuotes) = (start, false)
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else {
                    return Cell(range: start..<position, hasDoubledQuotes: hasDoubledQuotes)
                }
                hasDoubledQuotes = true
                position += 1
            } else if bytes[position] == 0x0A {
                lines += 1
            }
            position += 1
        }
        return nil
    }
}
