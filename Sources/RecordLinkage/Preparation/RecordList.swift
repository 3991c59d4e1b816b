import Records

/// The records of both sides under one numbering, the left ones first, each side by id.
///
/// All work follows this order, so that the order of the given rows cannot matter.
struct RecordList: Sendable {
    let records: [Record]
    let leftCount: Int

    init(left: [Record], right: [Record]) {
        records = Self.sorted(left) + Self.sorted(right)
        leftCount = left.count
    }

    var count: Int { records.count }
    var rightCount: Int { count - leftCount }

    subscript(index: Int) -> Record { records[index] }

    func side(_ index: Int) -> Side { index < leftCount ? .left : .right }

    /// The number of a record; of several that share an id, the last.
    ///
    /// - Complexity: O(log records).
    func find(_ id: RecordID, on side: Side) -> Int? {
        var range = side == .left ? 0..<leftCount : leftCount..<count
        let start = range.lowerBound
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if id < records[middle].id {
                range = range.lowerBound..<middle
            } else {
                range = middle + 1..<range.upperBound
            }
        }
        let found = range.lowerBound - 1
        return found >= start && records[found].id == id ? found : nil
    }

    /// By id; records that share an id, which a source should not give, by their values.
    private static func sorted(_ records: [Record]) -> [Record] {
        struct Key {
            let prefix: UInt64
            let index: Int
        }
        let keys = records.indices.map { Key(prefix: prefix(records[$0].id.rawValue), index: $0) }
        return keys.sorted { first, second in
            if first.prefix != second.prefix { return first.prefix < second.prefix }
            let (a, b) = (records[first.index], records[second.index])
            if a.id != b.id { return a.id < b.id }
            return values(a) < values(b)
        }.map { records[$0.index] }
    }

    /// The beginning of an id in an order that agrees with the order of ids.
    private static func prefix(_ id: String) -> UInt64 {
        let bytes = Array(id.utf8)
        let digits = bytes.allSatisfy { $0 >= 48 && $0 <= 57 }
        if digits, let first = bytes.first, first != 48 {
            if bytes.count <= 17, let number = UInt64(id) { return number }
            return 1 << 62  // longer numbers: the whole id decides
        }
        var prefix: UInt64 = 0
        for index in 0..<7 { prefix = prefix << 8 | UInt64(index < bytes.count ? bytes[index] : 0) }
        return 1 << 63 | prefix
    }

    private static func values(_ record: Record) -> String {
        record.fields.map { $0?.plainText ?? "" }.joined(separator: "\u{1F}") + record.payload
    }
}
