internal import Collection
internal import Records

/// Makes the records of one entity out of the rows of its lists, each id once, and their
/// certificate.
struct EntityGathering {
    let entity: EntityDefinition
    var builder: CertificateBuilder
    /// Records whose id was delivered before.
    private(set) var repeatedCount = 0
    private let label: String
    private var decoding: RecordDecoding?
    /// The rows of the list that is read now; `nil` where each is a record of its own.
    private var sums: SummedRows?
    /// Why what adds up to zero is left out; `nil` where it is not.
    private var reasonOfZero: String?
    private var delivered: Set<RowKey> = []
    private var checksIDs = true
    /// Sums over the lists that are read; `nil` when one of them is not counted.
    private var announced: Int? = 0
    private var announcedAfter: Int? = 0

    init(_ entity: EntityDefinition, label: String, clock: MonotonicClock) {
        self.entity = entity
        self.label = label
        builder = CertificateBuilder(clock: clock)
    }

    /// Begins a list, which may be the only one that the entity has.
    mutating func begin(_ section: EntityMapping, isOnly: Bool) {
        decoding = nil
        sums = section.sum.map { SummedRows($0, of: entity) }
        reasonOfZero = section.reasonOfZero
        builder.expectNoSkips(of: section)
        // Rows are told apart by the reference already; then ids need no second look.
        let reference = MappingExpression.path(MappingPath(steps: [.member("Ref_Key")]))
        checksIDs = !isOnly || section.id != reference || section.isService || section.rows != nil
    }

    mutating func decode(with decoder: RecordDecoder) { decoding = RecordDecoding(decoder) }

    /// The number of rows announced so far, with that of the list that is read now.
    func announced(with current: Int?) -> Int? {
        guard let announced, let current else { return nil }
        return announced + current
    }

    /// Makes records of rows; none of rows that are added up, which ``takeSums()`` gives.
    ///
    /// - Throws: ``CollectionError`` when there is no room on the disk for rows that are added up.
    mutating func take(_ rows: [JSONValue]) throws(CollectionError) -> [Record] {
        // Taken out while it is used, so that it is not copied.
        guard var decoding = decoding.take() else { return [] }
        var records: [Record] = []
        records.reserveCapacity(rows.count)
        for row in rows {
            var summed: RecordID?
            decoding.decodeRows(of: row) { outcome in
                switch outcome {
                case .record(let record):
                    if sums == nil { admit(record, to: &records) } else { summed = record.id }
                case .skipped(let reason): builder.skip(reason: reason)
                case .withoutID: builder.skipWithoutID()
                case .unknownKey: builder.skipUnknownKey()
                }
            }
            if let summed { try sums?.append(row, of: summed) }
        }
        self.decoding = decoding
        return records
    }

    /// The next records whose rows were added up, once the list has come to its end; `nil` when there
    /// are no more.
    ///
    /// - Throws: ``CollectionError`` when the rows cannot be read back.
    mutating func takeSums() throws -> [Record]? {
        guard var decoding = decoding.take() else { return nil }
        defer { self.decoding = decoding }
        do {
            guard let totals = try sums?.next(with: &decoding) else { return nil }
            var records: [Record] = []
            records.reserveCapacity(totals.count)
            for total in totals {
                if let reasonOfZero, sums?.isZero(total) == true {
                    builder.skip(reason: reasonOfZero)
                } else {
                    admit(total, to: &records)
                }
            }
            return records
        } catch let error as JSONError {
            throw CollectionError(
                .malformed,
                "\(label): rows of \(entity.name) that waited on the disk are not what they were "
                    + "(\(error)). What an earlier run stored is untouched; run later.")
        }
    }

    private mutating func admit(_ record: Record, to records: inout [Record]) {
        guard !checksIDs || delivered.insert(RowKey(record.id.rawValue)).inserted else {
            repeatedCount += 1
            return
        }
        builder.deliver(record)
        records.append(record)
    }

    /// Ends a list of the OData interface.
    mutating func end(_ reading: SectionReading) {
        add(reading.announced, reading.announcedAfter)
        builder.list(reading.rowCount)
        for _ in 0..<reading.repeatedCount { builder.repeatRow() }
        for _ in 0..<reading.withoutKey { builder.skipWithoutID() }
        for remark in reading.remarks { builder.remark(remark) }
        for doubt in reading.doubts { builder.doubt(doubt) }
        // Rows that are not told apart are taken for one and the same: the sum is without the others.
        if sums != nil, reading.alikeCount > 0 {
            builder.doubt(.recordsSkipped(count: reading.alikeCount))
            builder.remark(
                "\(label): \(reading.alikeCount) rows that are added up are like another row in all "
                    + "that tells them apart, and were left out; add what they differ by to "
                    + "'sum: rows' in the mapping.")
        }
        // Rows of 1C that are different and get one id: one of them would hide the other.
        if repeatedCount > 0 {
            builder.doubt(.recordsSkipped(count: repeatedCount))
            builder.remark(
                "\(label): \(repeatedCount) rows have an id that another row has; add what tells "
                    + "them apart to 'id' in the mapping.")
        }
    }

    /// Ends a list of an HTTP service.
    ///
    /// - Throws: ``CollectionError`` when what the mapping calls mandatory was in none of its rows.
    mutating func end(_ reading: ServiceReading) throws(CollectionError) {
        if let lost = decoding?.lostFields.first { throw .lost(lost, of: reading.list, at: label) }
        add(reading.announced, reading.announcedAfter)
        builder.list(reading.rowCount)
        for _ in 0..<repeatedCount { builder.repeatRow() }
        for doubt in reading.doubts { builder.doubt(doubt) }
        if repeatedCount > 0 {
            builder.doubt(.recordsSkipped(count: repeatedCount))
        }
    }

    private mutating func add(_ before: Int?, _ after: Int?) {
        announced = announced(with: before)
        announcedAfter = announcedAfter.flatMap { sum in after.map { sum + $0 } }
    }

    /// The certificate of the reading.
    consuming func finish(_ traffic: Traffic) -> Certificate {
        var builder = self.builder
        builder.announce(announced)
        builder.announceAfter(announcedAfter)
        return builder.finish(traffic)
    }
}
