internal import Records

/// Ids of the other side that records carry: which of them lead somewhere changes with the records there.
enum NamedIDs {
    /// An id that a record carries and nobody has.
    struct Dangling {
        var key: UInt64
        var carrier: UInt32
    }

    /// Hands over each id that records carry, with the side on which it is looked for.
    static func forEach(
        _ links: [ExplicitLink], _ records: RecordList, _ entity: EntityDefinition,
        _ body: (_ carrier: Int, _ id: UnsafeBufferPointer<UInt8>, _ side: Side) -> Void
    ) {
        for link in links {
            let (range, side, field): (Range<Int>, Side, FieldName)
            switch (link.left, link.right) {
            case (.id, .field(let name)):
                (range, side, field) = (records.leftCount..<records.count, .left, name)
            case (.field(let name), .id):
                (range, side, field) = (0..<records.leftCount, .right, name)
            default: continue
            }
            guard let index = entity.index(of: field) else { continue }
            for record in range {
                records.forEachText(record, index) { body(record, $0, side) }
            }
        }
    }
}

extension MemoryBuilder {
    /// Keeps the ids that lead nowhere.
    mutating func addDangling(
        _ links: [ExplicitLink], _ records: RecordList, _ entity: EntityDefinition
    ) {
        let ids = KnownRecords(LinkageMemory(sections))
        for side in [Side.left, .right] {
            let known = side == .left ? ids.left : ids.right
            var dangling: [NamedIDs.Dangling] = []
            NamedIDs.forEach(links, records, entity) { carrier, id, namedSide in
                guard namedSide == side else { return }
                let key = RecordIndex.key(id)
                if known.base(ofKey: key) == nil {
                    dangling.append(NamedIDs.Dangling(key: key, carrier: UInt32(carrier)))
                }
            }
            dangling.sort { ($0.key, $0.carrier) < ($1.key, $1.carrier) }
            add("dangling keys \(side.rawValue)", dangling.map(\.key))
            add("dangling carriers \(side.rawValue)", dangling.map(\.carrier))
        }
    }
}
