internal import Records

/// Which records changed since a memory was made, and the numbers of all of them, then and now.
///
/// Records of now are numbered as in a ``RecordList``; those that are gone are numbered after them.
struct RecordChanges: Sendable {
    let baseCount: Int
    let nowCount: Int
    /// How many left records there are now.
    let nowLeft: Int
    /// The number among those of then and now of each record of then.
    let jointOfBase: [UInt32]
    /// The number then of each record of now, ``none`` where it is new.
    let baseOfNow: [UInt32]
    /// The rows of the records of now in the table of their side.
    let rows: [UInt32]
    /// Whether a record is new, gone, or says something else; by the number among those of then and now.
    private(set) var isChanged: [Bool]
    /// The same by the number then.
    private(set) var changedBase: Bits
    /// The side of each record that is gone.
    private let goneLeft: [Bool]

    static let none = UInt32.max

    var jointCount: Int { nowCount + goneLeft.count }

    func isLeft(_ joint: Int) -> Bool {
        joint < nowCount ? joint < nowLeft : goneLeft[joint - nowCount]
    }

    /// Has a record matched again although it says the same.
    mutating func add(_ joint: Int) {
        isChanged[joint] = true
        if joint < nowCount, baseOfNow[joint] != Self.none {
            changedBase.mark(Int(baseOfNow[joint]))
        }
    }

    /// Marks by the numbers then of marks by those of then and now.
    func base(_ isMarked: [Bool], threads: Int) -> Bits {
        Bits(count: baseCount, threads: threads) { isMarked[Int(jointOfBase[$0])] }
    }

    /// The numbers of the changed records that there are.
    var changedNow: [UInt32] { (0..<UInt32(nowCount)).filter { isChanged[Int($0)] } }

    var changedCount: Int { isChanged.count { $0 } }

    /// Finds what changed.
    ///
    /// - Parameters:
    ///   - tables: The records of both sides now.
    ///   - memory: What is known of them then.
    ///   - everything: Whether all records are taken for changed.
    ///   - threads: How many threads may work.
    /// - Throws: ``MemoryRefusal/repeatedIDs``.
    init(
        _ tables: [ChangedTable], _ memory: KnownRecords, everything: Bool, threads: Int
    ) throws(MemoryRefusal) {
        baseCount = memory.count
        let (left, right) = Parallel.both(threads: threads) {
            Side(tables[0], memory.left, threads: threads)
        } _: {
            Side(tables[1], memory.right, threads: threads)
        }
        guard !left.repeatsIDs, !right.repeatsIDs else { throw .repeatedIDs }
        nowLeft = tables[0].count
        nowCount = tables[0].count + tables[1].count
        let (leftCount, count) = (memory.leftCount, memory.count)
        let numbered = Parallel.both(threads: threads) {
            Numbered(left, of: 0..<leftCount, from: 0, everything: everything)
        } _: {
            Numbered(
                right, of: leftCount..<count, from: left.order.count, everything: everything)
        }
        var joint = numbered.0.jointOfBase + numbered.1.jointOfBase
        var isChanged = numbered.0.isChanged + numbered.1.isChanged
        var goneLeft: [Bool] = []
        for base in joint.indices where joint[base] == Self.none {
            joint[base] = UInt32(nowCount + goneLeft.count)
            goneLeft.append(base < memory.leftCount)
        }
        isChanged += [Bool](repeating: true, count: goneLeft.count)
        jointOfBase = joint
        baseOfNow = numbered.0.baseOfNow + numbered.1.baseOfNow
        rows = left.order + right.order
        (self.isChanged, self.goneLeft) = (isChanged, goneLeft)
        changedBase = Bits(count: memory.count)
        changedBase = base(isChanged, threads: threads)
    }

    /// The numbers of the records of one side.
    private struct Numbered: Sendable {
        /// In the order of now: the number then.
        var baseOfNow: [UInt32] = []
        /// In the order of then: the number now, ``none`` of those that are gone.
        var jointOfBase: [UInt32]
        /// In the order of now.
        var isChanged: [Bool]

        /// - Parameters:
        ///   - side: What was found.
        ///   - bases: The numbers then of its records.
        ///   - first: The number now of its first record.
        ///   - everything: Whether all records are taken for changed.
        init(_ side: Side, of bases: Range<Int>, from first: Int, everything: Bool) {
            jointOfBase = [UInt32](repeating: RecordChanges.none, count: bases.count)
            isChanged = [Bool](repeating: everything, count: side.order.count)
            baseOfNow.reserveCapacity(side.order.count)
            for (place, row) in side.order.enumerated() {
                let base = side.base[Int(row)]
                guard base != RecordChanges.none else {
                    baseOfNow.append(RecordChanges.none)
                    isChanged[place] = true
                    continue
                }
                baseOfNow.append(UInt32(bases.lowerBound) + base)
                jointOfBase[Int(base)] = UInt32(first + place)
                if side.differs[Int(row)] { isChanged[place] = true }
            }
        }
    }

    /// The records of one side.
    private struct Side: Sendable {
        /// By row: the number then, within the side.
        var base: [UInt32]
        /// By row: whether it says something else.
        var differs: [Bool]
        /// The rows in the order of their ids.
        var order: [UInt32] = []
        var repeatsIDs = false

        init(_ table: ChangedTable, _ known: KnownRecords.Side, threads: Int) {
            if let origins = table.origins {
                (base, differs) = Self.known(origins, table.read, known)
            } else {
                (base, differs) = Self.found(table.read, known, threads: threads)
            }
            sort(table, known)
        }

        /// What is known of each record already.
        private static func known(
            _ origins: [ChangedTable.Origin], _ read: RecordTable, _ known: KnownRecords.Side
        ) -> ([UInt32], [Bool]) {
            let base = origins.map { origin in
                origin.then == ChangedTable.none
                    ? RecordChanges.none : known.numbers[Int(origin.then)]
            }
            let differs = zip(origins, base).map { origin, base in
                guard origin.read != ChangedTable.none else { return false }
                return base == RecordChanges.none
                    || known.contents[Int(base)] != read.contentHash(Int(origin.read))
            }
            return (base, differs)
        }

        /// Looks for each record by its id.
        private static func found(
            _ table: RecordTable, _ known: KnownRecords.Side, threads: Int
        ) -> ([UInt32], [Bool]) {
            struct Part: Sendable {
                var base: [UInt32] = []
                var differs: [Bool] = []
            }
            let parts = Parallel.map(count: table.count, chunk: 16384, threads: threads) { range in
                var (part, next) = (Part(), range.lowerBound)
                for row in range {
                    let base = known.find(table.id(row), after: &next)
                    part.base.append(base ?? RecordChanges.none)
                    part.differs.append(
                        base.map { known.contents[Int($0)] != table.contentHash(row) } ?? true)
                }
                return part
            }
            return (
                Parallel.joined(parts.map(\.base), threads: threads),
                Parallel.joined(parts.map(\.differs), threads: threads)
            )
        }

        /// Those of then stand in order; the new ones are sorted in.
        private mutating func sort(_ table: ChangedTable, _ known: KnownRecords.Side) {
            var rowOfBase = [UInt32](repeating: RecordChanges.none, count: known.ids.count)
            var new: [UInt32] = []
            for (row, base) in base.enumerated() {
                guard base != RecordChanges.none else {
                    new.append(UInt32(row))
                    continue
                }
                if rowOfBase[Int(base)] != RecordChanges.none { repeatsIDs = true }
                rowOfBase[Int(base)] = UInt32(row)
            }
            new.sort { RecordList.precedes(table.id(Int($0)), table.id(Int($1))) }
            order.reserveCapacity(table.count)
            var place = 0
            func take(_ end: Int) {
                for row in rowOfBase[place..<end] where row != RecordChanges.none {
                    order.append(row)
                }
                place = end
            }
            for row in new {
                let id = table.id(Int(row))
                var (low, high) = (place, rowOfBase.count)
                while low < high {
                    let middle = (low + high) / 2
                    if RecordList.precedes(known.id(middle), id) {
                        low = middle + 1
                    } else {
                        high = middle
                    }
                }
                take(low)
                order.append(row)
            }
            take(rowOfBase.count)
            let keys = Set(new.map { RecordIndex.key(table.id(Int($0))) })
            if keys.count < new.count { repeatsIDs = true }
            // A new id that is an old one in other letters is the same for those who name it.
            for key in keys {
                if let base = known.base(ofKey: key),
                    rowOfBase[Int(base)] != RecordChanges.none
                {
                    repeatsIDs = true
                }
            }
        }
    }
}
