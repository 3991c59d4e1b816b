import Records

/// Identifiers of all records: each with its own reading, several a record where there are.
struct ValueColumn: Sendable {
    let values: Frozen<UInt32>
    /// Where the values of each record begin; one more than records.
    private let starts: Frozen<UInt32>
    let table: FrozenTable
    /// Whether a value passed its check, by its number.
    let isValid: Frozen<Bool>
    /// Whether the type has check digits at all.
    let isChecked: Bool
    let frequencies: Frequencies

    init(records: RecordList, fields: [Int], types: [FieldType], threads: Int) {
        isChecked = types.contains { [.taxID, .registrationNumber].contains($0) }
        let chunks = Parallel.map(count: records.count, chunk: 8192, threads: threads) { range in
            var part = ValueColumnBuilder()
            for index in range { part.add(records[index], fields: fields, types: types) }
            return part
        }
        var builder = ValueColumnBuilder()
        for chunk in chunks { builder.append(chunk) }
        frequencies = builder.frequencies(records)
        values = Frozen(builder.values)
        starts = Frozen(builder.starts)
        table = FrozenTable(builder.table)
        isValid = Frozen(builder.isValid)
    }

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
            guard let value = record[field] else { continue }
            for text in value.texts.isEmpty ? [value.plainText] : value.texts {
                for reading in IdentifierReading.all(in: text, type: type) {
                    let number = table.intern(reading.text)
                    if Int(number) == isValid.count { isValid.append(reading.isValid) }
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

/// One identifier as it is compared.
struct IdentifierReading {
    var text: [UInt8]
    var isValid: Bool

    static func all(in text: String, type: FieldType) -> [IdentifierReading] {
        switch type {
        case .taxID:
            guard let reading = TaxIDReading(text) else { return [] }
            return [Self(text: Array(reading.digits.utf8), isValid: reading.taxID != nil)]
        case .kpp:
            guard let kpp = KPP(reading: text) else { return [] }
            return [Self(text: Array(kpp.characters.utf8), isValid: true)]
        case .registrationNumber:
            if let number = try? OGRN(validating: text) {
                return [Self(text: Array(number.digits.utf8), isValid: true)]
            }
            let digits = text.utf8.filter { $0 >= 48 && $0 <= 57 }
            return digits.count < 5 ? [] : [Self(text: digits, isValid: false)]
        case .phone:
            return PhoneNumber.all(in: text).map {
                Self(text: Array($0.digits.utf8), isValid: $0.isComplete)
            }
        case .email:
            return EmailAddress.all(in: text).map {
                Self(text: Array($0.description.utf8), isValid: true)
            }
        default:
            var key: [UInt8] = []
            for word in FoldedText(text).words { key += Array(word.text.utf8) }
            return key.isEmpty ? [] : [Self(text: key, isValid: true)]
        }
    }
}
