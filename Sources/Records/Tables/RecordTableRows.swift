/// The cells of records in large pieces of memory, a record never cut.
final class RecordTableRows {
    private let width: Int
    private var pieces: [UnsafeMutableBufferPointer<UInt8>] = []
    /// How much of the last piece is used.
    private var used = 0
    /// Where each record begins.
    private var starts: [UnsafePointer<UInt8>] = []
    /// From there, where its id and each cell ends.
    private var ends: [UInt32] = []

    private static let pieceSize = 4 << 20

    init(width: Int) { self.width = width }

    deinit { for piece in pieces { piece.deallocate() } }

    var count: Int { starts.count }

    func append(_ row: [UInt8], _ ends: [UInt32]) {
        if pieces.isEmpty || used + row.count > pieces[pieces.count - 1].count {
            pieces.append(.allocate(capacity: max(Self.pieceSize, row.count)))
            used = 0
        }
        let piece = pieces[pieces.count - 1]
        _ = UnsafeMutableBufferPointer(rebasing: piece[used..<used + row.count])
            .initialize(from: row)
        // A piece is never empty, so that it has an address.
        starts.append(UnsafePointer(piece.baseAddress.unsafelyUnwrapped + used))
        self.ends.append(contentsOf: ends)
        used += row.count
    }

    /// A cell of a record; slot -1 is its id.
    @inline(__always)
    func cell(_ row: Int, slot: Int) -> UnsafeBufferPointer<UInt8> {
        let place = row * width + slot + 1
        let start = slot < 0 ? 0 : Int(ends[place - 1])
        return UnsafeBufferPointer(start: starts[row] + start, count: Int(ends[place]) - start)
    }

    /// All cells of a record.
    func whole(_ row: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: starts[row], count: Int(ends[(row + 1) * width - 1]))
    }
}

/// The ids of a table, found by a hash and told apart by their bytes.
struct RecordIDSet {
    private var slots = [UInt32](repeating: .max, count: 64)
    private var tags = [UInt32](repeating: 0, count: 64)
    private var count = 0

    /// Takes the id of the next row; `false` when it was there before.
    mutating func insert(_ id: UnsafeBufferPointer<UInt8>, _ rows: RecordTableRows) -> Bool {
        if (count + 1) * 2 > slots.count { grow() }
        let tag = Self.hash(id)
        var slot = Int(tag) & (slots.count - 1)
        while slots[slot] != .max {
            if tags[slot] == tag, rows.cell(Int(slots[slot]), slot: -1).elementsEqual(id) {
                return false
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(rows.count)
        tags[slot] = tag
        count += 1
        return true
    }

    private mutating func grow() {
        let (oldSlots, oldTags) = (slots, tags)
        slots = [UInt32](repeating: .max, count: oldSlots.count * 2)
        tags = [UInt32](repeating: 0, count: slots.count)
        for (old, row) in oldSlots.enumerated() where row != .max {
            var slot = Int(oldTags[old]) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = row
            tags[slot] = oldTags[old]
        }
    }

    /// FNV-1a, both halves together.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
    }
}
