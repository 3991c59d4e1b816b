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

    init(records: RecordList, fields: [Int], types: [FieldType], threads: Int) {
        isChecked = types.contains { [.taxID, .registrationNumber].contains($0) }
        let chunks = Parallel.map(count: records.count, chunk: 8192, threads: threads) { range in
            var part = ValueColumnBuilder()
            for index in range { part.add(records.records[index], fields: fields, types: types) }
            return part
        }
        var builder = ValueColumnBuilder()
        for chunk in chunks { builder.append(chunk) }
        frequencies = builder.frequencies(records)
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
}

/// Reads identifiers and numbers them, chunk by chunk; the chunks are then joined in order.
struct ValueColumnBuilder: Sendable {
    private(set) var values: [UInt32] = []
    private(set) var starts: [UInt32] = [0]
    private(set) var table = TextTable()
    private(set) var isValid: [Bool] = []

    mutating func add(_ record: Record, fields: [Int], types: [FieldType]) {
        let first = values.count
        for (field, type) in zip(fields, types) {
            guard let value = record.fields[field] else { continue }
            value.forEachPlainText { text in
                IdentifierReading.read(text, type) { bytes, isValid in
                    let number = table.intern(bytes)
                    if Int(number) == self.isValid.count { self.isValid.append(isValid) }
                    if !values[first...].contains(number) { values.append(number) }
                }
            }
        }
        starts.append(UInt32(values.count))
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

    /// How frequent values are.
    func frequencies(_ records: RecordList) -> Frequencies {
        var counts = [[UInt32]](repeating: .init(repeating: 0, count: table.count), count: 2)
        var totals = [0, 0]
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let own = values[Int(starts[record])..<Int(starts[record + 1])]
            if !own.isEmpty { totals[side] += 1 }
            for value in own { counts[side][Int(value)] += 1 }
        }
        return Frequencies(
            leftCounts: counts[0], rightCounts: counts[1],
            leftTotal: totals[0], rightTotal: totals[1])
    }
}

/// Identifiers as they are compared.
enum IdentifierReading {
    /// Hands over every identifier of a text, and whether it is valid.
    ///
    /// What is written plainly, nearly all, is read where it stands.
    static func read(
        _ text: String, _ type: FieldType, _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) {
        var text = text
        if text.withUTF8({ readPlain($0, type, take) }) { return }
        func hand(_ text: String, _ isValid: Bool) {
            var text = text
            text.withUTF8 { take($0, isValid) }
        }
        switch type {
        case .taxID:
            guard let reading = TaxIDReading(text) else { return }
            hand(reading.digits, reading.taxID != nil)
        case .kpp:
            if let kpp = KPP(reading: text) { hand(kpp.characters, true) }
        case .registrationNumber:
            if let number = try? OGRN(validating: text) { return hand(number.digits, true) }
            let digits = text.filter { $0 >= "0" && $0 <= "9" }
            if digits.utf8.count >= 5 { hand(digits, false) }
        case .phone:
            for phone in PhoneNumber.all(in: text) { hand(phone.digits, phone.isComplete) }
        case .email:
            for address in EmailAddress.all(in: text) { hand(address.description, true) }
        default:
            let key = FoldedText(text).words.map(\.text).joined()
            if !key.isEmpty { hand(key, true) }
        }
    }

    /// Reads a text of digits, or of Latin letters and digits where it is a code.
    ///
    /// - Returns: Whether that was all there is to read.
    private static func readPlain(
        _ text: UnsafeBufferPointer<UInt8>, _ type: FieldType,
        _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
        switch type {
        case .taxID:
            guard TaxID.areValid(text) else { return false }
            take(text, true)
        case .kpp:
            guard text.count == 9, text.allSatisfy(isDigit), text.contains(where: { $0 != 48 })
            else { return false }
            take(text, true)
        case .registrationNumber, .phone, .email: return false
        default:
            guard text.count <= 64, !text.isEmpty,
                text.allSatisfy({
                    isDigit($0) || ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90)
                })
            else { return false }
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { lower in
                for (index, byte) in text.enumerated() {
                    lower[index] = byte >= 65 && byte <= 90 ? byte + 32 : byte
                }
                take(UnsafeBufferPointer(lower), true)
            }
        }
        return true
    }
}
