/// The cells of records in large pieces of memory, a record never cut.
///
/// Copies share the pieces, so that only one of them may grow.
struct RecordTableRows {
    private let width: Int
    private let pieces = Pieces()
    /// What is left of the last piece.
    private var rest = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    /// Where each record begins.
    private var starts: [UnsafePointer<UInt8>] = []
    /// From there, where its id and each cell ends.
    private var ends: [UInt32] = []

    private static let pieceSize = 4 << 20

    /// Owns the memory.
    private final class Pieces {
        private var all: [UnsafeMutableBufferPointer<UInt8>] = []
        /// Those of other tables that records stand in.
        private var others: [Pieces] = []

        deinit { for piece in all { piece.deallocate() } }

        func keep(_ other: Pieces) { others.append(other) }

        func add(capacity: Int) -> UnsafeMutableBufferPointer<UInt8> {
            all.append(.allocate(capacity: capacity))
            return all[all.count - 1]
        }
    }

    init(width: Int) { self.width = width }

    var count: Int { starts.count }

    /// Appends a record.
    ///
    /// - Parameters:
    ///   - bytes: Where its id and its cells stand.
    ///   - id: The id among the bytes.
    ///   - cells: The cells among the bytes.
    mutating func append(
        _ bytes: UnsafeBufferPointer<UInt8>, id: Range<Int>, cells: UnsafeBufferPointer<Range<Int>>
    ) {
        makeRoom(for: cells.reduce(id.count) { $0 + $1.count })
        let start = rest.baseAddress.unsafelyUnwrapped
        var end = 0
        func take(_ cell: Range<Int>) {
            if let source = bytes.baseAddress {
                (start + end).initialize(from: source + cell.lowerBound, count: cell.count)
            }
            end += cell.count
            ends.append(UInt32(end))
        }
        take(id)
        for cell in cells { take(cell) }
        starts.append(UnsafePointer(start))
        rest = UnsafeMutableBufferPointer(start: start + end, count: rest.count - end)
    }

    /// Begins a new piece where the last one is too small.
    private mutating func makeRoom(for size: Int) {
        // A piece is never empty, so that it has an address.
        guard size > rest.count || rest.baseAddress == nil else { return }
        rest = pieces.add(capacity: max(Self.pieceSize, size))
    }

    /// Copies bytes behind those of the last piece.
    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
        makeRoom(for: bytes.count)
        let start = rest.baseAddress.unsafelyUnwrapped
        _ = rest[..<bytes.count].initialize(fromContentsOf: bytes)
        rest = UnsafeMutableBufferPointer(
            start: start + bytes.count, count: rest.count - bytes.count)
        return UnsafePointer(start)
    }

    /// The same records in another order, which is that of their memory too.
    func reordered(_ order: [UInt32]) -> RecordTableRows {
        var rows = RecordTableRows(width: width)
        rows.starts.reserveCapacity(order.count)
        rows.ends.reserveCapacity(order.count * width)
        for row in order {
            let bytes = whole(Int(row))
            rows.starts.append(rows.take(bytes))
            rows.ends.append(contentsOf: ends[Int(row) * width..<(Int(row) + 1) * width])
        }
        return rows
    }

    /// The records of several tables, one after another, where they stand in memory.
    init(joining parts: [RecordTableRows]) {
        self.init(width: parts[0].width)
        starts.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        ends.reserveCapacity(parts.reduce(0) { $0 + $1.ends.count })
        for part in parts {
            starts += part.starts
            ends += part.ends
            pieces.keep(part.pieces)
        }
    }

    /// Records of two tables: rows of the first, and, numbered after them, of the second.
    init(picking places: [UInt32], from first: RecordTableRows, then second: RecordTableRows) {
        self.init(width: first.width)
        starts.reserveCapacity(places.count)
        ends.reserveCapacity(places.count * width)
        for place in places.lazy.map(Int.init) {
            let isFirst = place < first.count
            let (rows, row) = isFirst ? (first, place) : (second, place - first.count)
            starts.append(take(rows.whole(row)))
            ends.append(contentsOf: rows.ends[row * width..<(row + 1) * width])
        }
    }

    /// A cell of a record; slot -1 is its id.
    @inline(__always)
    func cell(_ row: Int, slot: Int) -> UnsafeBufferPointer<UInt8> {
        let place = row * width + slot + 1
        let start = slot < 0 ? 0 : Int(ends[place - 1])
        return UnsafeBufferPointer(start: starts[row] + start, count: Int(ends[place]) - start)
    }

    /// A hash of all cells of a record and of where they end.
    func contentHash(_ row: Int) -> UInt64 {
        let ends = ends[row * width..<(row + 1) * width]
        let borders = ends.reduce(0) { ($0 ^ UInt64($1)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
        return TextHash.of(whole(row)) &+ borders
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

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: TextHash.of(bytes))
    }
}
