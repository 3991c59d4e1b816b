internal import Collection
internal import Records

/// Asks for the rows that belong to given owners, proving that none is left out.
///
/// A list without a cursor (addresses) cannot be paged by id: asked without a count it answers
/// everything on current portals and at most fifty rows on some others. An answer of any other
/// length than fifty is therefore whole; one of fifty is asked again in halves. What a single owner
/// has beyond it is asked for by id, so that a row that goes meanwhile pushes no other one out, and by
/// position where the portal turns out not to filter by id.
struct OwnerRows: Sendable {
    let list: RelatedList
    let method: ListMethod
    let select: [String]
    let client: PortalClient
    private let owner: JSONKey
    private let filter: [(key: JSONKey, value: String)]
    /// Whether the portal takes several owners at once; `nil` while that is not known.
    private var takesSeveral: Bool?
    /// Whether further rows of an owner are asked for by id.
    private var goesOnByID = true
    private let id: JSONKey?

    init(list: RelatedList, method: ListMethod, select: [String], client: PortalClient) {
        self.list = list
        self.method = method
        self.select = select
        self.client = client
        owner = JSONKey(list.owner)
        id = list.id.map { JSONKey($0) }
        filter = list.filter.map { (JSONKey($0.member), $0.value) }
        takesSeveral =
            switch method.paging {
            case .owner: false
            // Documented for this method, and not of every portal: tried first.
            case .owners where method.name.lowercased() == "crm.item.productrow.list": nil
            default: true
            }
    }

    /// A part of the owners, and which of their rows are asked for.
    private struct Part: Sendable {
        var owners: [String]
        var rows = Rows.all

        enum Rows: Sendable {
            case all
            /// Those of a greater id.
            case beyond(Int64)
            /// Those behind so many.
            case behind(Int)
        }
    }

    /// All rows of the owners, by owner, in the order in which they came.
    mutating func rows(of owners: [String]) async throws -> [String: [JSONValue]] {
        var byOwner: [String: [JSONValue]] = [:]
        var rest = owners[...]
        if takesSeveral == nil {
            let first = rest.prefix(await client.batchSize)
            rest = rest.dropFirst(first.count)
            try await read(first.map { Part(owners: [$0]) }, into: &byOwner)
            takesSeveral = try await tried(first.filter { byOwner[$0] != nil })
        }
        let length = takesSeveral == true ? mostOwners : 1
        let parts = stride(from: rest.startIndex, to: rest.endIndex, by: length).map { start in
            Part(owners: Array(rest[start..<min(start + length, rest.endIndex)]))
        }
        try await read(parts, into: &byOwner)
        return byOwner
    }

    /// How many owners are asked for at once, so that as a rule less than a page comes.
    private var mostOwners: Int {
        switch method.paging {
        case .owners where pagesByPosition: 10
        case .owners: 100
        // Each owner names one row.
        default: PageChain.pageLength - 1
        }
    }

    /// Whether rows of both owners come when both are asked for; `nil` when there are no two.
    private func tried(_ owners: [String]) async throws -> Bool? {
        guard owners.count > 1 else { return nil }
        let pair = Part(owners: [owners[0], owners[1]])
        let rows: [JSONValue]
        do {
            rows = try await ask([pair])[0] ?? []
        } catch let error as CollectionError where error.kind == .malformed {
            return false
        }
        return Set(rows.compactMap { $0[owner]?.scalarText }) == Set(pair.owners)
    }

    private mutating func read(
        _ given: [Part], into byOwner: inout [String: [JSONValue]]
    ) async throws {
        var parts = Array(given.reversed())
        while !parts.isEmpty {
            let asked = Array(parts.suffix(await client.batchSize).reversed())
            let answers = try await ask(asked)
            parts.removeLast(asked.count)
            for (part, rows) in zip(asked, answers).reversed() {
                guard let rows else {
                    goesOnByID = false
                    parts.append(rest(of: part, behind: [], read: byOwner))
                    continue
                }
                if rows.count >= PageChain.pageLength, part.owners.count > 1 {
                    // More than fifty rows at once come from a portal that knows no limit.
                    if rows.count > PageChain.pageLength {
                        append(rows, of: part, to: &byOwner)
                        continue
                    }
                    let middle = part.owners.count / 2
                    parts.append(Part(owners: Array(part.owners[middle...])))
                    parts.append(Part(owners: Array(part.owners[..<middle])))
                    continue
                }
                append(rows, of: part, to: &byOwner)
                if rows.count == PageChain.pageLength, pagesByPosition {
                    parts.append(rest(of: part, behind: rows, read: byOwner))
                }
            }
        }
    }

    /// What of a single owner's rows is still to be read behind a page.
    private func rest(
        of part: Part, behind page: [JSONValue], read byOwner: [String: [JSONValue]]
    ) -> Part {
        let owner = part.owners[0]
        if goesOnByID, ascends(page, beyond: .min), let row = page.last, let last = rowID(of: row) {
            return Part(owners: [owner], rows: .beyond(last))
        }
        return Part(owners: [owner], rows: .behind(byOwner[owner]?.count ?? 0))
    }

    private func rowID(of row: JSONValue) -> Int64? { id.flatMap { row[$0]?.integer } }

    /// Whether each row's id is greater than the one before.
    private func ascends(_ rows: [JSONValue], beyond bound: Int64) -> Bool {
        var last = bound
        for row in rows {
            guard let id = rowID(of: row), id > last else { return false }
            last = id
        }
        return true
    }

    /// Whether one owner's further rows can be asked for.
    private var pagesByPosition: Bool {
        method.paging == .owners && method.name.lowercased() != "crm.address.list"
    }

    private func append(
        _ rows: [JSONValue], of part: Part, to byOwner: inout [String: [JSONValue]]
    ) {
        if case .owner = method.paging {
            // Such rows need not name the owner that was asked for.
            if !rows.isEmpty { byOwner[part.owners[0], default: []] += rows }
            return
        }
        for row in rows { byOwner[row[owner]?.scalarText ?? "", default: []].append(row) }
    }

    /// The rows of each part; `nil` for one that goes on by id where the portal does not.
    private func ask(_ parts: [Part]) async throws -> [[JSONValue]?] {
        do {
            return try await client.batch(method.name, parts.map(command)) {
                (answer) throws(RefusedAnswer) in
                var answers: [[JSONValue]?] = []
                for (number, part) in parts.enumerated() {
                    answers.append(try read(answer["c\(number)"], part))
                }
                return answers
            }
        } catch let error as CollectionError where error.kind == .unreachable {
            guard parts.count > 10, await client.shrinkBatches() else { throw error }
            let middle = parts.count / 2
            return try await ask(Array(parts[..<middle])) + ask(Array(parts[middle...]))
        }
    }

    private func command(for part: Part) -> BatchCommand {
        if case .owner(let parameter) = method.paging {
            var command = ListRequest(method).command
            command.add(parameter, nil, part.owners[0])
            return command
        }
        var request = ListRequest(method, select: select)
        request.start = -1
        if pagesByPosition {
            request.start = 0
            request.order = list.id
        }
        switch part.rows {
        case .all: break
        case .beyond(let last):
            request.filter.append((">" + (list.id ?? ""), .text(String(last))))
        case .behind(let count): request.start = count
        }
        request.filter += list.filter.map { ($0.member, .text($0.value)) }
        request.filter.append(
            part.owners.count == 1 && method.among == "="
                ? (method.among + list.owner, .text(part.owners[0]))
                : (method.among + list.owner, .list(part.owners)))
        return request.command
    }

    private func read(
        _ outcome: BatchAnswer.Outcome, _ part: Part
    ) throws(RefusedAnswer) -> [JSONValue]? {
        switch outcome {
        case .missing: throw .transient(malformed("without the rows asked for"))
        case .failure(let error):
            let refusal = PortalRefusal(error, status: 200)
            // The owner was listed and deleted since: nothing belongs to it any more.
            if case .owner = method.paging, refusal?.isGone == true { return [] }
            let answer =
                refusal?.answer(to: method.name, at: client.host, reset: nil)
                ?? .transient(malformed("with an error that says nothing"))
            if case .beyond = part.rows, !answer.isTransient, answer.error.kind == .malformed {
                return nil
            }
            throw answer
        case .result(let value):
            guard let rows = method.rows(in: value) else {
                throw .transient(malformed("with something else than a list"))
            }
            try check(rows, part)
            if case .beyond(let last) = part.rows, !ascends(rows, beyond: last) { return nil }
            return rows
        }
    }

    /// Rows of other owners or other kinds mean that the filter was ignored.
    private func check(_ rows: [JSONValue], _ part: Part) throws(RefusedAnswer) {
        if case .owner = method.paging { return }
        let owners = Set(part.owners)
        for row in rows {
            guard owners.contains(row[owner]?.scalarText ?? ""),
                filter.allSatisfy({ row[$0.key]?.scalarText ?? $0.value == $0.value })
            else { throw .permanent(malformed("with rows of others: it ignores the filter")) }
        }
    }

    private func malformed(_ how: String) -> CollectionError {
        CollectionError(
            .malformed,
            "\(client.host) answered \(method.name) \(how). Reading was stopped; what an "
                + "earlier run stored is untouched. Report this with the portal's version.")
    }
}
