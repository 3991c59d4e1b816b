internal import Collection
internal import Records

/// One full reading of one entity: its sections one after another.
struct PortalReading {
    private(set) var builder: CertificateBuilder
    /// The number of objects that the portal named before reading.
    private(set) var announced: Int?
    private let entity: EntityDefinition
    private let client: PortalClient
    private let window: ReadingWindow?
    private let catalogues: PortalCatalogues
    private let related = RelatedReadings()
    private var sections: [SectionReading] = []
    /// Methods and modules that the portal does not have.
    private var absent: [String] = []
    private var current = 0
    /// How the section's objects become records; `nil` before it has begun.
    private var decoding: RecordDecoding?
    private var tables: [LookupList: LookupTables] = [:]
    /// Ids of the section's objects, where the way of reading may give one twice.
    private var seenObjects: IdentitySet?
    /// Ids of records, of the sections that may give one twice; others are not worth the memory.
    private var seenRecords = IdentitySet()
    private var listed = 0
    /// Sections whose fields the portal describes; of others the records have to tell.
    private var described: Set<ObjectIdentifier> = []

    init(
        entity: EntityDefinition, client: PortalClient, window: ReadingWindow? = nil,
        clock: MonotonicClock
    ) {
        self.entity = entity
        self.client = client
        self.window = window
        catalogues = PortalCatalogues(client: client)
        builder = CertificateBuilder(clock: clock)
    }

    /// Looks at the rights and the number of records.
    ///
    /// - Throws: `EntityNotGiven` when the portal has no list of the entity, newer or older.
    mutating func begin(_ mappings: [EntityMapping]) async throws {
        try await client.ask(ahead: ReadingQuestions.opening(mappings, window: window))
        try await checkRights()
        let choice = try await SectionPlan(client: client).choice(of: mappings)
        choice.remarks.forEach { builder.remark($0) }
        absent = choice.absent
        for mapping in choice.sections { try await open(mapping) }
        if sections.isEmpty { throw EntityNotGiven(of: client.host, lacking: absent) }
        announce()
    }

    private mutating func announce() {
        announced = sections.reduce(0) { sum, section in
            sum.flatMap { sum in section.announced.map { sum + $0 } }
        }
        builder.announce(announced)
    }

    /// Begins a section, or what older portals have in its place.
    private mutating func open(_ mapping: EntityMapping) async throws {
        do {
            let section = try await SectionReading(
                mapping, client: client, catalogues: catalogues, lists: related,
                window: window)
            if let fields = try await DescribedFields.read(of: mapping, client: client) {
                try requireNone(lost: mapping.lostFields(where: fields.isThere), mapping)
                described.insert(ObjectIdentifier(section))
            }
            builder.expectNoSkips(of: mapping)
            sections.append(section)
        } catch let unknown as UnknownMethod {
            guard let older = mapping.older else { throw unknown.error }
            builder.remark(
                SectionPlan.remark(
                    client.host, .unknown(unknown.method), to: mapping, instead: older))
            absent.append(unknown.method)
            for mapping in older { try await open(mapping) }
        }
    }

    private func requireNone(
        lost: [LostField], _ mapping: EntityMapping
    ) throws(CollectionError) {
        if let lost = lost.first { throw .lost(lost, of: mapping.list, at: client.host) }
    }

    /// The next records; an empty portion is none of the end.
    mutating func nextPortion() async throws -> [Record]? {
        while current < sections.count {
            let section = sections[current]
            if decoding == nil {
                do {
                    decoding = RecordDecoding(try await begun(section))
                } catch let unusable as UnusableList {
                    try await replace(section, for: unusable)
                    continue
                }
            }
            if let portion = try await section.next() {
                builder.countPage(portion.pages)
                for _ in 0..<portion.repeated { builder.repeatRow() }
                for _ in 0..<portion.unreadable {
                    builder.list(1)
                    builder.skipUnreadable()
                }
                return records(of: portion.rows, section)
            }
            if !described.contains(ObjectIdentifier(section)) {
                try requireNone(lost: decoding?.lostFields ?? [], section.mapping)
            }
            section.doubts.forEach { builder.doubt($0) }
            listed += section.listed
            decoding = nil
            current += 1
        }
        return nil
    }

    /// Counts again, looks at the rights again, and closes the certificate.
    mutating func finish() async throws -> Certificate {
        // From here on nothing counts that was told before.
        try await client.ask(ahead: ReadingQuestions.closing(sections))
        let after = try await countAgain()
        builder.announceAfter(after)
        // Rights that were lost on the way hide records as well.
        try await checkRights()
        // Pages by id lose nothing when records come and go meanwhile, and those by position are
        // proven by themselves, so that any number between the two counts is explained; another
        // one is not.
        if let before = announced, let after, !(min(before, after)...max(before, after) ~= listed) {
            builder.doubt(.countDiffers(announced: after, delivered: listed))
            if before != after { builder.doubt(.changedWhileReading(before: before, after: after)) }
        }
        builder.appear(
            sections.reduce(0) { sum, section in
                sum.flatMap { sum in section.appeared.map { sum + $0 } }
            })
        for doubt in await client.doubts { builder.doubt(doubt) }
        for remark in await client.remarks { builder.remark(remark) }
        return builder.finish(await client.traffic)
    }

    private mutating func checkRights() async throws {
        guard try await client.isAdministrator() == false else { return }
        builder.doubt(
            .rightsLost(
                detail: "The \(await client.kind)'s owner is no administrator of \(client.host): "
                    + "records that the owner may not see are left out without a word."))
    }

    private func countAgain() async throws -> Int? {
        var sum = 0
        for section in sections {
            guard let count = try await section.countAgain() else { return nil }
            sum += count
        }
        return sum
    }

    /// Reads what a section needs before its first object.
    private mutating func begun(_ section: SectionReading) async throws -> RecordDecoder {
        let reading = LookupReading(client: client, catalogues: catalogues, known: tables)
        let outcome = try await reading.tables(of: section.mapping)
        outcome.doubts.forEach { builder.doubt($0) }
        outcome.remarks.forEach { builder.remark($0) }
        for lookup in section.mapping.lookups { tables[lookup] = outcome.tables }
        builder.countPage(try await section.begin())
        seenObjects = section.isOrdered ? nil : IdentitySet()
        section.remarks.forEach { builder.remark($0) }
        return RecordDecoder(
            section.mapping, entity: entity, lookups: outcome.tables,
            properties: section.properties)
    }

    /// Puts what older portals have in the place of the current section, of which nothing was read yet.
    private mutating func replace(
        _ section: SectionReading, for unusable: UnusableList
    ) async throws {
        let choice = try await SectionPlan(client: client).choice(of: section.mapping.older ?? [])
        // Left out, the section would look as if it had no records.
        guard !choice.sections.isEmpty else { throw unusable.error }
        builder.remark(
            SectionPlan.remark(
                client.host, .unusable(unusable.method), to: section.mapping,
                instead: choice.sections))
        choice.remarks.forEach { builder.remark($0) }
        absent += choice.absent
        let behind = Array(sections[(current + 1)...])
        sections.removeSubrange(current...)
        described.remove(ObjectIdentifier(section))
        for mapping in choice.sections { try await open(mapping) }
        sections += behind
        announce()
    }

    /// Whether another section may give records of the same ids.
    private func sharesIDs(_ section: SectionReading) -> Bool {
        sections.contains { $0 !== section && $0.mapping.idPrefix == section.mapping.idPrefix }
    }

    private mutating func records(
        of objects: [JSONValue], _ section: SectionReading
    ) -> [Record] {
        // Taken out while it is used, so that it is not copied.
        guard var decoding = decoding.take() else { return [] }
        var records: [Record] = []
        let mayRepeat = section.mayRepeatRecords || sharesIDs(section)
        records.reserveCapacity(objects.count)
        for object in objects {
            if let id = section.id(of: object) {
                guard seenObjects?.insert(id) ?? true else {
                    builder.repeatRow()
                    continue
                }
                builder.list(1)
            }
            decoding.decodeRows(of: object) { outcome in
                switch outcome {
                case .record(let record):
                    // Several objects may stand for one thing: requisites of one contact.
                    guard !mayRepeat || seenRecords.insert(record.id.rawValue) else {
                        return builder.skip(reason: "same_id")
                    }
                    builder.deliver(record)
                    records.append(record)
                case .skipped(let reason): builder.skip(reason: reason)
                case .withoutID: builder.skipWithoutID()
                case .unknownKey: builder.skipUnknownKey()
                }
            }
        }
        self.decoding = decoding
        return records
    }
}
