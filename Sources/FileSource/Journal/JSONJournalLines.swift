internal import Collection
internal import Foundation
internal import Records

/// The lines of a journal that are JSON objects.
struct JSONJournalLines: JournalLines {
    let headByteCount = 0

    private let columns: JournalColumns
    private var flat: FlatObject
    private var entries: JournalEntryReader
    private(set) var cells = JournalCells()
    /// Within a line that is left out for its length.
    private var isSkipping = false

    init(columns: JournalColumns, settings: JournalSettings) {
        self.columns = columns
        flat = FlatObject(columns: columns)
        entries = JournalEntryReader(settings)
    }

    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into batch: inout JournalBatch
    ) -> Int {
        var start = 0
        while let end = lineEnd(bytes, from: start) {
            let isRest = isSkipping
            isSkipping = false
            if isRest || end - start > JournalSettings.longestLineByteCount {
                batch.lineCount += 1
                batch.refuse(.tooLong)
            } else {
                takeLine(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &batch)
            }
            start = end + 1
        }
        let open = bytes.count - start
        if isSkipping || open > JournalSettings.longestLineByteCount {
            // A line that has no end yet is looked at again from its beginning the next time.
            guard !isLast else { return start }
            isSkipping = true
            return bytes.count
        }
        guard isLast, open > 0 else { return start }
        let last = UnsafeBufferPointer(rebasing: bytes[start...])
        return start + (takeUnended(last, into: &batch) ? open : 0)
    }

    private func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, 0x0A, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private mutating func takeLine(
        _ line: UnsafeBufferPointer<UInt8>, into batch: inout JournalBatch
    ) {
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        batch.lineCount += 1
        guard read(line) else { return batch.refuse(.unreadable) }
        add(line, to: &batch)
    }

    /// Takes a line that lacks its end when it is an object: nothing can be added to it.
    private mutating func takeUnended(
        _ line: UnsafeBufferPointer<UInt8>, into batch: inout JournalBatch
    ) -> Bool {
        guard line.last == UInt8(ascii: "}"), read(line) else { return false }
        batch.lineCount += 1
        add(line, to: &batch)
        return true
    }

    private mutating func add(
        _ line: UnsafeBufferPointer<UInt8>, to batch: inout JournalBatch
    ) {
        switch entries.entry(cells, in: line) {
        case .success(let entry): batch.entries.append(entry)
        case .failure(let left): batch.refuse(left.reason)
        }
    }

    /// Fills the cells; `false` when the line is no JSON object.
    private mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        cells.clear()
        return flat.read(line, into: &cells) || readWhole(line)
    }

    /// What the fast reader leaves: the slow one reads everything that is JSON.
    mutating func readWhole(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        cells.clear()
        // A byte order mark before the first line is skipped by the document.
        guard let document = try? JSONDocument(parsing: Array(line)),
            document.root.kind == .object
        else { return false }
        for (name, value) in document.root.members {
            guard let column = columns[name] else { continue }
            cells[column] = value.cellTexts.first.map(JournalCells.Cell.text) ?? .absent
        }
        return true
    }
}
