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

    /// Makes records of rows.
    mutating func take(_ rows: [JSONValue]) -> [Record] {
        // Taken out while it is used, so that it is not copied.
        guard var decoding = decoding.take() else { return [] }
        var records: [Record] = []
        records.reserveCapacity(rows.count)
        for row in rows {
            decoding.decodeRows(of: row) { outcome in
                switch outcome {
                case .record(let record):
                    guard !checksIDs || delivered.insert(RowKey(record.id.rawValue)).inserted else {
                        repeatedCount += 1
                        return
                    }
                    builder.deliver(record)
                    records.append(record)
                case .skipped(let reason): builder.skip(reason: reason)
                case .withoutID: builder.skipWithoutID()
                }
            }
        }
        self.decoding = decoding
        return records
    }

    /// Ends a list of the OData interface.
    mutating func end(_ reading: SectionReading) {
        add(reading.announced, reading.announcedAfter)
        builder.list(reading.rowCount)
        for _ in 0..<reading.repeatedCount { builder.repeatRow() }
        for _ in 0..<reading.withoutKey { builder.skipWithoutID() }
        for remark in reading.remarks { builder.remark(remark) }
        for doubt in reading.doubts { builder.doubt(doubt) }
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
