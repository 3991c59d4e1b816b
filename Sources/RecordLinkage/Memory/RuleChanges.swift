/// What has changed in the blocks of one rule since a memory was made.
///
/// Items keep their numbers; those that came are numbered after them.
struct RuleChanges: Sendable {
    let index: RuleIndex
    let records: RecordChanges
    /// Keys that came, with their items, in order.
    private let added: [Added]
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
        var added: [Added] = []
        var newOwners: [UInt32: [UInt32]] = [:]
        let shift = UInt64(index.facts.shift)
        func add(_ keys: [UInt64], _ item: UInt32) {
            for key in keys { added.append(Added(key: key >> shift, item: item)) }
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
        added.sort()
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
        /// Whether it is one of those whose pairs are asked for.
        var isMarked: Bool
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

    /// How many parts the blocks are looked at in.
    var partCount: Int { max(1, min(64, index.blockKeys.count / 4096)) }

    /// Hands over the blocks of a part that may be within the limit, with an item that is wanted or came.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - wanted: Marks of items then, those with a changed record among them.
    ///   - isMarked: The records whose pairs are asked for, by their numbers then and now.
    ///   - body: Takes a block.
    func forEachBlock(
        _ part: Int, with wanted: Bits, of isMarked: [Bool], _ body: (Block) -> Void
    ) {
        let (keys, count) = (index.blockKeys, index.blockKeys.count)
        let range = part * count / partCount..<(part + 1) * count / partCount
        var next = part == 0 ? 0 : firstAdded(from: keys[range.lowerBound])
        let end = part + 1 == partCount ? added.count : firstAdded(from: keys[range.upperBound])
        var single = next < end ? index.firstSingle(from: added[next].key) : 0
        var block = Block()
        func take(_ items: UnsafeBufferPointer<UInt32>, _ came: Range<Int>) {
            fill(&block, items, added[came], isMarked)
            if block.members.count > 1 { body(block) }
        }
        /// Keys that came and no block has: with the only item that has them, where there is one.
        func takeNew(before key: UInt64) {
            while next < end, added[next].key < key {
                let (first, own) = (next, added[next].key)
                while next < end, added[next].key == own { next += 1 }
                let known = index.single(own, from: &single)
                guard known != nil || next > first + 1 else { continue }
                withUnsafePointer(to: known ?? 0) {
                    take(
                        UnsafeBufferPointer(start: $0, count: known == nil ? 0 : 1), first..<next)
                }
            }
        }
        for known in range {
            var came = next..<next
            if next < end {
                let key = keys[known]
                takeNew(before: key)
                came = next..<next
                while next < end, added[next].key == key { next += 1 }
                came = came.lowerBound..<next
            }
            let items = index.items(ofBlock: known)
            guard !came.isEmpty || items.contains(where: { wanted[Int($0)] }),
                mayBeLive(known, items, wanted)
            else { continue }
            take(items, came)
        }
        takeNew(before: .max)
    }

    /// The first key that came and is not less than a key.
    private func firstAdded(from key: UInt64) -> Int {
        var (low, high) = (0, added.count)
        while low < high {
            let middle = (low + high) / 2
            if added[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a block was within the limit then or may be now: what is wanted may be gone.
    @inline(__always)
    private func mayBeLive(
        _ block: Int, _ items: UnsafeBufferPointer<UInt32>, _ wanted: Bits
    ) -> Bool {
        let (size, limit) = (Int(index.blockSizes[block]), index.facts.limit)
        guard size > limit else { return true }
        var stays = size
        for item in items where wanted[Int(item)] { stays -= index.size(ofItem: item) }
        return stays <= limit
    }

    private func fill(
        _ block: inout Block, _ items: UnsafeBufferPointer<UInt32>, _ added: ArraySlice<Added>,
        _ isMarked: [Bool]
    ) {
        block.members.removeAll(keepingCapacity: true)
        (block.sizeThen, block.sizeNow) = (0, 0)
        for item in items {
            if index.facts.isOfValues {
                for owner in index.owners(of: item) { addKnown(owner, item, &block, isMarked) }
                if let new = newOwners[item] {
                    for owner in new { addNew(owner, item, &block, isMarked) }
                }
            } else {
                addKnown(item, item, &block, isMarked)
            }
        }
        var last = UInt32.max
        for entry in added where entry.item != last {
            last = entry.item
            if index.facts.isOfValues {
                for owner in newOwners[entry.item] ?? [] {
                    addNew(owner, entry.item, &block, isMarked)
                }
            } else {
                addNew(entry.item - UInt32(records.baseCount), entry.item, &block, isMarked)
            }
        }
    }

    @inline(__always)
    private func addKnown(
        _ owner: UInt32, _ item: UInt32, _ block: inout Block, _ isMarked: [Bool]
    ) {
        let record = records.jointOfBase[Int(owner)]
        let isNow = !records.changedBase[Int(owner)]
        block.members.append(
            Member(
                record: record, item: item, isNow: isNow, isThen: true,
                isMarked: isMarked[Int(record)]))
        block.sizeThen += 1
        if isNow { block.sizeNow += 1 }
    }

    @inline(__always)
    private func addNew(
        _ owner: UInt32, _ item: UInt32, _ block: inout Block, _ isMarked: [Bool]
    ) {
        block.members.append(
            Member(
                record: owner, item: item, isNow: true, isThen: false,
                isMarked: isMarked[Int(owner)]))
        block.sizeNow += 1
    }
}
