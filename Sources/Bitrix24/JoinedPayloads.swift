internal import Collection
internal import Records

/// Puts the rows of related lists into the records that own them, as lists under their names.
///
/// The mapping's paths then find everything in one place, and the payload that is stored shows all
/// that a record was made of.
struct JoinedPayloads {
    /// What one related list gives.
    struct Related {
        /// The name under which records have its rows.
        let name: JSONName
        let rows: OwnedRows
        /// Of each object of its parent, which owner it is among those asked for; `nil` for none.
        let owners: [Int?]
        /// The lists whose owners its rows are.
        var children: [Related] = []
    }

    /// The lists that the records themselves own, in the mapping's order.
    let related: [Related]

    /// The records with what belongs to them, in the given order.
    func values(of records: [JSONValue]) -> [JSONValue] {
        var assembler = JSONAssembler(capacity: records.count * 1_024)
        assembler.array { target in
            for (place, record) in records.enumerated() {
                Self.append(record, at: place, related, to: &target)
            }
        }
        return Array(assembler.finish().root.elements)
    }

    /// A row without any selected value comes as an empty PHP array, and becomes an empty object.
    private static func append(
        _ row: JSONValue, at place: Int, _ related: [Related], to target: inout JSONAssembler
    ) {
        target.object(extending: row) { target in
            for list in related {
                guard let owner = list.owners[place] else { continue }
                let places = list.rows.places(of: owner)
                guard !places.isEmpty else { continue }
                target.name(list.name)
                target.array { target in
                    for child in places {
                        append(list.rows.rows[child], at: child, list.children, to: &target)
                    }
                }
            }
        }
    }
}
