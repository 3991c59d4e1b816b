/// The keys of one blocking rule as the run left them that made the memory.
///
/// What a key is worth is told by the size of its block then, so that the strength of a pair depends on
/// its two records and the memory alone; whether a block is too large is told by its size now.
struct RuleIndex: Sendable {
    /// What is kept of a rule beside its keys.
    struct Facts: Hashable, Sendable, Codable {
        var rule: String
        /// The most records of a block.
        var limit: Int
        /// How many bits of an entry stand below the key.
        var shift: Int
        /// How many bits of an entry are the item's number.
        var itemBits: Int
        /// Whether the items are values, which have records, and not records.
        var isOfValues: Bool
    }

    let facts: Facts
    /// Pieces of keys above the numbers of items, in order within each of 256 buckets.
    let entries: Frozen<UInt64>
    /// Where each bucket begins; one more than buckets.
    let starts: Frozen<UInt64>
    /// The records of each value.
    let ownerStarts: Frozen<UInt32>
    let owners: Frozen<UInt32>
    /// The hashes of all values in order, and the values that they are of.
    let valueHashes: Frozen<UInt64>
    let valueNumbers: Frozen<UInt32>

    init(_ facts: Facts, place: Int, _ memory: LinkageMemory) {
        self.facts = facts
        let name = "rule \(place) "
        entries = memory.elements(name + "entries")
        starts = memory.elements(name + "starts")
        ownerStarts = memory.elements(name + "owner starts")
        owners = memory.elements(name + "owners")
        valueHashes = memory.elements(name + "value hashes")
        valueNumbers = memory.elements(name + "value numbers")
    }

    var mask: UInt64 { (1 << UInt64(facts.itemBits)) - 1 }

    /// The records of an item, by their numbers then.
    @inline(__always)
    func owners(of item: UInt32) -> UnsafeBufferPointer<UInt32> {
        owners[Int(ownerStarts[Int(item)])..<Int(ownerStarts[Int(item) + 1])]
    }

    /// The number of a value; `nil` for one that nobody had.
    func value(_ hash: UInt64) -> UInt32? {
        valueHashes.all.place(ofHash: hash).map { valueNumbers[$0] }
    }
}

extension MemoryBuilder {
    /// Keeps the blocks of a rule.
    mutating func add(_ blocks: KeyBlocks, rule: String, limit: Int, place: Int) -> RuleIndex.Facts
    {
        let name = "rule \(place) "
        var (entries, starts) = ([UInt64](), [UInt64(0)])
        entries.reserveCapacity(blocks.buckets.reduce(0) { $0 + $1.keys.count })
        for bucket in blocks.buckets {
            entries += bucket.keys
            starts.append(UInt64(entries.count))
        }
        add(name + "entries", entries)
        add(name + "starts", starts)
        if let values = blocks.values {
            add(name + "owner starts", values.starts)
            add(name + "owners", values.owners)
            var hashes = (0..<values.count).map { (values.table.hashes[$0], UInt32($0)) }
            hashes.sort { $0.0 < $1.0 }
            add(name + "value hashes", hashes.map(\.0))
            add(name + "value numbers", hashes.map(\.1))
        }
        return RuleIndex.Facts(
            rule: rule, limit: limit, shift: max(blocks.items.recordBits, 23),
            itemBits: blocks.items.recordBits, isOfValues: blocks.values != nil)
    }
}
