import Records

/// Records by their ids, upper and lower case alike.
struct RecordIndex {
    private var left: Part
    private var right: Part

    init(_ records: RecordList) {
        left = Part(records, 0..<records.leftCount)
        right = Part(records, records.leftCount..<records.count)
    }

    /// The number of a record; of several that share an id, the last.
    func find(_ id: UnsafeBufferPointer<UInt8>, _ side: Side) -> Int? {
        side == .left ? left.find(id) : right.find(id)
    }

    func find(_ id: RecordID, _ side: Side) -> Int? {
        var text = id.rawValue
        return text.withUTF8 { find($0, side) }
    }

    /// One side, by hashes of the ids.
    private struct Part {
        private let records: RecordList
        private var slots: [UInt32]

        init(_ records: RecordList, _ range: Range<Int>) {
            self.records = records
            var capacity = 16
            while capacity < range.count * 2 { capacity *= 2 }
            slots = [UInt32](repeating: TextTable.none, count: capacity)
            for record in range { slots[slot(of: records.id(record))] = UInt32(record) }
        }

        func find(_ id: UnsafeBufferPointer<UInt8>) -> Int? {
            let record = slots[slot(of: id)]
            return record == TextTable.none ? nil : Int(record)
        }

        /// Where an id stands, or would stand.
        private func slot(of id: UnsafeBufferPointer<UInt8>) -> Int {
            let id = RecordIndex.bare(id)
            let hash = StableHash.of(id.lazy.map(RecordIndex.lowercase))
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != TextTable.none {
                let known = RecordIndex.bare(records.id(Int(slots[slot])))
                if known.count == id.count,
                    zip(known, id).allSatisfy({
                        RecordIndex.lowercase($0) == RecordIndex.lowercase($1)
                    })
                {
                    break
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return slot
        }
    }

    /// What is equal for ids that are taken for one, hashed.
    static func key(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        StableHash.of(bare(id).lazy.map(lowercase))
    }

    /// What tells ids apart to the letter, hashed.
    static func exactHash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 { TextHash.of(id) }

    /// GUIDs come in either case, sometimes in braces.
    private static func bare(_ id: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard id.count > 1, id.first == UInt8(ascii: "{"), id.last == UInt8(ascii: "}") else {
            return id
        }
        return UnsafeBufferPointer(rebasing: id.dropFirst().dropLast())
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte >= 65 && byte <= 90 ? byte + 32 : byte
    }
}
