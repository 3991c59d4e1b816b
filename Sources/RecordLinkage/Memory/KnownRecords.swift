internal import Records

/// What a memory knows of its records.
struct KnownRecords: Sendable {
    /// The records of one side, by their numbers.
    struct Side: Sendable {
        let ids: Frozen<UInt64>
        let contents: Frozen<UInt64>
        /// The number of the record in each row.
        let numbers: Frozen<UInt32>
        let rows: Frozen<UInt32>
        /// What is equal for ids taken for one, in order, and whose it is.
        let keys: Frozen<UInt64>
        let keyOwners: Frozen<UInt32>
        private let idStarts: Frozen<UInt32>
        private let idTexts: Frozen<UInt8>

        init(_ memory: LinkageMemory, _ side: Int) {
            ids = memory.elements("ids \(side)")
            contents = memory.elements("contents \(side)")
            numbers = memory.elements("numbers \(side)")
            rows = memory.elements("rows \(side)")
            keys = memory.elements("keys \(side)")
            keyOwners = memory.elements("key owners \(side)")
            idStarts = memory.elements("id starts \(side)")
            idTexts = memory.elements("id texts \(side)")
        }

        /// The number of a record, looked for first where the one before it leads to.
        ///
        /// - Parameters:
        ///   - id: Its id.
        ///   - next: The row in which it stood if it stands where it did; moved on.
        /// - Returns: `nil` for one that there was not.
        func find(_ id: UnsafeBufferPointer<UInt8>, after next: inout Int) -> UInt32? {
            let hash = RecordIndex.exactHash(id)
            if next < numbers.count, ids[Int(numbers[next])] == hash {
                next += 1
                return numbers[next - 1]
            }
            guard let base = find(id) else { return nil }
            next = Int(rows[Int(base)]) + 1
            return base
        }

        /// The number of a record; `nil` for one that there was not.
        func find(_ id: UnsafeBufferPointer<UInt8>) -> UInt32? {
            guard let base = base(ofKey: RecordIndex.key(id)),
                ids[Int(base)] == RecordIndex.exactHash(id)
            else { return nil }
            return base
        }

        /// The bytes of the id of a record.
        @inline(__always)
        func id(_ number: Int) -> UnsafeBufferPointer<UInt8> {
            idTexts[Int(idStarts[number])..<Int(idStarts[number + 1])]
        }

        func base(ofKey key: UInt64) -> UInt32? {
            keys.all.place(ofHash: key).map { keyOwners[$0] }
        }
    }

    let left: Side
    let right: Side

    init(_ memory: LinkageMemory) {
        (left, right) = (Side(memory, 0), Side(memory, 1))
    }

    var leftCount: Int { left.ids.count }
    var count: Int { left.ids.count + right.ids.count }
    func side(_ number: Int) -> Side { number == 0 ? left : right }

    /// The id of a record of either side.
    func recordID(_ base: UInt32) -> RecordID {
        RecordID(String(decoding: id(base), as: UTF8.self))
    }

    /// The bytes of the id of a record of either side.
    @inline(__always)
    func id(_ base: UInt32) -> UnsafeBufferPointer<UInt8> {
        let base = Int(base)
        return base < leftCount ? left.id(base) : right.id(base - leftCount)
    }
}

extension MemoryBuilder {
    /// Keeps what tells whether records change.
    ///
    /// - Returns: `false` when two ids of a side are taken for one.
    mutating func add(_ tables: [RecordTable], threads: Int) -> Bool {
        for (side, table) in tables.enumerated() {
            let order = RecordList.sorted(table)
            var rows = [UInt32](repeating: 0, count: order.count)
            for (number, row) in order.enumerated() { rows[Int(row)] = UInt32(number) }
            struct Known: Sendable, BitwiseCopyable {
                var id: UInt64
                var content: UInt64
                var key: UInt64
            }
            let known: [Known] = Parallel.array(
                count: order.count, chunk: 8192, threads: threads
            ) { range, places in
                for number in range {
                    let row = Int(order[number])
                    let id = table.id(row)
                    (places + (number - range.lowerBound)).initialize(
                        to: Known(
                            id: RecordIndex.exactHash(id), content: table.contentHash(row),
                            key: RecordIndex.key(id)))
                }
            }
            var keys = known.enumerated().map { ($0.element.key, UInt32($0.offset)) }
            keys.sort { $0.0 < $1.0 }
            for place in keys.indices.dropFirst() where keys[place].0 == keys[place - 1].0 {
                return false
            }
            var (starts, texts) = ([UInt32(0)], [UInt8]())
            for row in order {
                texts += table.id(Int(row))
                starts.append(UInt32(texts.count))
            }
            add("id starts \(side)", starts)
            add("id texts \(side)", texts)
            add("ids \(side)", known.map(\.id))
            add("contents \(side)", known.map(\.content))
            add("numbers \(side)", rows)
            add("rows \(side)", order)
            add("keys \(side)", keys.map(\.0))
            add("key owners \(side)", keys.map(\.1))
        }
        return true
    }
}
