internal import Collection
internal import Records

/// The rows of one related list, found by what they refer to.
///
/// They are kept as bytes, one after another, since a list of bank accounts is as long as that of
/// its owners.
struct RelatedRows {
    private let list: RelatedList
    private var bytes: [UInt8] = []
    /// Owners and where a row stands, sorted by owner and order of arrival when complete.
    private var entries: [(owner: RowKey, start: Int, end: Int)] = []

    init(_ list: RelatedList) { self.list = list }

    /// The name under which records have the rows.
    var name: String { list.name }

    mutating func append(_ rows: [JSONValue]) {
        for row in rows {
            guard let owner = row[list.owner]?.scalarText else { continue }
            let start = bytes.count
            row.appendRaw(to: &bytes)
            entries.append((RowKey(owner), start, bytes.count))
        }
    }

    /// Makes the rows findable; nothing is appended after.
    mutating func complete() {
        entries.sort { ($0.owner, $0.start) < ($1.owner, $1.start) }
    }

    /// Appends the rows that refer to a record, each with a comma behind it.
    ///
    /// - Returns: How many there are.
    fileprivate func append(rowsOf record: JSONValue, id: String, to target: inout [UInt8]) -> Int {
        guard let owner = record[list.by ?? id]?.scalarText else { return 0 }
        let key = RowKey(owner)
        let first = firstEntry(of: key)
        var position = first
        while position < entries.count, entries[position].owner == key {
            target.append(contentsOf: bytes[entries[position].start..<entries[position].end])
            target.append(UInt8(ascii: ","))
            position += 1
        }
        return position - first
    }

    private func firstEntry(of key: RowKey) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].owner < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [RelatedRows] {
    /// The records with what belongs to them, so that the mapping's paths find everything in one
    /// place and the payload shows all that a record was made of.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - id: The member that holds a record's id.
    /// - Returns: The records in the same order.
    /// - Throws: `JSONError` when rows that were kept cannot be read.
    func joined(to records: [JSONValue], id: String) throws(JSONError) -> [JSONValue] {
        guard !isEmpty, !records.isEmpty else { return records }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        var counts: [Int] = []
        counts.reserveCapacity(records.count * count)
        for record in records {
            for rows in self { counts.append(rows.append(rowsOf: record, id: id, to: &bytes)) }
        }
        if bytes.count > 1 { bytes.removeLast() }
        bytes.append(UInt8(ascii: "]"))
        var related = try JSONDocument(parsing: bytes).root.elements
        var assembler = JSONAssembler(capacity: bytes.count + records.count * 1_024)
        var place = counts.makeIterator()
        assembler.array { target in
            for record in records {
                target.object(extending: record) { target in
                    for rows in self {
                        guard let count = place.next(), count > 0 else { continue }
                        target.name(rows.name)
                        target.array { target in
                            for _ in 0..<count {
                                if let row = related.next() { target.append(row) }
                            }
                        }
                    }
                }
            }
        }
        return Array<JSONValue>(assembler.finish().root.elements)
    }
}
