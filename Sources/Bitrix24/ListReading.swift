internal import Collection

/// Reads one list from its beginning to its end, portion by portion.
struct ListReading: Sendable {
    /// What one portion brought.
    struct Portion: Sendable {
        var rows: [JSONValue] = []
        var pages = 0
        var repeated = 0
        /// Rows that the portal cannot write, since they hold broken text.
        var unreadable = 0
    }

    let request: ListRequest
    let client: PortalClient
    /// The number of rows that the portal named before; `nil` when it cannot be told.
    let announced: Int?
    /// The greatest id before reading; rows beyond appeared meanwhile.
    let greatest: Int64?
    /// Rows taken so far.
    private(set) var count = 0
    /// Rows that were not there when reading began; `nil` when it cannot be told: pages by position
    /// do not show it, nor does a list whose greatest id the portal did not give.
    var appeared: Int? {
        request.method.paging == .cursor && greatest != nil ? beyondGreatest : nil
    }

    private var beyondGreatest = 0
    /// Rows in a row that the portal could not write.
    private var unreadableRun = 0
    /// So many rows on end hold broken text in no portal: whatever is asked for is refused then, and
    /// looking further, an id at a time, would never end.
    private static let longestUnreadableRun = 50

    private let chain: PageChain
    private var cursor: Int64 = 0
    private var isFinished = false
    private var isChained = true

    /// Begins a list, with the number of its rows as the portal counts them now, or counted when the
    /// reading of the entity began.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - id: The member that holds a row's id.
    ///   - client: The portal.
    ///   - trustsZero: Whether a list that was counted empty need not be looked into. What belongs to
    ///     objects that were read for an hour is not what it was when they were counted.
    /// - Throws: ``CollectionError``, or ``UnknownMethod``, when the portal refuses.
    init(
        _ request: ListRequest, id: String, client: PortalClient, trustsZero: Bool = true
    ) async throws {
        self.request = request
        self.client = client
        chain = PageChain(request: request, idName: id, host: client.host)
        let count = try await client.count(request, id: id, isNow: false)
        announced = count.total
        // Whatever comes out of an empty list has appeared.
        greatest = count.greatest ?? (count.total == 0 ? 0 : nil)
        // The count came with the first page from the other end: where there was no row on it, there
        // is no page to read.
        isFinished = count.total == 0 && trustsZero
    }

    /// The next rows; `nil` at the end.
    ///
    /// A portion may be empty.
    mutating func next() async throws -> Portion? {
        guard !isFinished else { return nil }
        let portion =
            request.method.paging == .offset
            ? try await positionedPages() : try await cursorPages()
        count += portion.rows.count + portion.unreadable
        return portion
    }

    /// What the portal is asked for its count.
    var counting: ListRequest { request.counting(by: chain.idName) }

    /// The number of rows as the portal counts them after reading.
    ///
    /// Beside ``announced`` it lets the caller judge the number of rows that were read: pages by id
    /// lose nothing when records come and go meanwhile, and those by position are proven by
    /// themselves, so that any number between the two counts is explained.
    ///
    /// - Parameter isNow: Whether it has to be told now, and not ahead of time.
    /// - Returns: The number; `nil` when the portal does not tell.
    /// - Throws: ``CollectionError`` when the portal refuses.
    func countAgain(isNow: Bool) async throws -> Int? {
        try await client.count(request, id: chain.idName, isNow: isNow).total
    }

    /// All pages: one by one they would not tell whether a row slipped between them.
    private mutating func positionedPages() async throws -> Portion {
        isFinished = true
        return try await PositionedReading(request: request, idName: chain.idName, client: client)
            .rows(total: announced, greatest: greatest)
    }

    /// The next pages, as many as a request can bring.
    private mutating func cursorPages() async throws -> Portion {
        let (chain, cursor) = (chain, cursor)
        var read: PageChain.Rows?
        while read == nil {
            let count = await pageCount
            do {
                read = try await client.batch(
                    chain.request.method.name, chain.commands(after: cursor, count: count)
                ) { (answer) throws(RefusedAnswer) in
                    try chain.rows(from: answer, after: cursor, count: count)
                }
            } catch let error as CollectionError where error.kind == .unreachable {
                guard count > 10, await client.shrinkBatches() else { throw error }
            }
        }
        guard let read else { return Portion() }
        if read.isBroken { return try await pageWithoutBrokenRows() }
        isFinished = read.isLast
        isChained = isChained && read.isChained
        self.cursor = read.cursor
        if let greatest, read.cursor > greatest {
            beyondGreatest += read.rows.count { ($0[chain.idName]?.integer ?? 0) > greatest }
        }
        return Portion(rows: read.rows, pages: read.pages, repeated: read.repeated)
    }

    /// The next rows without the one that keeps the portal from writing its page.
    ///
    /// Ever narrower ranges of ids are asked for, until one holds nothing but that row.
    private mutating func pageWithoutBrokenRows() async throws -> Portion {
        var portion = Portion(pages: 1)
        var width: Int64 = 64
        for _ in 0..<200 {
            let rows: [JSONValue]
            do {
                rows = try await range(width)
            } catch is BrokenText {
                if width == 1 {
                    unreadableRun += 1
                    guard unreadableRun < Self.longestUnreadableRun else { throw allUnreadable }
                    cursor += 1
                    portion.unreadable = 1
                    return portion
                }
                width /= 2
                continue
            }
            portion.rows += rows
            if !rows.isEmpty { unreadableRun = 0 }
            let last = rows.compactMap { $0[chain.idName]?.integer }.max()
            // A full page may have been cut before the end of the range.
            cursor = rows.count < PageChain.pageLength ? cursor + width : last ?? cursor + width
            // What passed by itself, or lies far ahead, is met by whole pages.
            if portion.rows.count >= PageChain.pageLength || cursor >= greatest ?? .max { break }
            width = min(width * 2, 1 << 32)
        }
        if let greatest {
            beyondGreatest += portion.rows.count { ($0[chain.idName]?.integer ?? 0) > greatest }
        }
        return portion
    }

    private var allUnreadable: CollectionError {
        CollectionError(
            .malformed,
            "\(client.host) refused \(unreadableRun) rows of \(request.method.name) one after another "
                + "as broken text (WRONG_ENCODING). Reading was stopped; what an earlier run stored "
                + "is untouched. If single records open in the portal, ask its support.")
    }

    /// The rows beyond the cursor within so many ids.
    private func range(_ width: Int64) async throws -> [JSONValue] {
        var request = request
        request.start = request.method.pageStart
        request.order = chain.idName
        request.filter.append((">" + chain.idName, .text(String(cursor))))
        request.filter.append(("<=" + chain.idName, .text(String(cursor + width))))
        return request.method.rows(in: try await client.list(request).result) ?? []
    }

    private var pageCount: Int {
        get async {
            guard isChained else { return 1 }
            let size = await client.batchSize
            // Pages beyond the end would be asked for in vain.
            guard let announced, announced > count else { return announced == nil ? size : 1 }
            return min(size, (announced - count) / PageChain.pageLength + 1)
        }
    }
}
