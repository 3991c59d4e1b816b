internal import Collection
internal import Records

/// Puts the rows of related lists into the records that own them, as lists under their names.
///
/// The mapping's paths then find everything in one place, and the payload that is stored shows all
/// that a record was made of.
struct JoinedPayloads {
    let mapping: EntityMapping
    /// By the name of the list, then by owner.
    let rows: [String: [String: [JSONValue]]]

    /// The records with what belongs to them, in the given order.
    func values(of records: [JSONValue], id: String) -> [JSONValue] {
        guard !mapping.related.isEmpty else { return records }
        var assembler = JSONAssembler(capacity: records.count * 1_024)
        assembler.array { target in
            for record in records { append(record, id: id, of: nil, to: &target) }
        }
        return Array(assembler.finish().root.elements)
    }

    /// A row without any selected value comes as an empty PHP array, and becomes an empty object.
    private func append(
        _ row: JSONValue, id: String?, of name: String?, to target: inout JSONAssembler
    ) {
        target.object(extending: row) { target in
            for list in mapping.related where list.parent == name {
                guard let member = list.by ?? id, let key = row[member]?.scalarText,
                    let owned = rows[list.name]?[key], !owned.isEmpty
                else { continue }
                target.name(list.name)
                target.array { target in
                    for child in owned { append(child, id: list.id, of: list.name, to: &target) }
                }
            }
        }
    }
}
