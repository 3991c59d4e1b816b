import Records

/// Identifiers of all records: each with its own reading, several a record where there are.
struct ValueColumn: Sendable {
    /// What comparisons ask about a value, side by side so that it is one access.
    struct Traits: BitwiseCopyable, Sendable {
        let counts: LetterCounts
        /// The part of an e-mail address before the `@`, hashed; 0 for other values.
        let local: UInt32
        /// Its domain, hashed.
        let domain: UInt32
        let length: UInt16
        let isValid: Bool

        init(_ text: UnsafeBufferPointer<UInt8>, isValid: Bool) {
            counts = LetterCounts(text)
            length = UInt16(clamping: text.count)
            self.isValid = isValid
            let at = text.firstIndex(of: UInt8(ascii: "@"))
            local = at.map { UInt32(truncatingIfNeeded: StableHash.of(text[..<$0])) } ?? 0
            domain = at.map { UInt32(truncatingIfNeeded: StableHash.of(text[$0...])) } ?? 0
        }
    }

    let values: Frozen<UInt32>
    /// Where the values of each record begin; one more than records.
    private let starts: Frozen<UInt32>
    let table: FrozenTable
    /// The only value of each record, ``TextTable/none`` where there is none, ``several`` for more.
    let only: Frozen<UInt32>
    /// By the value's number.
    let traits: Frozen<Traits>
    /// Whether the type has check digits at all.
    let isChecked: Bool
    let frequencies: Frequencies

    /// Where the identifiers of a column come from.
    struct Source: Sendable {
        /// The fields.
        let fields: [Int]
        /// Their types.
        let types: [FieldType]
        /// What stands for none, by field; none where it is empty.
        var junk: [JunkTexts] = []
        /// Fields into which an ИНН may be written, where the record has none in its own field, or a
        /// telephone.
        var texts: [Text] = []

        /// A field of names, or of free texts.
        struct Text: Sendable {
            var field: Int
            var isFree: Bool
        }

        init(
            _ fields: [Int], _ types: [FieldType], junk: [JunkTexts] = [], texts: [Text] = []
        ) {
            (self.fields, self.types, self.junk, self.texts) = (fields, types, junk, texts)
        }
    }

    init(
        records: RecordList, source: Source, known: KnownFrequencies? = nil, threads: Int
    ) {
        isChecked = source.types.contains { [.taxID, .registrationNumber].contains($0) }
        let builder = Parallel.joined(
            count: records.count, chunk: 8192, threads: threads, ValueColumnBuilder()
        ) { builder, range in
            builder.add(records, range, source)
        } append: {
            $0.append($1)
        }
        frequencies = Frequencies(
            builder.counts(records), hashes: builder.table.hashes, known: known)
        values = Frozen(builder.values)
        starts = Frozen(builder.starts)
        only = Frozen(builder.only())
        let table = FrozenTable(builder.table)
        let isValid = builder.isValid
        traits = Frozen(
            (0..<table.count).map { Traits(table[UInt32($0)], isValid: isValid[$0]) })
        self.table = table
    }

    /// What stands for more than one value.
    static let several = TextTable.none - 1

    @inline(__always)
    func values(of record: Int) -> UnsafeBufferPointer<UInt32> {
        values[Int(starts[record])..<Int(starts[record + 1])]
    }

    /// See ``PreparedComparison/fetch(_:_:)``.
    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        var sum: UInt32 = 0
        for pair in pairs { sum &+= only[half.record(of: pair)] }
        for pair in pairs {
            let value = only[half.record(of: pair)]
            if value < Self.several { sum &+= UInt32(traits[Int(value)].length) }
        }
        return sum
    }
}

/// Reads identifiers and numbers them, chunk by chunk; the chunks are then joined in order.
struct ValueColumnBuilder: Sendable {
    private(set) var values: [UInt32] = []
    private(set) var starts: [UInt32] = [0]
    private(set) var table = TextTable()
    private(set) var isValid: [Bool] = []

    /// A value that was read and has no number yet.
    private struct Reading: BitwiseCopyable, Sendable {
        var hash: UInt64
        /// Where it ends among the bytes that were read.
        var end: Int
        var isValid: Bool
    }

    /// What was read of some records, one after another; used again for the next ones.
    private var readings: [Reading] = []
    private var bytes: [UInt8] = []
    /// Of each of these records, where its readings end.
    private var readingEnds: [Int] = []
    /// Takes what is fetched, so that it is not left out as useless.
    private var fetched: UInt32 = 0

    /// So many records are read before their values are numbered.
    private static let recordsRead = 64

    mutating func add(_ records: RecordList, _ range: Range<Int>, _ source: ValueColumn.Source) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.recordsRead) {
            let some = start..<min(range.upperBound, start + Self.recordsRead)
            for record in some { read(records, record, source) }
            number()
        }
    }

    private mutating func read(
        _ records: RecordList, _ record: Int, _ source: ValueColumn.Source
    ) {
        let before = readings.count
        for (place, field) in source.fields.enumerated() {
            records.forEachText(record, field) { text in
                if place < source.junk.count, source.junk[place].contains(text) { return }
                IdentifierReading.read(text, source.types[place]) { take($0, $1) }
            }
        }
        // Of telephones a record may have several; a second ИНН is rather another's.
        if let type = source.types.first, type == .phone || readings.count == before {
            for within in source.texts {
                records.forEachText(record, within.field) { text in
                    IdentifierReading.readWithin(text, type, isFreeText: within.isFree) {
                        take($0, $1)
                    }
                }
            }
        }
        readingEnds.append(readings.count)
    }

    private mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ isValid: Bool) {
        bytes.append(contentsOf: text)
        readings.append(Reading(hash: TextHash.of(text), end: bytes.count, isValid: isValid))
    }

    /// Numbers what was read.
    private mutating func number() {
        // Each stands anywhere in the table: they are waited for all at once.
        for reading in readings { fetched &+= table.fetch(reading.hash) }
        var (place, start) = (0, 0)
        for end in readingEnds {
            let first = values.count
            while place < end {
                let reading = readings[place]
                let number = table.intern(bytes[start..<reading.end], hash: reading.hash)
                if Int(number) == isValid.count { isValid.append(reading.isValid) }
                if !values[first...].contains(number) { values.append(number) }
                (place, start) = (place + 1, reading.end)
            }
            starts.append(UInt32(values.count))
        }
        readings.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        readingEnds.removeAll(keepingCapacity: true)
    }

    mutating func append(_ other: ValueColumnBuilder) {
        let numbers = table.merge(other.table)
        for (old, number) in numbers.enumerated() where Int(number) == isValid.count {
            isValid.append(other.isValid[old])
        }
        let base = UInt32(values.count)
        values.append(contentsOf: other.values.map { numbers[Int($0)] })
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
    }

    /// The only value of each record.
    func only() -> [UInt32] {
        (0..<starts.count - 1).map { record in
            switch starts[record + 1] - starts[record] {
            case 0: TextTable.none
            case 1: values[Int(starts[record])]
            default: ValueColumn.several
            }
        }
    }

    /// In how many records values stand.
    func counts(_ records: RecordList) -> SideCounts {
        var counts = [[UInt32]](repeating: .init(repeating: 0, count: table.count), count: 2)
        var totals = [0, 0]
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let own = values[Int(starts[record])..<Int(starts[record + 1])]
            if !own.isEmpty { totals[side] += 1 }
            for value in own { counts[side][Int(value)] += 1 }
        }
        return SideCounts(
            left: counts[0], right: counts[1],
            leftTotal: totals[0], rightTotal: totals[1])
    }
}
