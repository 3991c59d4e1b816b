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
        /// Whether the pairs of blocks of one left and one right record are looked at in any case.
        var isSure: Bool
    }

    let facts: Facts
    /// The keys that two items or more have, in order: pieces of their hashes.
    let blockKeys: Frozen<UInt64>
    /// Where the items of each of these begin; one more than keys.
    let blockStarts: Frozen<UInt32>
    /// How many records they are.
    let blockSizes: Frozen<UInt32>
    /// The items of all blocks, each once in a block.
    let items: Frozen<UInt32>
    /// Keys that one item has, above its number, in order: most are, and nobody asks for them but what
    /// comes.
    let singles: Frozen<UInt64>
    /// The records of each value.
    let ownerStarts: Frozen<UInt32>
    let owners: Frozen<UInt32>
    /// The hashes of all values in order, and the values that they are of.
    let valueHashes: Frozen<UInt64>
    let valueNumbers: Frozen<UInt32>

    init(_ facts: Facts, place: Int, _ memory: LinkageMemory) {
        self.facts = facts
        let name = "rule \(place) "
        blockKeys = memory.elements(name + "block keys")
        blockStarts = memory.elements(name + "block starts")
        blockSizes = memory.elements(name + "block sizes")
        items = memory.elements(name + "items")
        singles = memory.elements(name + "singles")
        ownerStarts = memory.elements(name + "owner starts")
        owners = memory.elements(name + "owners")
        valueHashes = memory.elements(name + "value hashes")
        valueNumbers = memory.elements(name + "value numbers")
    }

    /// The items of a block.
    @inline(__always)
    func items(ofBlock block: Int) -> UnsafeBufferPointer<UInt32> {
        items[Int(blockStarts[block])..<Int(blockStarts[block + 1])]
    }

    /// How many records an item is.
    @inline(__always)
    func size(ofItem item: UInt32) -> Int {
        facts.isOfValues ? Int(ownerStarts[Int(item) + 1] - ownerStarts[Int(item)]) : 1
    }

    /// Looks for the only item with a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - place: A place before which all keys are less; moved on, as keys are asked for in order.
    /// - Returns: `nil` where none has the key, or several.
    func single(_ key: UInt64, from place: inout Int) -> UInt32? {
        let shift = UInt64(facts.shift)
        let count = singles.count
        // Further and further, then between the last two.
        var step = 16
        while place + step < count, singles[place + step] >> shift < key {
            place += step
            step *= 2
        }
        var end = min(count, place + step + 1)
        while place < end {
            let middle = (place + end) / 2
            if singles[middle] >> shift < key { place = middle + 1 } else { end = middle }
        }
        guard place < count, singles[place] >> shift == key else { return nil }
        return UInt32(truncatingIfNeeded: singles[place] & (1 << UInt64(facts.itemBits) - 1))
    }

    /// Where the keys of single items begin that are not less than a key.
    func firstSingle(from key: UInt64) -> Int {
        var place = 0
        _ = single(key, from: &place)
        return place
    }

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

/// The keys of a bucket, those that several items have apart from those that one has.
private struct KeptBlocks: Sendable {
    var keys: [UInt64] = []
    var ends: [UInt32] = []
    var sizes: [UInt32] = []
    var items: [UInt32] = []
    var singles: [UInt64] = []

    init(_ entries: [UInt64], _ blocks: KeyBlocks, shift: Int) {
        let (shift, mask) = (UInt64(shift), blocks.items.recordMask)
        var place = 0
        while place < entries.count {
            let (key, start) = (entries[place] >> shift, items.count)
            var (size, last) = (0, UInt32.max)
            while place < entries.count, entries[place] >> shift == key {
                let item = UInt32(truncatingIfNeeded: entries[place] & mask)
                place += 1
                // A record may have a key twice.
                guard item != last else { continue }
                last = item
                items.append(item)
                size += blocks.values?.owners(of: UInt64(item)).count ?? 1
            }
            guard items.count > start + 1 else {
                items.removeLast()
                singles.append(key << shift | UInt64(last))
                continue
            }
            keys.append(key)
            ends.append(UInt32(items.count))
            sizes.append(UInt32(size))
        }
    }
}

extension MemoryBuilder {
    /// Keeps the blocks of a rule.
    mutating func add(_ rule: KeptRule, place: Int, threads: Int) -> RuleIndex.Facts {
        let (name, blocks) = ("rule \(place) ", rule.blocks)
        let shift = max(blocks.items.recordBits, 23)
        let parts = Parallel.map(count: blocks.buckets.count, chunk: 1, threads: threads) {
            KeptBlocks(blocks.buckets[$0.lowerBound].keys, blocks, shift: shift)
        }
        var starts: [UInt32] = [0]
        for part in parts {
            let first = starts[starts.count - 1]
            starts += part.ends.lazy.map { first + $0 }
        }
        add(name + "block keys", Frozen(joining: parts.map(\.keys)))
        add(name + "block starts", starts)
        add(name + "block sizes", Frozen(joining: parts.map(\.sizes)))
        add(name + "items", Frozen(joining: parts.map(\.items)))
        add(name + "singles", Frozen(joining: parts.map(\.singles)))
        if let values = blocks.values {
            add(name + "owner starts", values.starts)
            add(name + "owners", values.owners)
            var hashes = (0..<values.count).map { (values.table.hashes[$0], UInt32($0)) }
            hashes.sort { $0.0 < $1.0 }
            add(name + "value hashes", hashes.map(\.0))
            add(name + "value numbers", hashes.map(\.1))
        }
        return RuleIndex.Facts(
            rule: rule.name, limit: rule.limit, shift: shift,
            itemBits: blocks.items.recordBits, isOfValues: blocks.values != nil,
            isSure: rule.isSure)
    }
}
