internal import Collection
internal import Records

/// One full reading of one list.
///
/// 1C pages by position only, so that a row created or renamed meanwhile shifts the rest: rows come
/// twice or not at all. The list is therefore counted before and after, keys are remembered, each
/// page begins with the row that ended the one before it, and what does not add up is read again,
/// part by part; only what was not seen before is given then.
struct ListReading {
    /// How to read.
    struct Limits: Sendable {
        /// How large a page should become, in bytes.
        var pageBytes: Int
        /// How many rows a part by days may have.
        var partRows: Int
        /// How many rows a page may have.
        var pageRows = 10_000
        /// How many pages are asked for at once.
        var pagesAtOnce = 1
    }

    /// How often the same is read at most.
    static let longestTry = 3

    /// The number of rows that 1C names before and after; `nil` when it cannot count.
    private(set) var announced: Int?
    private(set) var announcedAfter: Int?
    /// Rows that came again.
    private(set) var repeatedCount = 0
    private(set) var pageCount = 0
    /// What speaks against completeness.
    private(set) var doubts: [Certificate.Doubt] = []
    /// What a person should know.
    private(set) var remarks: [String] = []
    private let client: InfobaseClient
    private let resource: ODataResource
    private let selection: ListSelection
    private let orderBy: String
    private let limits: Limits
    private let partitionField: String?
    private var ledger = KeyLedger()
    private var parts: [Part] = []
    /// The parts still to read in this round.
    private var queue: ArraySlice<Int> = []
    private var pass = Pass()
    private var rounds = 0
    private var pageLength = 50
    private var isFinished = false

    private struct Part {
        var bounds: DatePartition
        var rows = 0
        var withoutKey = 0
        var repeated = 0
        var tries = 0
        var isShifted = false
    }

    private struct Pass {
        var skip = 0
        var withKey = 0
        var withoutKey = 0
        var repeated = 0
        /// The key of the last row so far, which the next page has to begin with.
        var lastKey: RowKey?
        /// Whether it did not: rows came, went or moved, which counts alone may not tell.
        var isShifted = false
        /// Where pages began, one after another, of which every row had been read.
        var stalls: [Int] = []
        var ahead = PagesAhead()
        var rows: Int { withKey + withoutKey }
    }

    init(
        client: InfobaseClient, resource: ODataResource, selection: ListSelection,
        order: [String] = [], limits: Limits
    ) {
        self.client = client
        self.resource = resource
        self.selection = selection
        self.limits = limits
        orderBy = (order + selection.key.filter { !order.contains($0) }).joined(separator: ",")
        partitionField = resource.partitionField
    }

    /// Rows that have no key; they are counted and not given.
    var withoutKey: Int { parts.reduce(0) { $0 + $1.withoutKey } }

    /// Rows whose key another row had, when each part was read last: nothing moved between pages then,
    /// or that is a doubt by itself.
    var alikeCount: Int { parts.reduce(0) { $0 + $1.repeated } }

    /// How many different rows were seen.
    var rowCount: Int { ledger.count + withoutKey }

    /// The next rows, not seen before; `nil` when the list is read.
    mutating func next() async throws -> [JSONValue]? {
        guard !isFinished else { return nil }
        if queue.isEmpty { try await beginRound() }
        guard let number = queue.first else { return nil }
        let overlap = pass.lastKey == nil ? 0 : 1
        let answer = try await nextPage(of: number, overlap: overlap)
        let (page, rows, bytes) = (answer.page, answer.rows, answer.bytes)
        pageCount += 1
        let isJoined = overlap == 1 && rows.first.flatMap { key(of: $0) } == pass.lastKey
        if overlap == 1, !isJoined { pass.isShifted = true }
        let reached = page.skip + rows.count
        // A server may have been asked for less than a page when it failed before.
        let expected = parts[number].bounds.count ?? .max
        let isEnd =
            rows.count <= (isJoined ? 1 : 0) || (rows.count < page.top && reached >= expected)
        let fresh = try take(isJoined ? rows.dropFirst() : rows[...])
        pass.skip = reached
        if !rows.isEmpty {
            let length = limits.pageBytes / max(1, bytes / rows.count)
            pageLength = min(limits.pageRows, max(1, length))
        }
        if isEnd { try await endPart(number) }
        return fresh
    }

    private mutating func nextPage(
        of number: Int, overlap: Int
    ) async throws -> PagesAhead.Answer {
        if let answer = pass.ahead.take(at: pass.skip - overlap) { return answer }
        let page = InfobaseClient.Page(
            select: selection.select, orderBy: orderBy, skip: pass.skip - overlap,
            top: pageLength + overlap)
        // Before the first page nothing tells how long rows are, and with that pages.
        let pages = page.followed(
            length: pageLength, upTo: pageCount == 0 ? 1 : limits.pagesAtOnce,
            of: parts[number].bounds.count)
        let part = part(number)
        return try await pass.ahead.ask(for: pages, of: part, client: client)
    }

    private mutating func beginRound() async throws {
        announced = try await client.count(of: resource, select: selection.select)
        if rounds == 0 {
            var bounds = [DatePartition.whole(announced)]
            if let partitionField, let announced {
                bounds = try await PartitionPlanner(
                    client: client, resource: resource, field: partitionField,
                    limit: limits.partRows
                ).parts(of: announced)
            }
            parts = bounds.map { Part(bounds: $0) }
        } else if parts.count == 1 {
            parts[0].bounds.count = announced
        }
        queue = Array(parts.indices)[...]
        // What is announced is not trusted with more memory than a large list takes.
        ledger.reserve(min(announced ?? 0, 2_000_000))
        beginPass()
    }

    private mutating func take(_ rows: ArraySlice<JSONValue>) throws -> [JSONValue] {
        var taken: [JSONValue] = []
        var fresh = 0
        for row in rows {
            let key = key(of: row)
            pass.lastKey = key
            guard let key else {
                pass.withoutKey += 1
                fresh += 1
                continue
            }
            let (isNewInPass, isNew) = ledger.note(key)
            guard isNewInPass else {
                repeatedCount += 1
                pass.repeated += 1
                continue
            }
            pass.withKey += 1
            fresh += 1
            if isNew { taken.append(row) }
        }
        if fresh == 0, !rows.isEmpty {
            // Rows that came meanwhile push those before them onto the next page: near the end of a list
            // that may be all of it. One page after another that was read before is something else.
            pass.isShifted = true
            pass.stalls.append(pass.skip)
        } else {
            pass.stalls = []
        }
        if let position = pass.stalls.first, pass.stalls.count == Self.longestTry {
            throw CollectionError(
                .malformed,
                "\(client.address.label) gave pages of \(resource.label) that were read before "
                    + "(position \(position)): $skip is ignored, by a proxy perhaps. Reading was "
                    + "stopped; what an earlier run stored is untouched.")
        }
        return taken
    }

    private func key(of row: JSONValue) -> RowKey? {
        if selection.key.count == 1 { return row[selection.key[0]]?.scalarText.map(RowKey.init) }
        var key: [String] = []
        key.reserveCapacity(selection.key.count)
        for name in selection.key {
            guard let value = row[name] else { return nil }
            key.append(value.scalarText ?? value.boolean.map(String.init) ?? "")
        }
        return key.isEmpty ? nil : RowKey(key)
    }

    private mutating func beginPass() {
        pass = Pass()
        ledger.beginPass()
    }

    private mutating func endPart(_ number: Int) async throws {
        parts[number].rows = pass.rows
        parts[number].withoutKey = pass.withoutKey
        parts[number].repeated = pass.repeated
        if parts.count > 1, pass.isShifted || pass.rows != parts[number].bounds.count,
            parts[number].tries < Self.longestTry
        {
            // The plan may be older than a document written since.
            let count = try await client.count(of: part(number), select: selection.select)
            parts[number].bounds.count = count
            parts[number].tries += 1
            if pass.isShifted || count != pass.rows {
                beginPass()
                return
            }
        }
        parts[number].isShifted = pass.isShifted
        queue = queue.dropFirst()
        if queue.isEmpty { try await endRound() } else { beginPass() }
    }

    private func part(_ number: Int) -> ODataResource {
        resource.restricted(by: parts[number].bounds.condition(on: partitionField))
    }

    private mutating func endRound() async throws {
        rounds += 1
        var after = try await client.count(of: resource, select: selection.select)
        if announced == nil, after == nil {
            after = try await countKeys()
            announced = after
        }
        let current = parts.count == 1 ? pass.rows : rowCount
        let isShifted = parts.contains(where: \.isShifted)
        let isWhole = current == announced && after == announced && !isShifted
        if !isWhole, announced != nil, rounds < Self.longestTry {
            // A list that is one part is counted and read anew by the next round.
            if parts.count == 1 { return }
            let stale = try await staleParts()
            if !stale.isEmpty {
                queue = stale[...]
                announced = after
                beginPass()
                return
            }
        }
        isFinished = true
        announcedAfter = after
        judge(current, after)
    }

    /// The number of rows of a list that 1C does not count, by a second reading of their keys alone.
    ///
    /// The same keys at the second reading as at the first: then nothing came, went or was passed
    /// over between the two. Other keys are as good as rows that moved.
    private mutating func countKeys() async throws -> Int {
        let remark =
            "1C does not count \(resource.label): its rows were counted by reading their keys a "
            + "second time."
        if !remarks.contains(remark) { remarks.append(remark) }
        var counted: Set<RowKey> = []
        var (skip, withoutKey, isEnd) = (0, 0, false)
        while !isEnd {
            let page = InfobaseClient.Page(
                select: selection.keySelect, orderBy: orderBy, skip: skip, top: limits.pageRows)
            let rows = try await client.page(page, of: resource).rows
            pageCount += 1
            let before = counted.count + withoutKey
            for row in rows {
                guard let key = key(of: row) else {
                    withoutKey += 1
                    continue
                }
                if counted.insert(key).inserted, !ledger.contains(key) {
                    parts[parts.startIndex].isShifted = true
                }
            }
            skip += rows.count
            // A page of rows that were counted before: $skip is ignored, and counting would not end.
            isEnd = rows.isEmpty || counted.count + withoutKey == before
        }
        return counted.count + withoutKey
    }

    /// The parts whose rows are not those that 1C counts now.
    private mutating func staleParts() async throws -> [Int] {
        var numbers: [Int] = []
        for number in parts.indices {
            let count = try await client.count(of: part(number), select: selection.select)
            parts[number].bounds.count = count
            if parts[number].isShifted || count != parts[number].rows { numbers.append(number) }
        }
        return numbers
    }

    private mutating func judge(_ current: Int, _ after: Int?) {
        guard let announced, let after else {
            doubts.append(
                .partial(
                    detail:
                        "1C does not count \(resource.label), so that nothing but its own pages "
                        + "tells whether it was read whole."))
            return
        }
        if after != announced {
            doubts.append(.changedWhileReading(before: announced, after: after))
        }
        if current != after {
            doubts.append(.countDiffers(announced: after, delivered: current))
        } else if rowCount > current {
            // Rows that an earlier pass gave and that are gone now.
            doubts.append(.countDiffers(announced: after, delivered: rowCount))
        }
        if parts.contains(where: \.isShifted) {
            doubts.append(
                .partial(
                    detail: "rows of \(resource.label) moved between pages, each time it was read.")
            )
        }
    }
}

extension ODataResource {
    /// The field by whose days the list is read in parts; `nil` when it is read as one.
    var partitionField: String? {
        guard !isVirtual else { return nil }
        let isRegister = shape.list.contains("Register_")
        let field = shape.list.hasPrefix("Document_") ? "Date" : isRegister ? "Period" : nil
        return field.flatMap { shape.properties[$0] == "Edm.DateTime" ? $0 : nil }
    }
}
