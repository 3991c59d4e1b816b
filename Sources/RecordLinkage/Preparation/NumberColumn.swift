import Records

/// The numbers within the texts of some fields of all records.
struct NumberColumn: Sendable {
    /// Where the texts of each record begin among ``ends``; one more than records.
    private let starts: [UInt32]
    /// Where the numbers of each text end.
    private let ends: [UInt32]
    private let numbers: [TextNumber]
    /// All numbers of each text as one value.
    private let values: [UInt32]
    /// By the value.
    let hashes: Frozen<UInt64>
    /// How frequent it is that a text says just these numbers.
    let frequencies: Frequencies

    /// So many numbers of a text count.
    private static let mostNumbers = 32

    init(
        records: RecordList, fields: [Int], known: KnownFrequencies? = nil, threads: Int
    ) {
        let texts = Parallel.map(count: records.count, chunk: 4096, threads: threads) { range in
            range.map { record in
                fields.flatMap { records.texts(record, $0) }
                    .map { Array(TextNumber.all(in: $0).prefix(Self.mostNumbers)) }
                    .filter { !$0.isEmpty }
            }
        }
        var (starts, ends, numbers) = ([UInt32(0)], [UInt32](), [TextNumber]())
        var (values, hashes, valueOfHash) = ([UInt32](), [UInt64](), [UInt64: UInt32]())
        var counts: [[UInt32]] = [[], []]
        var totals = [0, 0]
        for (record, texts) in texts.lazy.flatMap({ $0 }).enumerated() {
            let side = record < records.leftCount ? 0 : 1
            let first = values.count
            for text in texts {
                numbers.append(contentsOf: text)
                ends.append(UInt32(numbers.count))
                // In whatever order: 60×27 is 27×60.
                let hash = StableHash.of(
                    text.map(Self.hash).sorted().flatMap { hash in
                        (0..<8).map { UInt8(truncatingIfNeeded: hash &>> (8 * UInt64($0))) }
                    })
                let value = valueOfHash[hash] ?? UInt32(hashes.count)
                if Int(value) == hashes.count {
                    valueOfHash[hash] = value
                    hashes.append(hash)
                    for side in 0..<2 { counts[side].append(0) }
                }
                if !values[first...].contains(value) { counts[side][Int(value)] += 1 }
                values.append(value)
            }
            if !texts.isEmpty { totals[side] += 1 }
            starts.append(UInt32(ends.count))
        }
        (self.starts, self.ends, self.numbers) = (starts, ends, numbers)
        self.values = values
        self.hashes = Frozen(hashes)
        frequencies = Frequencies(
            SideCounts(
                left: counts[0], right: counts[1], leftTotal: totals[0], rightTotal: totals[1]),
            hashes: hashes, known: known)
    }

    /// The hash of a number: of how much it is, where that is known.
    private static func hash(_ number: TextNumber) -> UInt64 {
        number.amount.map(hash) ?? StableHash.of(number.text.utf8)
    }

    private static func hash(_ amount: TextNumber.Amount) -> UInt64 {
        StableHash.of(
            UInt64(amount.kind.rawValue), UInt64(bitPattern: Int64(amount.millionths)))
    }

    /// The places of the texts of a record.
    func texts(of record: Int) -> Range<Int> { Int(starts[record])..<Int(starts[record + 1]) }

    /// The numbers of the text at a place.
    func numbers(_ place: Int) -> ArraySlice<TextNumber> {
        numbers[(place > 0 ? Int(ends[place - 1]) : 0)..<Int(ends[place])]
    }

    /// How much it tells that two texts say the same numbers, in bits.
    func bits(_ first: Int, _ second: Int) -> Float {
        min(frequencies.bits[Int(values[first])], frequencies.bits[Int(values[second])])
    }

    /// The keys of a record's numbers: of a bare one its text, of an amount both, as the other may be
    /// bare.
    func keys(of record: Int) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for place in texts(of: record) {
            for number in numbers(place) {
                keys.insert(StableHash.of(number.text.utf8))
                if let amount = number.amount { keys.insert(Self.hash(amount)) }
            }
        }
        return keys
    }
}
