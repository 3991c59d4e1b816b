internal import Collection
internal import Records

/// The rows of a list that are added up, kept until all of them have come.
///
/// 1C gives the rows of one product where it likes: it orders them by what references read like, not
/// by what they are. So nothing can be given before the end of the list. The rows wait on the disk; in
/// memory remain some hundred bytes for each record.
struct SummedRows {
    /// How many records are made at a time.
    private static let partLength = 1_000

    /// The positions of the fields that are added up.
    private let places: [Int]
    private let spool = RowSpool()
    private var keys: Set<RowKey> = []
    /// The keys of the records in the order in which they are given; empty until the first is.
    private var order: [RowKey] = []
    private var givenCount = 0

    init(_ sum: MappingSum, of entity: EntityDefinition) {
        places = sum.fields.compactMap { entity.index(of: $0) }
    }

    /// Keeps a row of a record.
    ///
    /// - Throws: ``CollectionError`` when there is no room on the disk.
    mutating func append(_ row: JSONValue, of record: RecordID) throws(CollectionError) {
        let key = RowKey(record.rawValue)
        keys.insert(key)
        try spool.append(row, owner: key.bits)
    }

    /// The next records, each the sum of its rows.
    ///
    /// - Parameter decoding: Makes a record of each row.
    /// - Returns: Some records, by their keys; `nil` when all were given.
    /// - Throws: ``CollectionError`` when the rows cannot be read from the disk, or a sum is larger than
    ///   what a quantity can hold.
    mutating func next(with decoding: inout RecordDecoding) throws -> [Record]? {
        if order.isEmpty {
            // In this order the spool is read from its beginning to its end.
            order = keys.sorted { $0.bits < $1.bits }
            keys = []
        }
        let part = order[givenCount...].prefix(Self.partLength)
        guard !part.isEmpty else { return nil }
        givenCount += part.count
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        var counts: [Int] = []
        for key in part { counts.append(try spool.appendRows(of: key.bits, to: &bytes)) }
        // The comma behind the last row.
        bytes.removeLast()
        bytes.append(UInt8(ascii: "]"))
        var rows = try JSONDocument(parsing: bytes).root.elements
        var sums: [Record] = []
        for count in counts {
            var records: [Record] = []
            for _ in 0..<count {
                guard let row = rows.next() else { break }
                decoding.decodeRows(of: row) { outcome in
                    if case .record(let record) = outcome { records.append(record) }
                }
            }
            if let total = try total(of: records) { sums.append(total) }
        }
        return sums
    }

    private func total(of records: [Record]) throws(CollectionError) -> Record? {
        guard var total = records.first, records.count > 1 else { return records.first }
        for record in records.dropFirst() {
            for place in places { total.fields[place] = try added(record, to: total, at: place) }
        }
        // The same whatever order the rows came in.
        total.readingNotes = Set(records.flatMap(\.readingNotes)).sorted {
            Self.order(of: $0) < Self.order(of: $1)
        }
        // What it was made of, in an order that is the same each night.
        total.payload = "[" + records.map(\.payload).sorted().joined(separator: ",") + "]"
        return total
    }

    private static func order(of note: ReadingNote) -> (String, String) {
        (note.kind.rawValue, note.field?.rawValue ?? "")
    }

    /// Whether what was added up is nothing.
    func isZero(_ total: Record) -> Bool {
        places.allSatisfy { place in
            guard case .quantity(let sum)? = total[place] else { return true }
            return sum.units == 0
        }
    }

    private func added(
        _ record: Record, to total: Record, at place: Int
    ) throws(CollectionError) -> FieldValue? {
        guard case .quantity(let more)? = record[place] else { return total[place] }
        guard case .quantity(let before)? = total[place] else { return record[place] }
        guard let sum = before.adding(more) else {
            throw CollectionError(
                .malformed,
                "Rows of \(total.id) add up to more than a quantity can hold. Mend them in 1C; what an "
                    + "earlier run stored is untouched.")
        }
        return .quantity(sum)
    }
}

extension EntityMapping {
    /// Why a row is left out that has nothing to add up, as the mapping says of single ones; `nil` where
    /// it is a record like others.
    var reasonOfZero: String? {
        let summed = fields.filter { sum?.fields.contains($0.name) == true }
            .flatMap(\.expression.paths)
        let rule = skips.first { skip in
            guard case .equals(let texts) = skip.question else { return false }
            return texts.contains("0") && summed.contains(skip.path)
        }
        // As the decoder calls a rule that says no reason.
        return rule.map { $0.reason ?? "rule" }
    }
}
