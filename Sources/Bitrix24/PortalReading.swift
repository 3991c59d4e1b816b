internal import Collection
internal import Records

/// One full reading of one entity.
struct PortalReading {
    private(set) var builder: CertificateBuilder
    /// The number of records that the portal named before reading.
    private(set) var announced: Int?
    private let mapping: EntityMapping
    private let client: PortalClient
    private let decoder: RecordDecoder
    private let chain: PageChain
    private let selection: MappingSelection
    private let idName: String
    private var cursor: Int64 = 0
    private var isFinished = false
    private var isChained = true
    /// Rows with an id seen so far, skipped ones included.
    private var seen = 0

    init(
        mapping: EntityMapping, entity: EntityDefinition, client: PortalClient,
        clock: MonotonicClock
    ) {
        self.mapping = mapping
        self.client = client
        builder = CertificateBuilder(clock: clock)
        decoder = RecordDecoder(mapping, entity: entity)
        selection = mapping.selection
        idName = selection.names.first ?? ""
        let related = Set(mapping.related.map(\.name))
        chain = PageChain(
            method: mapping.list, idName: idName,
            select: selection.names.filter { !related.contains($0) }, host: client.webhook.host)
    }

    /// Looks at the owner's rights and the number of records.
    mutating func begin() async throws {
        if try await isAdministrator() == false {
            builder.doubt(
                .rightsLost(
                    detail: "The webhook's owner is no administrator of \(client.webhook.host): "
                        + "records that the owner may not see are left out without a word."))
        }
        announced = try await total()
        builder.announce(announced)
    }

    /// The next records; an empty portion is none of the end.
    mutating func nextPortion() async throws -> [Record]? {
        guard !isFinished else { return nil }
        let portion = try await pages()
        isFinished = portion.isLast
        isChained = isChained && portion.isChained
        cursor = portion.cursor
        builder.countPage(portion.pages)
        for _ in 0..<portion.repeated { builder.repeatRow() }
        return records(of: try await joined(portion.rows))
    }

    /// Counts again and closes the certificate.
    mutating func finish() async throws -> Certificate {
        let after = try await total()
        builder.announceAfter(after)
        // Pages by id lose nothing when records come and go meanwhile, so that any number between
        // the two counts is explained; another one is not.
        if let before = announced, let after, !(min(before, after)...max(before, after) ~= seen) {
            builder.doubt(.countDiffers(announced: after, delivered: seen))
            if before != after { builder.doubt(.changedWhileReading(before: before, after: after)) }
        }
        return builder.finish(await client.traffic)
    }

    private func isAdministrator() async throws -> Bool? {
        do {
            return try await client.call("profile").result["ADMIN"]?.boolean
        } catch let error as CollectionError where error.kind == .misconfigured {
            return nil  // an old box without the method
        }
    }

    /// The number of records by the portal's own count; `nil` when it does not tell.
    private func total() async throws -> Int? {
        let idName = idName
        let answer = try await client.call(mapping.list) { writer in
            writer.name("order")
            writer.object { writer in
                writer.name(idName)
                writer.write("ASC")
            }
            writer.name("select")
            writer.array { $0.write(idName) }
            writer.name("start")
            writer.write(0)
        }
        guard let total = answer.root["total"]?.integer else { return nil }
        let isContradicted = total == 0 && answer.result.count > 0
        return isContradicted ? nil : Int(total)
    }

    /// The next pages, as many as a request can bring.
    private func pages() async throws -> PageChain.Rows {
        let (chain, cursor) = (chain, cursor)
        while true {
            let count = await pageCount
            do {
                return try await client.batch(
                    mapping.list, chain.commands(after: cursor, count: count)
                ) { (answer) throws(RefusedAnswer) in
                    try chain.rows(from: answer, after: cursor, count: count)
                }
            } catch let error as CollectionError where error.kind == .unreachable {
                guard count > 10, await client.shrinkBatches() else { throw error }
            }
        }
    }

    private var pageCount: Int {
        get async {
            guard isChained else { return 1 }
            let size = await client.batchSize
            // Pages beyond the end would be asked for in vain.
            guard let announced, announced > seen else { return announced == nil ? size : 1 }
            return min(size, (announced - seen) / PageChain.pageLength + 1)
        }
    }

    /// The rows with what belongs to them.
    private func joined(_ rows: [JSONValue]) async throws -> [JSONValue] {
        var ids: [String?: [String]] = [nil: rows.compactMap { $0[idName]?.scalarText }]
        var related: [String: [String: [JSONValue]]] = [:]
        for list in mapping.related {
            let owners = ids[list.parent] ?? []
            guard !owners.isEmpty else { continue }
            let reader = RelatedRows(list: list, select: select(of: list), client: client)
            let rows = try await reader.rows(of: owners)
            related[list.name] = rows
            if let id = list.id {
                // In order, so that the same portal gets the same requests every night.
                ids[list.name] = owners.flatMap { owner in
                    (rows[owner] ?? []).compactMap { $0[id]?.scalarText }
                }
            }
        }
        do {
            return try JoinedPayloads(mapping: mapping, rows: related).values(of: rows, id: idName)
        } catch {
            throw CollectionError(
                .malformed,
                "\(client.webhook.host): records and their related rows do not join (\(error)).")
        }
    }

    private func select(of list: RelatedList) -> [String] {
        var lineage = [list.name]
        var parent = list.parent
        while let name = parent, let list = mapping.related.first(where: { $0.name == name }) {
            lineage.insert(name, at: 0)
            parent = list.parent
        }
        var inside = lineage.reduce(selection) { $0[$1] }
        for name in [list.id, list.owner].compactMap({ $0 }) + list.filter.map(\.member)
            + list.order
        {
            inside.insert(name: name)
        }
        let children = Set(mapping.related.filter { $0.parent == list.name }.map(\.name))
        return inside.names.filter { !children.contains($0) }
    }

    private mutating func records(of payloads: [JSONValue]) -> [Record] {
        var records: [Record] = []
        records.reserveCapacity(payloads.count)
        for payload in payloads {
            switch decoder.decode(payload) {
            case .record(let record):
                seen += 1
                builder.deliver(record)
                records.append(record)
            case .skipped(let reason):
                seen += 1
                builder.skip(reason: reason)
            case .withoutID:
                builder.skipWithoutID()
            }
        }
        return records
    }
}
