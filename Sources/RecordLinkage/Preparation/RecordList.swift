import Records

/// The records of both sides under one numbering, the left ones first, each side by id.
///
/// All work follows this order, so that the order of the given rows cannot matter.
struct RecordList: Sendable {
    private let left: RecordTable
    private let right: RecordTable
    let leftCount: Int
    /// Whether there is one source only, and not just no record of the other at hand.
    let isSingle: Bool

    /// Sorts the records of both sides.
    ///
    /// - Parameters:
    ///   - left: The records of one source.
    ///   - right: Those of the other.
    ///   - isSingle: Whether there is one source only; where it is left out, whether no right record is
    ///     given.
    ///   - threads: How many threads may work.
    init(left: RecordTable, right: RecordTable, isSingle: Bool? = nil, threads: Int = 1) {
        self.isSingle = isSingle ?? (right.count == 0)
        (self.left, self.right) = Self.inOrder([left, right], threads: threads)
        leftCount = left.count
    }

    /// Takes records of both sides that are in order already.
    init(inOrder left: RecordTable, _ right: RecordTable, isSingle: Bool) {
        (self.left, self.right) = (left, right)
        leftCount = left.count
        self.isSingle = isSingle
    }

    var count: Int { leftCount + right.count }
    var rightCount: Int { right.count }

    /// A record, for what is asked of few.
    struct Entry {
        let id: RecordID
    }

    subscript(index: Int) -> Entry {
        Entry(
            id: index < leftCount ? left.recordID(index) : right.recordID(index - leftCount))
    }

    func side(_ index: Int) -> Side { index < leftCount ? .left : .right }

    /// The bytes of a record's id.
    func id(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        index < leftCount ? left.id(index) : right.id(index - leftCount)
    }

    /// What a record says in a field: texts parted by ``RecordTable/separator``.
    @inline(__always)
    func cell(_ index: Int, _ field: Int) -> UnsafeBufferPointer<UInt8> {
        index < leftCount ? left.cell(index, field) : right.cell(index - leftCount, field)
    }

    /// Hands over each text that a record has in a field.
    @inline(__always)
    func forEachText(
        _ index: Int, _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var rest = cell(index, field)[...]
        guard !rest.isEmpty else { return }
        while let end = rest.firstIndex(of: RecordTable.separator) {
            body(UnsafeBufferPointer(rebasing: rest[..<end]))
            rest = rest[(end + 1)...]
        }
        body(UnsafeBufferPointer(rebasing: rest))
    }

    /// The texts that a record has in a field.
    func texts(_ index: Int, _ field: Int) -> [String] {
        var texts: [String] = []
        forEachText(index, field) { texts.append(String(decoding: $0, as: UTF8.self)) }
        return texts
    }

    /// The number of a record; of several that share an id, the last.
    ///
    /// - Complexity: O(log records).
    func find(_ id: RecordID, on side: Side) -> Int? {
        var range = side == .left ? 0..<leftCount : leftCount..<count
        let start = range.lowerBound
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if id < self[middle].id {
                range = range.lowerBound..<middle
            } else {
                range = middle + 1..<range.upperBound
            }
        }
        let found = range.lowerBound - 1
        return found >= start && self[found].id == id ? found : nil
    }

    /// The rows by id; records that share an id, which a source should not give, by their values.
    static func sorted(_ table: RecordTable) -> [UInt32] {
        struct Key {
            let prefix: UInt64
            let row: UInt32
        }
        var keys = (0..<table.count).map { Key(prefix: prefix(table.id($0)), row: UInt32($0)) }
        keys.sort { first, second in
            if first.prefix != second.prefix { return first.prefix < second.prefix }
            let (a, b) = (Int(first.row), Int(second.row))
            if !table.id(a).elementsEqual(table.id(b)) {
                return table.recordID(a) < table.recordID(b)
            }
            return table.whole(a).lexicographicallyPrecedes(table.whole(b))
        }
        return keys.map(\.row)
    }

    /// Whether an id stands before another.
    static func precedes(
        _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let (a, b) = (prefix(first), prefix(second))
        guard a == b else { return a < b }
        return RecordID(String(decoding: first, as: UTF8.self))
            < RecordID(String(decoding: second, as: UTF8.self))
    }

    /// The beginning of an id in an order that agrees with the order of ids.
    private static func prefix(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if let first = id.first, first != 48, id.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            guard id.count <= 17 else { return 1 << 62 }  // longer numbers: the whole id decides
            return id.reduce(0) { $0 * 10 + UInt64($1 - 48) }
        }
        var prefix: UInt64 = 0
        for index in 0..<7 { prefix = prefix << 8 | UInt64(index < id.count ? id[index] : 0) }
        return 1 << 63 | prefix
    }
}

extension RecordList {
    /// Takes records in.
    init(left: [Record], right: [Record], fieldCount: Int? = nil, threads: Int = 1) {
        let fields = fieldCount ?? (left + right).reduce(0) { max($0, $1.fields.count) }
        let tables = Parallel.map(count: 2, chunk: 1, threads: threads) { range in
            RecordTable(range.lowerBound == 0 ? left : right, fieldCount: fields)
        }
        self.init(left: tables[0], right: tables[1], threads: threads)
    }
}
