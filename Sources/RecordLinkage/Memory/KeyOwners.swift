internal import Records

/// How many records of each side have a value, of some values.
struct KeyOwners: Sendable {
    struct Count: Hashable, Sendable {
        var left: UInt32 = 0
        var right: UInt32 = 0
    }

    /// Open addressing, a quarter full; 0 for a free place, as a hash is hardly ever.
    private var slots: [UInt64]
    private var counts: [Count]
    /// Two bits a slot, of which each counted value has one.
    ///
    /// Nearly all values that are asked for are not counted: these few bytes in the cache tell it, where a
    /// slot stands anywhere in memory.
    private var filter: Bits

    /// Makes places for values.
    init(of hashes: some Collection<UInt64>) {
        var capacity = 64
        while capacity < hashes.count * 4 { capacity *= 2 }
        slots = [UInt64](repeating: 0, count: capacity)
        counts = [Count](repeating: Count(), count: capacity)
        filter = Bits(count: 2 * capacity)
        for hash in hashes {
            let slot = slot(of: hash)
            slots[slot] = hash
            filter.mark(place(of: hash))
        }
    }

    /// Where a value's bit of the filter is, by other bits of its hash than its slot.
    @inline(__always)
    private func place(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash &>> 44 | hash &<< 20) & (2 * slots.count - 1)
    }

    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash &>> 20) & (slots.count - 1)
        while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    /// Whether a value is counted.
    @inline(__always)
    func counts(_ hash: UInt64) -> Bool {
        filter[place(of: hash)] && slots[slot(of: hash)] == hash
    }

    /// Counts a record that has a value, where that is counted.
    @inline(__always)
    mutating func add(_ hash: UInt64, isLeft: Bool) {
        guard filter[place(of: hash)] else { return }
        let slot = slot(of: hash)
        guard slots[slot] == hash else { return }
        if isLeft { counts[slot].left += 1 } else { counts[slot].right += 1 }
    }

    func count(of hash: UInt64) -> Count { counts[slot(of: hash)] }
}

/// The values of one key of all records, then and now.
struct KeyTrace: Sendable {
    /// Where the values of each record of then begin; one more than records.
    let starts: Frozen<UInt32>
    let hashes: Frozen<UInt64>
    /// The values of the records that changed, as they are now.
    let changed: ValueColumn
    /// The numbers, among all records now, of those records.
    let numbers: [UInt32]
    let records: RecordChanges
    let baseLeft: Int

    /// Hands over each value that an unchanged record has.
    @inline(__always)
    private func forEachUnchanged(_ body: (_ joint: Int, _ hash: UInt64) -> Void) {
        for base in 0..<records.baseCount {
            let joint = Int(records.jointOfBase[base])
            guard !records.isChanged[joint] else { continue }
            for place in Int(starts[base])..<Int(starts[base + 1]) { body(joint, hashes[place]) }
        }
    }

    /// How many records have each of some values now.
    func owners(of hashes: some Collection<UInt64>) -> KeyOwners {
        var owners = KeyOwners(of: hashes)
        forEachUnchanged { joint, hash in owners.add(hash, isLeft: records.isLeft(joint)) }
        addChanged(to: &owners)
        return owners
    }

    private func addChanged(to owners: inout KeyOwners) {
        for (place, number) in numbers.enumerated() {
            for value in changed.values(of: place) {
                owners.add(
                    changed.table.hashes[Int(value)], isLeft: records.isLeft(Int(number)))
            }
        }
    }

    /// The unchanged records of which a value stands in more records, or fewer, in a way that matters.
    func touched() -> [UInt32] {
        var moved = Set(changed.table.hashes.all)
        for base in 0..<records.baseCount
        where records.isChanged[Int(records.jointOfBase[base])] {
            for place in Int(starts[base])..<Int(starts[base + 1]) { moved.insert(hashes[place]) }
        }
        var (then, now) = (KeyOwners(of: moved), KeyOwners(of: moved))
        var holders: [(joint: UInt32, hash: UInt64)] = []
        for base in 0..<records.baseCount {
            let joint = Int(records.jointOfBase[base])
            for place in Int(starts[base])..<Int(starts[base + 1])
            where then.counts(hashes[place]) {
                then.add(hashes[place], isLeft: base < baseLeft)
                guard !records.isChanged[joint] else { continue }
                now.add(hashes[place], isLeft: records.isLeft(joint))
                holders.append((UInt32(joint), hashes[place]))
            }
        }
        addChanged(to: &now)
        func matters(_ count: KeyOwners.Count) -> [Bool] {
            [count.left <= 1 && count.right <= 1, count.left + count.right < 2]
        }
        return holders.filter {
            matters(then.count(of: $0.hash)) != matters(now.count(of: $0.hash))
        }.map(\.joint)
    }
}

extension MemoryBuilder {
    /// Keeps the values of a key.
    mutating func add(_ column: ValueColumn, records: Int, place: Int) {
        var (starts, hashes) = ([UInt32(0)], [UInt64]())
        for record in 0..<records {
            for value in column.values(of: record) {
                hashes.append(column.table.hashes[Int(value)])
            }
            starts.append(UInt32(hashes.count))
        }
        add("key \(place) starts", starts)
        add("key \(place) hashes", hashes)
    }
}
