internal import Collection
internal import Records

/// The rows of one related list, found by what they refer to.
struct RelatedRows {
    private let list: RelatedList
    private let spool = RowSpool()
    /// The name under which records have the rows.
    let name: JSONName

    init(_ list: RelatedList) {
        self.list = list
        name = JSONName(list.name)
    }

    /// Keeps rows that refer to a record.
    ///
    /// - Throws: `CollectionError` when there is no room on the disk.
    func append(_ rows: [JSONValue]) throws(CollectionError) {
        for row in rows {
            guard let owner = row[list.owner]?.scalarText else { continue }
            try spool.append(row, owner: RowKey(owner).bits)
        }
    }

    /// Appends the rows that refer to a record, each with a comma behind it.
    ///
    /// - Returns: How many there are.
    fileprivate func append(
        rowsOf record: JSONValue, id: String, to target: inout [UInt8]
    ) throws(CollectionError) -> Int {
        guard let owner = record[list.by ?? id]?.scalarText else { return 0 }
        return try spool.appendRows(of: RowKey(owner).bits, to: &target)
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
    /// - Throws: `JSONError` when rows that were kept are not what they were, `CollectionError` when
    ///   they cannot be read from the disk.
    func joined(to records: [JSONValue], id: String) throws -> [JSONValue] {
        guard !isEmpty, !records.isEmpty else { return records }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        var counts: [Int] = []
        counts.reserveCapacity(records.count * count)
        for record in records {
            for rows in self { counts.append(try rows.append(rowsOf: record, id: id, to: &bytes)) }
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
