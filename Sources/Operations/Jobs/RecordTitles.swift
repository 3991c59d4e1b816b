internal import Records

/// What people recognise records by.
struct RecordTitles {
    private var titles: [Side: [RecordID: String]] = [:]

    init(_ audit: EntityAudit, of wanted: Set<RecordID>) {
        let fields = audit.definition.reconciliation.titleFields
            .compactMap { audit.definition.index(of: $0) }
        for (side, records) in audit.records {
            for record in records where wanted.contains(record.id) {
                titles[side, default: [:]][record.id] =
                    fields.lazy.compactMap { record[$0]?.plainText }.first
            }
        }
    }

    /// A record's title; its id where it has none.
    subscript(side: Side, id: RecordID) -> String { titles[side]?[id] ?? id.rawValue }
}
