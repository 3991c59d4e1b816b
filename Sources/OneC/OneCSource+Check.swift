public import Collection
public import Records

extension OneCSource {
    /// Tries the address, the credentials, the lists and their fields.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        let client = client(patience: .zero)
        var checks: [SourceCheck] = []
        var subject = "reachable"
        do {
            let sections = try sections(of: entity.name)
            var given: [EntityMapping] = []
            for section in sections { given += try await published(section, client) }
            if given.isEmpty {
                let absent = EntityNotGiven(of: address.label, lacking: sections.map(\.list))
                checks.append(.notGiven(absent))
            }
            for section in given {
                subject = section.list
                if section.isService {
                    checks.append(try await checkService(section, of: entity, client))
                    continue
                }
                if checks.isEmpty { subject = "reachable" }
                let metadata = try await client.metadata()
                if checks.isEmpty {
                    checks.append(
                        SourceCheck(
                            subject: "reachable", isPassed: true,
                            detail: "\(address.label) answers and publishes \(metadata.setCount) "
                                + "sets"))
                }
                subject = "fields of \(section.list)"
                let fit = SectionFit(section, metadata: metadata)
                checks.append(try fields(of: fit, metadata))
                subject = section.list
                checks.append(try await rows(of: fit, section, client))
            }
        } catch {
            checks.append(
                SourceCheck(
                    subject: subject, isPassed: false,
                    detail: (error as? CollectionError)?.message
                        ?? "stopped before it was answered"))
        }
        await client.finish()
        return checks
    }

    private func fields(
        of fit: SectionFit, _ metadata: InfobaseMetadata
    ) throws(CollectionError) -> SourceCheck {
        guard fit.isPublished else {
            throw .notPublished(fit.list, at: address.label, setCount: metadata.setCount)
        }
        if let lost = fit.lostFields.first { throw .lost(lost, of: fit.list, at: address.label) }
        let names =
            fit.lostOptional.map { String($0.dropFirst(fit.list.count + 1)) }
            + fit.lostCurrencies.map { String($0.dropFirst(fit.list.count + 1)) } + fit.lostLists
        return SourceCheck(
            subject: "fields of \(fit.list)", isPassed: true,
            detail: names.isEmpty
                ? "all are published"
                : "not published: \(names.joined(separator: ", ")). Mend the mapping if you expect "
                    + "values there.")
    }

    private func rows(
        of fit: SectionFit, _ section: EntityMapping, _ client: InfobaseClient
    ) async throws -> SourceCheck {
        guard let shape = fit.shape, let selection = fit.selection else {
            throw CollectionError.notPublished(fit.list, at: address.label, setCount: 0)
        }
        let resource = ODataResource(shape: shape).telling(section.arguments, moment: moment)
        let count = try await client.count(of: resource, select: selection.select)
        _ = try await client.page(
            .init(
                select: selection.select, orderBy: selection.key.joined(separator: ","), top: 1),
            of: resource)
        return SourceCheck(
            subject: fit.list, isPassed: true,
            detail: count.map { "readable, \($0) entities" } ?? "readable; 1C does not count it")
    }

    private func checkService(
        _ section: EntityMapping, of entity: EntityDefinition, _ client: InfobaseClient
    ) async throws -> SourceCheck {
        var reading = ServiceReading(client: client, mapping: section)
        let rows = try await reading.next()
        var decoding = RecordDecoding(RecordDecoder(section, entity: entity))
        for row in rows ?? [] { decoding.decodeRows(of: row) { _ in } }
        if let lost = decoding.lostFields.first {
            throw CollectionError.lost(lost, of: section.list, at: address.label)
        }
        return SourceCheck(
            subject: section.list, isPassed: true,
            detail: "readable, \(reading.announced ?? rows?.count ?? 0) rows "
                + (reading.announced == nil ? "in the first part" : "announced"))
    }
}
