internal import Collection
internal import Records

/// The rows of one related list, found by what they refer to.
///
/// They are kept as bytes, one after another, since a list of bank accounts is as long as that of
/// its owners.
struct RelatedRows {
    private let list: RelatedList
    private var bytes: [UInt8] = []
    /// Hashes of owners and where a row stands, sorted by owner and order of arrival when complete.
    private var entries: [(owner: UInt128, start: Int, end: Int)] = []

    init(_ list: RelatedList) { self.list = list }

    /// The name under which records have the rows.
    var name: String { list.name }

    mutating func append(_ rows: [JSONValue]) {
        for row in rows {
            guard let owner = row[list.owner]?.scalarText else { continue }
            let start = bytes.count
            row.appendRaw(to: &bytes)
            entries.append((KeySet.hash([owner]), start, bytes.count))
        }
    }

    /// Makes the rows findable; nothing is appended after.
    mutating func complete() {
        entries.sort { ($0.owner, $0.start) < ($1.owner, $1.start) }
    }

    /// Appends the rows that refer to a record as `,"name":[…]`; nothing when there are none.
    func write(for record: JSONValue, id: String, to target: inout [UInt8]) {
        guard let owner = record[list.by ?? id]?.scalarText else { return }
        let hash = KeySet.hash([owner])
        var position = firstEntry(of: hash)
        guard position < entries.count, entries[position].owner == hash else { return }
        target.append(contentsOf: ",\"".utf8)
        target.append(contentsOf: list.name.utf8)
        target.append(contentsOf: "\":[".utf8)
        var isFirst = true
        while position < entries.count, entries[position].owner == hash {
            if !isFirst { target.append(UInt8(ascii: ",")) }
            isFirst = false
            target.append(contentsOf: bytes[entries[position].start..<entries[position].end])
            position += 1
        }
        target.append(UInt8(ascii: "]"))
    }

    private func firstEntry(of hash: UInt128) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].owner < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [RelatedRows] {
    /// The records with what belongs to them: JSON again, read once more, so that the mapping's
    /// paths find everything in one place and the payload shows all that a record was made of.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - id: The member that holds a record's id.
    /// - Returns: The records in the same order.
    /// - Throws: `JSONError` when what results cannot be read.
    func joined(to records: [JSONValue], id: String) throws(JSONError) -> [JSONValue] {
        guard !isEmpty, !records.isEmpty else { return records }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (number, record) in records.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            record.appendRaw(to: &bytes)
            guard record.count > 0 else { continue }
            bytes.removeLast()
            for rows in self { rows.write(for: record, id: id, to: &bytes) }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: "]"))
        return Array<JSONValue>(try JSONDocument(parsing: bytes).root.elements)
    }
}
