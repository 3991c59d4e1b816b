internal import Collection
internal import Records

extension RowReader {
    /// Appends a row to a table without making values of its cells.
    ///
    /// - Returns: What became of the row; `nil` when it must be read as a record, since something
    ///   in it has to be mended, split or converted.
    func append(
        _ row: DelimitedRow, _ encoding: TextEncoding, to table: RecordTableBuilder
    ) -> Gathered.Taken? {
        guard let plan = tablePlan, plan.idColumn < row.count, row.bytes.count < Self.longestPlain
        else { return nil }
        return row.bytes.withUnsafeBufferPointer { bytes in
            guard Self.isPlain(bytes, encoding),
                let id = Self.trimmed(row.range(plan.idColumn), bytes)
            else { return nil }
            guard !id.isEmpty else { return .withoutID }
            return withUnsafeTemporaryAllocation(
                of: Range<Int>.self, capacity: plan.cells.count
            ) { cells -> Gathered.Taken? in
                for (place, cell) in plan.cells.enumerated() {
                    cells.initializeElement(at: place, to: 0..<0)
                    guard cell.column < row.count else { continue }
                    let range = row.range(cell.column)
                    guard let text = Self.trimmed(range, bytes),
                        !cell.mayPart || !bytes[range].contains(where: Self.mayPart)
                    else { return nil }
                    cells[place] = text
                }
                let isTaken = table.append(bytes, id: id, cells: UnsafeBufferPointer(cells))
                return isTaken ? .taken : .repeated
            }
        }
    }

    /// Rows of fewer bytes have no text that would have to be cut.
    private static let longestPlain = TextCleaning.longestText

    /// Whether bytes are text as it is: UTF-8 without NUL and what parts texts in a table.
    private static func isPlain(
        _ bytes: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding
    ) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                if areEightPlain(bytes, at: index) {
                    index += 8
                    continue
                }
                guard byte != 0, byte != RecordTable.separator else { return false }
                index += 1
            } else {
                guard encoding == .utf8 else { return false }
                // Letters of two bytes, nearly all there are, are checked here.
                guard byte >= 0xC2, byte <= 0xDF, index + 1 < bytes.count,
                    bytes[index + 1] & 0xC0 == 0x80
                else { return isUTF8(bytes, from: index) }
                index += 2
            }
        }
        return true
    }

    /// Whether the next eight bytes are ASCII, none of them NUL or what parts texts.
    @inline(__always)
    private static func areEightPlain(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 8 <= bytes.count else { return false }
        let word = UnsafeRawBufferPointer(bytes).loadUnaligned(
            fromByteOffset: index, as: UInt64.self)
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        // A byte of zero borrows from its high bit; see "Determine if a word has a zero byte" in
        // S. E. Anderson's Bit Twiddling Hacks.
        func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & highs != 0 }
        return word & highs == 0 && !hasZero(word)
            && !hasZero(word ^ (ones &* UInt64(RecordTable.separator)))
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        let rest = UnsafeBufferPointer(rebasing: bytes[start...])
        guard !rest.contains(0), !rest.contains(RecordTable.separator) else { return false }
        return (try? UTF8Span(validating: rest.span)) != nil
    }

    /// The part of a cell without spaces around it; `nil` when it takes more than bytes to tell, or
    /// the cell begins within a character.
    private static func trimmed(
        _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 0x20 || bytes[start] == 0x7F { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 || bytes[end - 1] == 0x7F { end -= 1 }
        guard start < end else { return start..<start }
        guard !mayBeSpace(bytes, at: start, end) else { return nil }
        if bytes[end - 1] >= 0x80 {
            var lead = end - 1
            while lead > start, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
            guard !mayBeSpace(bytes, at: lead, end) else { return nil }
        }
        return start..<end
    }

    /// Whether a place is within a character, or before one that can be a space of another kind.
    @inline(__always)
    private static func mayBeSpace(
        _ bytes: UnsafeBufferPointer<UInt8>, at place: Int, _ end: Int
    ) -> Bool {
        switch bytes[place] {
        // Names often begin and end with these: « and ».
        case 0xC2: place + 1 >= end || (bytes[place + 1] != 0xAB && bytes[place + 1] != 0xBB)
        case 0x80...0xC1, 0xE1...0xE3, 0xEF: true
        default: false
        }
    }
}
