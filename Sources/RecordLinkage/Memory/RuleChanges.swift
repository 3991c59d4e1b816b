/// What has changed in the blocks of one rule since a memory was made.
///
/// Items keep their numbers; those that came are numbered after them.
struct RuleChanges: Sendable {
    let index: RuleIndex
    let records: RecordChanges
    /// Keys that came, with their items, in order within each bucket.
    private let added: [[Added]]
    /// Of values that changed records got, and of new ones: the records that came, by their numbers now.
    private let newOwners: [UInt32: [UInt32]]

    private struct Added: Sendable, Comparable {
        var key: UInt64
        var item: UInt32

        static func < (left: Added, right: Added) -> Bool {
            (left.key, left.item) < (right.key, right.item)
        }
    }

    /// Makes the keys of what changed.
    ///
    /// - Parameters:
    ///   - index: The keys then.
    ///   - makers: The makers of the keys of the records that changed.
    ///   - numbers: The numbers, among all records now, of the records that the makers know.
    ///   - records: What changed.
    init(
        _ index: RuleIndex, _ makers: [any KeyMaker], numbers: [UInt32], _ records: RecordChanges
    ) {
        (self.index, self.records) = (index, records)
        var added = [[Added]](repeating: [], count: KeyBlocks.bucketCount)
        var newOwners: [UInt32: [UInt32]] = [:]
        let shift = UInt64(index.facts.shift)
        func add(_ keys: [UInt64], _ item: UInt32) {
            for key in keys { added[Int(key >> 56)].append(Added(key: key >> shift, item: item)) }
        }
        var keys: [UInt64] = []
        if index.facts.isOfValues, let values = makers.first?.values(records: numbers.count) {
            var next = UInt32(index.valueHashes.count)
            for value in 0..<UInt32(values.count) {
                let owners = values.owners(of: UInt64(value)).map { numbers[Int($0)] }
                guard !owners.isEmpty else { continue }
                if let known = index.value(values.table.hashes[Int(value)]) {
                    newOwners[known] = owners
                    continue
                }
                newOwners[next] = owners
                keys.removeAll(keepingCapacity: true)
                Deletions.append(of: values.table[value], to: &keys)
                add(keys, next)
                next += 1
            }
        } else {
            var parts = [[UInt64]](repeating: [], count: makers.count)
            for (place, number) in numbers.enumerated() {
                for (part, maker) in makers.enumerated() {
                    parts[part].removeAll(keepingCapacity: true)
                    maker.keys(of: place, into: &parts[part])
                }
                KeyBlocks.combine(parts, into: &keys)
                add(keys, UInt32(records.baseCount) + number)
            }
        }
        for bucket in added.indices { added[bucket].sort() }
        self.added = added
        self.newOwners = newOwners
    }

    /// A record in a block.
    struct Member {
        /// Its number among the records of then and now.
        var record: UInt32
        /// Its value, where pairs of one value are left out.
        var item: UInt32
        /// Whether it stands in the block now; otherwise it stood there then, as unchanged ones do too.
        var isNow: Bool
        var isThen: Bool
    }

    /// A block with its sizes.
    struct Block {
        var members: [Member] = []
        var sizeThen = 0
        var sizeNow = 0
    }

    /// Which of the items of then have a record that is marked.
    ///
    /// - Parameters:
    ///   - base: Marks by the numbers then.
    ///   - joint: The same by the numbers of then and now.
    /// - Returns: Marks by the items' numbers.
    func items(where base: Bits, _ joint: [Bool]) -> Bits {
        guard index.facts.isOfValues else { return base }
        let count = index.valueHashes.count
        var items = Bits(count: count)
        for item in 0..<count
        where index.owners(of: UInt32(item)).contains(where: { base[Int($0)] }) {
            items.mark(item)
        }
        for (item, owners) in newOwners where Int(item) < count {
            if owners.contains(where: { joint[Int($0)] }) { items.mark(Int(item)) }
        }
        return items
    }

    /// Hands over the blocks of a bucket with an item that is wanted or came.
    func forEachBlock(_ bucket: Int, with wanted: Bits, _ body: (Block) -> Void) {
        let range = Int(index.starts[bucket])..<Int(index.starts[bucket + 1])
        let entries = index.entries
        let (shift, mask) = (UInt64(index.facts.shift), index.mask)
        let added = added[bucket]
        var (place, next) = (range.lowerBound, 0)
        var block = Block()
        while place < range.upperBound || next < added.count {
            let known = place < range.upperBound ? entries[place] >> shift : .max
            let key = next < added.count ? min(known, added[next].key) : known
            let start = place
            var isWanted = false
            while place < range.upperBound, entries[place] >> shift == key {
                if wanted[Int(entries[place] & mask)] { isWanted = true }
                place += 1
            }
            let firstAdded = next
            while next < added.count, added[next].key == key { next += 1 }
            guard isWanted || next > firstAdded, mayBeLive(start..<place) else { continue }
            fill(&block, start..<place, added[firstAdded..<next])
            if block.members.count > 1 { body(block) }
        }
    }

    /// Whether a block was within the limit then or may be now, told without looking at all of it.
    private func mayBeLive(_ range: Range<Int>) -> Bool {
        let limit = index.facts.limit
        guard mayExceed(limit, range) else { return true }
        var (then, now, last) = (0, 0, UInt32.max)
        for place in range {
            let item = UInt32(truncatingIfNeeded: index.entries[place] & index.mask)
            guard item != last else { continue }
            last = item
            if index.facts.isOfValues {
                for owner in index.owners(of: item) { count(owner, &then, &now) }
            } else {
                count(item, &then, &now)
            }
            if then > limit, now > limit { return false }
        }
        return true
    }

    /// Whether a block had more records than the limit, or an item of it twice.
    @inline(__always)
    private func mayExceed(_ limit: Int, _ range: Range<Int>) -> Bool {
        guard index.facts.isOfValues else { return range.count > limit }
        var records = 0
        for place in range {
            let item = Int(truncatingIfNeeded: index.entries[place] & index.mask)
            records += Int(index.ownerStarts[item + 1] - index.ownerStarts[item])
        }
        return records > limit
    }

    @inline(__always)
    private func count(_ owner: UInt32, _ then: inout Int, _ now: inout Int) {
        then += 1
        if !records.changedBase[Int(owner)] { now += 1 }
    }

    private func fill(
        _ block: inout Block, _ range: Range<Int>, _ added: ArraySlice<Added>
    ) {
        block.members.removeAll(keepingCapacity: true)
        (block.sizeThen, block.sizeNow) = (0, 0)
        var last = UInt32.max
        for place in range {
            let item = UInt32(truncatingIfNeeded: index.entries[place] & index.mask)
            guard item != last else { continue }
            last = item
            if index.facts.isOfValues {
                for owner in index.owners(of: item) { addKnown(owner, item, &block) }
                for owner in newOwners[item] ?? [] { addNew(owner, item, &block) }
            } else {
                addKnown(item, item, &block)
            }
        }
        last = .max
        for entry in added where entry.item != last {
            last = entry.item
            if index.facts.isOfValues {
                for owner in newOwners[entry.item] ?? [] { addNew(owner, entry.item, &block) }
            } else {
                addNew(entry.item - UInt32(records.baseCount), entry.item, &block)
            }
        }
    }

    @inline(__always)
    private func addKnown(_ owner: UInt32, _ item: UInt32, _ block: inout Block) {
        let record = records.jointOfBase[Int(owner)]
        let isNow = !records.changedBase[Int(owner)]
        block.members.append(Member(record: record, item: item, isNow: isNow, isThen: true))
        block.sizeThen += 1
        if isNow { block.sizeNow += 1 }
    }

    @inline(__always)
    private func addNew(_ owner: UInt32, _ item: UInt32, _ block: inout Block) {
        block.members.append(Member(record: owner, item: item, isNow: true, isThen: false))
        block.sizeNow += 1
    }
}
