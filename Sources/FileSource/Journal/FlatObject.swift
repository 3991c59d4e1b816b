/// Reads a JSON object of plain members in one pass, without a table of tokens.
///
/// Nearly every line of a journal is such an object, and journals have millions of lines. What is
/// not plain (escapes, lists, control characters, anything that may be no JSON) is left to
/// ``JSONDocument``, which alone decides whether a line can be read.
struct FlatObject {
    /// The names of the line before by position: the next line has them again, as a rule.
    private var names: [(bytes: [UInt8], column: JournalColumn?)] = []
    private let columns: JournalColumns

    init(columns: JournalColumns) { self.columns = columns }

    /// Fills the cells.
    ///
    /// - Returns: `false` when the line is not plain; the cells are then as they may be.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>, into cells: inout JournalCells) -> Bool {
        var at = 0
        var position = 0
        skipSpace(line, &at)
        guard at < line.count, line[at] == UInt8(ascii: "{") else { return false }
        at += 1
        skipSpace(line, &at)
        if at < line.count, line[at] == UInt8(ascii: "}") { return ends(line, at + 1) }
        while true {
            guard let name = string(line, &at) else { return false }
            let column = column(line, name, at: position)
            position += 1
            skipSpace(line, &at)
            guard at < line.count, line[at] == UInt8(ascii: ":") else { return false }
            at += 1
            skipSpace(line, &at)
            guard at < line.count else { return false }
            let value: JournalCells.Cell
            if line[at] == UInt8(ascii: "\"") {
                guard let text = string(line, &at) else { return false }
                value = .bytes(start: text.lowerBound, end: text.upperBound)
            } else {
                guard let found = scalar(line, &at) else { return false }
                value = found
            }
            // Of a name that comes twice the last counts, as in JSONValue.
            if let column { cells[column] = value }
            skipSpace(line, &at)
            guard at < line.count else { return false }
            if line[at] == UInt8(ascii: "}") { return ends(line, at + 1) }
            guard line[at] == UInt8(ascii: ",") else { return false }
            at += 1
            skipSpace(line, &at)
        }
    }

    private mutating func column(
        _ line: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, at position: Int
    ) -> JournalColumn? {
        if position < names.count, names[position].bytes.count == name.count,
            names[position].bytes.elementsEqual(line[name])
        {
            return names[position].column
        }
        let bytes = Array(line[name])
        let column = columns[String(decoding: bytes, as: UTF8.self)]
        if position < names.count {
            names[position] = (bytes, column)
        } else if position == names.count {
            names.append((bytes, column))
        }
        return column
    }

    /// The bytes between two quotes, if they stand for themselves.
    private func string(_ line: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Range<Int>? {
        guard at < line.count, line[at] == UInt8(ascii: "\"") else { return nil }
        at += 1
        let start = at
        while at < line.count {
            let byte = line[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return start..<at - 1
            }
            if byte < 0x20 || byte == UInt8(ascii: "\\") { return nil }
            at += 1
        }
        return nil
    }

    /// A number, true or false as its text, null as nothing.
    private func scalar(
        _ line: UnsafeBufferPointer<UInt8>, _ at: inout Int
    ) -> JournalCells.Cell? {
        let start = at
        switch line[at] {
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            while at < line.count, line[at] &- 0x30 < 10 { at += 1 }
            // A fraction or an exponent is no longer plain.
            return at < line.count && (line[at] == 0x2E || line[at] | 0x20 == 0x65)
                ? nil : .bytes(start: start, end: at)
        case UInt8(ascii: "n"): return literal("null", line, &at) ? .absent : nil
        case UInt8(ascii: "t"):
            return literal("true", line, &at) ? .bytes(start: start, end: at) : nil
        case UInt8(ascii: "f"):
            return literal("false", line, &at) ? .bytes(start: start, end: at) : nil
        default: return nil
        }
    }

    private func literal(
        _ text: StaticString, _ line: UnsafeBufferPointer<UInt8>, _ at: inout Int
    ) -> Bool {
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard line[at...].starts(with: expected) else { return false }
        at += expected.count
        return true
    }

    private func ends(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var at = start
        skipSpace(line, &at)
        return at == line.count
    }

    @inline(__always)
    private func skipSpace(_ line: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
        while at < line.count, line[at] == 0x20 || line[at] == 0x09 || line[at] == 0x0D { at += 1 }
    }
}
