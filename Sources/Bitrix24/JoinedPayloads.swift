internal import Collection
internal import Records

/// Puts the rows of related lists into the records that own them, as lists under their names.
///
/// What results is JSON again, read once more: the mapping's paths then find everything in one
/// place, and the payload that is stored shows all that a record was made of.
struct JoinedPayloads {
    let mapping: EntityMapping
    /// By the name of the list, then by owner.
    let rows: [String: [String: [JSONValue]]]

    /// The records with what belongs to them, in the given order.
    func values(of records: [JSONValue], id: String) throws(JSONError) -> [JSONValue] {
        guard !mapping.related.isEmpty else { return records }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (number, record) in records.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            append(record, id: id, of: nil, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return Array(try JSONDocument(parsing: bytes).root.elements)
    }

    private func append(
        _ row: JSONValue, id: String?, of name: String?, to bytes: inout [UInt8]
    ) {
        // A row without any selected value comes as an empty PHP array.
        if row.kind == .object {
            row.appendRaw(to: &bytes)
        } else {
            bytes.append(contentsOf: "{}".utf8)
        }
        var isEmpty = row.count == 0 || row.kind != .object
        for list in mapping.related where list.parent == name {
            guard let member = list.by ?? id, let key = row[member]?.scalarText,
                let owned = rows[list.name]?[key], !owned.isEmpty
            else { continue }
            bytes.removeLast()
            if !isEmpty { bytes.append(UInt8(ascii: ",")) }
            isEmpty = false
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: list.name.utf8)
            bytes.append(contentsOf: "\":[".utf8)
            for (number, child) in owned.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                append(child, id: list.id, of: list.name, to: &bytes)
            }
            bytes.append(contentsOf: "]}".utf8)
        }
    }
}
