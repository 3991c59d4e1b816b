internal import Collection
internal import Records

/// Reads the lookups of a section before its records.
struct LookupReading: Sendable {
    let client: PortalClient
    let catalogues: PortalCatalogues
    /// What other sections of the entity have read already.
    let known: [LookupList: LookupTables]

    /// What was read, and what could not be and why.
    struct Outcome: Sendable {
        var tables = LookupTables()
        var doubts: [Certificate.Doubt] = []
        var remarks: [String] = []
    }

    /// Reads all lookups of a mapping.
    func tables(of mapping: EntityMapping) async throws -> Outcome {
        var outcome = Outcome()
        for lookup in mapping.lookups {
            if let tables = known[lookup] {
                outcome.tables.take(lookup.name, from: tables)
                continue
            }
            do {
                let (rows, isWhole) = try await rows(of: lookup)
                outcome.tables.fill(lookup, of: mapping, with: rows)
                if !isWhole { outcome.tables.markPartial(lookup.name) }
            } catch let error as CollectionError where error.kind == .refused {
                outcome.tables.markPartial(lookup.name)
                outcome.doubts.append(
                    .rightsLost(
                        detail: "The list \(lookup.list) cannot be read, which says what "
                            + "'\(lookup.name)' means: \(error.message)"))
            } catch let unknown as UnknownMethod {
                outcome.tables.markPartial(lookup.name)
                outcome.remarks.append(
                    "\(client.host) has no \(unknown.method): what '\(lookup.name)' means stays "
                        + "unknown.")
            }
        }
        return outcome
    }

    /// The rows of a lookup's list, and whether those are all.
    private func rows(
        of lookup: LookupList
    ) async throws -> (rows: [JSONValue], isWhole: Bool) {
        let method = ListMethod(lookup.list)
        var rows: [JSONValue] = []
        let doubtsBefore = await client.doubts.count
        var (unreadable, isRefused) = (0, false)
        let id = method.idName
        for var request in try await catalogues.requests(method, select: lookup.selection.names) {
            request.filter += lookup.filter.map { ($0.member, .text($0.value)) }
            if !request.select.contains(id) { request.select.insert(id, at: 0) }
            var reading = try await ListReading(
                request, id: id, client: client, trustsZero: false)
            while let portion = try await reading.next() {
                rows += portion.rows
                unreadable += portion.unreadable
            }
            if method.name.lowercased() == "crm.status.list",
                reading.count == PageChain.pageLength
            {
                let stages = try await stages(request)
                rows += stages.rows
                isRefused = isRefused || !stages.isWhole
            }
        }
        let doubts = await client.doubts.count
        return (rows, unreadable == 0 && !isRefused && doubts == doubtsBefore)
    }

    /// The stages of each funnel by themselves, where the portal ends the list of all after a page, and
    /// whether it gave all funnels.
    private func stages(
        _ request: ListRequest
    ) async throws -> (rows: [JSONValue], isWhole: Bool) {
        var directories: [String] = []
        var isWhole = true
        for (type, name) in [("2", "DEAL_STAGE"), ("31", "SMART_INVOICE_STAGE")] {
            let method = ListMethod("crm.category.list?entityTypeId=\(type)")
            guard let answer = try await client.refusable(ListRequest(method)) else {
                isWhole = false
                continue
            }
            for category in method.rows(in: answer.result) ?? [] {
                guard let number = category["id"]?.integer else { continue }
                directories.append(number == 0 ? name : "\(name)_\(number)")
            }
        }
        var rows: [JSONValue] = []
        for directory in directories {
            var request = request
            request.filter.append(("ENTITY_ID", .text(directory)))
            rows += request.method.rows(in: try await client.list(request).result) ?? []
        }
        return (rows, isWhole)
    }
}
