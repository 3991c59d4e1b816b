internal import Collection
internal import Records

/// The related lists of one reading; sections that relate the same list share it.
final class RelatedReadings {
    private var all: [RelatedReading] = []

    /// A related list with the members to name in requests; more come where another section wants them.
    func reading(
        _ list: RelatedList, select: [String], client: PortalClient
    ) -> RelatedReading {
        // What is given by owner is given whole, whatever is named.
        let select = ListMethod(list.list).isByOwner ? [] : select
        let wanted = Set(select)
        if let known = all.first(where: { $0.list == list && wanted.isSubset(of: $0.select) }) {
            return known
        }
        let reading = RelatedReading(list, select: select, client: client)
        all.append(reading)
        return reading
    }
}

/// A list that the portal gives otherwise than asked, where other lists say the same.
struct UnusableList: Error {
    let method: String
    /// What to tell where those cannot be read either.
    let error: CollectionError
}

/// Reads the rows of one related list for the owners of each portion.
///
/// A list with ids of its own is read once from end to end, in full pages, and its rows wait in a
/// spool for their owners: that takes the fewest requests. Lists without ids, and those that the
/// portal gives by owner only, are asked for each portion's owners.
final class RelatedReading {
    let list: RelatedList
    /// What does not fit together in the numbers of the list's rows.
    private(set) var doubt: Certificate.Doubt?
    private let method: ListMethod
    private let owner: JSONKey
    private let filter: [(key: JSONKey, value: String)]
    let select: [String]
    private let client: PortalClient
    private var spool: RowSpool?
    private var owners: OwnerRows?
    /// Those of whom the portal said that they own nothing, which would take a command each to ask
    /// again for another section: most invoices have no payment documents.
    private var ownersOfNothing: Set<Int64> = []
    private var hasBegun = false
    /// Why it cannot be read; each section that shares the list is told.
    private var obstacle: UnusableList?

    init(_ list: RelatedList, select: [String], client: PortalClient) {
        self.list = list
        method = ListMethod(list.list)
        owner = JSONKey(list.owner)
        filter = list.filter.map { (JSONKey($0.member), $0.value) }
        self.select = select
        self.client = client
    }

    /// Reads what is read as a whole, once.
    ///
    /// - Returns: The pages read.
    /// - Throws: ``UnusableList`` when another way may do without it; ``CollectionError``.
    func begin() async throws -> Int {
        if let obstacle { throw obstacle }
        guard !hasBegun else { return 0 }
        hasBegun = true
        // Few objects name rows of a large list: those are asked for, not the whole list.
        guard method.paging == .cursor, let id = list.id, list.by == nil else {
            owners = OwnerRows(list: list, method: method, select: select, client: client)
            return 0
        }
        do {
            return try await readWhole(by: id)
        } catch let error as CollectionError
            where error.kind == .malformed && method.isForAdministrators
        {
            let obstacle = UnusableList(method: method.name, error: error)
            self.obstacle = obstacle
            throw obstacle
        }
    }

    /// Reads the list from end to end.
    private func readWhole(by id: String) async throws -> Int {
        let spool = RowSpool()
        var (pages, unreadable) = (0, 0)
        var request = ListRequest(method, select: select)
        request.filter += list.filter.map { ($0.member, .text($0.value)) }
        var reading = try await ListReading(
            request, id: id, client: client, trustsZero: false)
        while let portion = try await reading.next() {
            pages += portion.pages
            unreadable += portion.unreadable
            for row in portion.rows {
                try check(row)
                if let owner = row[self.owner]?.integer {
                    try spool.append(row, owner: Self.key(of: owner))
                }
            }
        }
        if let before = reading.announced, before != reading.count,
            let after = try await reading.countAgain(isNow: true),
            !(min(before, after)...max(before, after) ~= reading.count)
        {
            doubt = .partial(
                detail: "\(client.host) counts \(after) rows in \(list.list) and gave "
                    + "\(reading.count)")
        }
        if unreadable > 0 {
            doubt = .partial(
                detail: "\(client.host) cannot give \(unreadable) of the rows in \(list.list), "
                    + "since they hold broken text")
        }
        self.spool = spool
        return pages
    }

    /// The rows of the owners, each owner's in the list's order.
    func rows(of ids: [String]) async throws -> OwnedRows {
        if var owners {
            let byOwner = try await owners.rows(of: ids.filter { !ownsNothing($0) })
            self.owners = owners
            if method.isByOwner {
                let idle = ids.filter { byOwner[$0] == nil }
                ownersOfNothing.formUnion(idle.compactMap { Int64($0) })
            }
            var rows = OwnedRows(ownerCount: ids.count)
            for id in ids { rows.append(ordered(byOwner[id] ?? [])) }
            return rows
        }
        return try spooled(ids)
    }

    private func ownsNothing(_ id: String) -> Bool {
        Int64(id).map { ownersOfNothing.contains($0) } ?? false
    }

    private static func key(of owner: Int64) -> UInt128 {
        UInt128(UInt64(bitPattern: owner))
    }

    /// The rows of the owners that wait in the spool.
    private func spooled(_ ids: [String]) throws -> OwnedRows {
        var rows = OwnedRows(ownerCount: ids.count)
        guard let spool, spool.count > 0 else { return rows }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        var counts: [Int] = []
        counts.reserveCapacity(ids.count)
        for id in ids {
            let owner = Int64(id)
            counts.append(
                try owner.map { try spool.appendRows(of: Self.key(of: $0), to: &bytes) } ?? 0)
        }
        if bytes.count > 1 { bytes.removeLast() }
        bytes.append(UInt8(ascii: "]"))
        var elements = try JSONDocument(parsing: bytes).root.elements
        for count in counts {
            switch count {
            case 0: rows.append([])
            case 1: rows.append(elements.next())
            default: rows.append(ordered((0..<count).compactMap { _ in elements.next() }))
            }
        }
        return rows
    }

    /// Rows of other kinds mean that the filter was ignored.
    private func check(_ row: JSONValue) throws {
        guard filter.allSatisfy({ row[$0.key]?.scalarText ?? $0.value == $0.value }) else {
            throw CollectionError(
                .malformed,
                "\(client.host) answered \(list.list) with rows of others: it ignores the filter. "
                    + "Reading was stopped; what an earlier run stored is untouched.")
        }
    }

    /// The rows by the members that order them: numbers as numbers, before texts, before nothing.
    private func ordered(_ rows: [JSONValue]) -> [JSONValue] {
        guard rows.count > 1, !list.order.isEmpty else { return rows }
        let keyed = rows.enumerated().map { number, row in
            (
                keys: list.order.map { RecordID(row[$0]?.scalarText ?? "~") }, number: number,
                row: row
            )
        }
        return keyed.sorted { left, right in
            for (a, b) in zip(left.keys, right.keys) where a != b { return a < b }
            return left.number < right.number
        }.map(\.row)
    }
}
