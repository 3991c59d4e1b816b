/// One row of CSV as RFC 4180 has it.
public struct CSVRow {
    /// The row without a line end.
    public let text: String

    /// Quotes the cells that need it.
    ///
    /// - Parameters:
    ///   - cells: The texts of the cells.
    ///   - isForSpreadsheet: Whether a cell that a spreadsheet would take for a formula gets an
    ///     apostrophe before it.
    public init(_ cells: [String], isForSpreadsheet: Bool = false) {
        text = cells.map { cell in
            var cell = cell
            if isForSpreadsheet, let first = cell.unicodeScalars.first,
                // A tab or a line break before them does not keep a spreadsheet from it.
                "=+-@\t\r\n".unicodeScalars.contains(first)
            {
                cell = "'" + cell
            }
            return Self.holdsSpecial(cell.utf8) ? Self.quoted(cell) : cell
        }.joined(separator: ",")
    }

    /// Whether a cell holds a delimiter, a quote or a line end of any kind.
    @inline(__always)
    private static func holdsSpecial(_ cell: some Sequence<UInt8>) -> Bool {
        var (last, beforeLast) = (UInt8(0), UInt8(0))
        for byte in cell {
            switch byte {
            case 0x22, 0x2C, 0x3B, 0x0A...0x0D: return true
            // U+0085, U+2028 and U+2029.
            case 0x85 where last == 0xC2: return true
            case 0xA8, 0xA9: if last == 0x80, beforeLast == 0xE2 { return true }
            default: break
            }
            (beforeLast, last) = (last, byte)
        }
        return false
    }

    /// Whether a cell holds one of these, for many bytes.
    ///
    /// Most cells have no byte that could be one or begin one, which is told of many bytes at once.
    static func needsQuotes(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var suspicious: UInt8 = 0
        for byte in cell {
            suspicious |= byte == 0x22 ? 1 : 0
            suspicious |= byte == 0x2C ? 1 : 0
            suspicious |= byte == 0x3B ? 1 : 0
            suspicious |= byte &- 0x0A < 4 ? 1 : 0
            suspicious |= byte == 0xC2 ? 1 : 0
            suspicious |= byte == 0xE2 ? 1 : 0
        }
        return suspicious != 0 && holdsSpecial(cell)
    }

    private static func quoted(_ cell: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(cell.utf8.count + 8)
        appendQuoted(cell.utf8, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func appendQuoted(_ cell: String.UTF8View, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in cell {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// Appends a cell to the bytes of a row, in quotes where it needs them.
    static func append(_ cell: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard needsQuotes(cell) else { return bytes.append(contentsOf: cell) }
        bytes.append(0x22)
        appendDoubled(cell, to: &bytes)
        bytes.append(0x22)
    }

    /// Appends what stands between quotes, those within it doubled.
    static func appendDoubled(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var rest = text[...]
        while let quote = rest.firstIndex(of: 0x22) {
            bytes.append(contentsOf: rest[...quote])
            bytes.append(0x22)
            rest = rest[(quote + 1)...]
        }
        bytes.append(contentsOf: rest)
    }
}
