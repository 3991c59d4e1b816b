internal import Collection
internal import Foundation
public import Records

extension OneCSource {
    /// Reads every record of an entity, list by list and page by page.
    ///
    /// - Throws: ``CollectionError`` when the infobase cannot be read to the end; ``EntityNotGiven`` when
    ///   it does not keep the entity.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let sections = try sections(of: entity.name)
        let client = client()
        do {
            var gathering = EntityGathering(entity, label: address.label, clock: clock)
            if settings.isAllowedOnly {
                gathering.builder.doubt(
                    .rightsLost(
                        detail: "allowed_only is set: rows that the user of \(address.label) may "
                            + "not see are left out without a word."))
            }
            if let window = settings.window {
                gathering.builder.remark(
                    "Only what came to be since \(window.since.formatted(.iso8601)) was read: the "
                        + "rest was read before.")
            }
            var isGiven = false
            for (number, section) in sections.enumerated() {
                for section in try await published(section, client) {
                    isGiven = true
                    gathering.begin(section, isOnly: sections.count == 1)
                    try await read(
                        section, isFirst: number == 0, client: client, into: &gathering,
                        progress: progress, deliver: deliver)
                }
            }
            if !isGiven { throw EntityNotGiven(of: address.label, lacking: sections.map(\.list)) }
            let certificate = gathering.finish(await client.traffic)
            await client.finish()
            return certificate
        } catch {
            await client.finish()
            throw error
        }
    }

    /// The section, or what the mapping reads in its place where its list is not published.
    func published(
        _ section: EntityMapping, _ client: InfobaseClient
    ) async throws -> [EntityMapping] {
        guard let older = section.older, !section.isService,
            try await client.metadata().shape(of: section.list) == nil
        else { return [section] }
        return older
    }

    private func read(
        _ section: EntityMapping, isFirst: Bool, client: InfobaseClient,
        into gathering: inout EntityGathering, progress: @Sendable (Int, Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws {
        if section.isService {
            try await readService(
                section, client: client, into: &gathering, progress: progress, deliver: deliver)
            return
        }
        let metadata = try await client.metadata()
        gathering.builder.structure(metadata.fingerprint)
        gathering.builder.remark(
            "\(address.label) publishes \(metadata.setCount) sets, fingerprint "
                + "\(metadata.fingerprint).")
        guard isFirst || metadata.shape(of: section.list) != nil else {
            gathering.builder.doubt(
                .partial(
                    detail: "\(address.label) does not publish \(section.list). Tick it in the "
                        + "infobase's OData settings, or take the section out of the mapping."))
            return
        }
        var reading = try SectionReading(
            section, metadata: metadata, client: client, settings: settings, moment: moment)
        gathering.builder.countPage(try await reading.prepare())
        gathering.decode(
            with: RecordDecoder(
                section, entity: gathering.entity, lookups: reading.lookups,
                timeZone: settings.timeZone))
        while let rows = try await reading.next() {
            gathering.builder.countPage()
            let records = try gathering.take(rows)
            if !records.isEmpty { try await deliver(records) }
            progress(gathering.builder.deliveredCount, gathering.announced(with: reading.announced))
        }
        while let records = try gathering.takeSums() {
            if !records.isEmpty { try await deliver(records) }
            progress(gathering.builder.deliveredCount, gathering.announced(with: reading.announced))
        }
        gathering.end(reading)
    }

    private func readService(
        _ section: EntityMapping, client: InfobaseClient, into gathering: inout EntityGathering,
        progress: @Sendable (Int, Int?) -> Void, deliver: ([Record]) async throws -> Void
    ) async throws {
        var reading = ServiceReading(client: client, mapping: section)
        gathering.decode(
            with: RecordDecoder(section, entity: gathering.entity, timeZone: settings.timeZone))
        while let rows = try await reading.next() {
            gathering.builder.countPage()
            let known = gathering.repeatedCount
            let records = try gathering.take(rows)
            guard rows.isEmpty || gathering.repeatedCount - known < rows.count else {
                throw address.repeated(section.list)
            }
            if !records.isEmpty { try await deliver(records) }
            progress(gathering.builder.deliveredCount, gathering.announced(with: reading.announced))
        }
        try gathering.end(reading)
    }

    /// Now by the infobase's clock, as OData writes it.
    var moment: String { Self.wallClock(now(), in: settings.timeZone) }

    /// A moment by an infobase's clock, as OData writes it.
    static func wallClock(_ moment: Date, in timeZone: TimeZone) -> String {
        moment.formatted(
            Date.ISO8601FormatStyle(timeZone: timeZone)
                .year().month().day().time(includingFractionalSeconds: false))
    }
}

extension EntityMapping {
    /// Whether the list comes from an HTTP service of the infobase.
    var isService: Bool { list.hasPrefix("hs/") }
}
