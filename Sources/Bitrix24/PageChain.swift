internal import Collection
internal import Records

/// Reads a list from its least id to its greatest: keyset pages, up to fifty to a request.
///
/// Each page asks for ids beyond the last of the page before, which the portal itself fills in
/// (`$result[c0][49][ID]`). Whatever is created or deleted meanwhile cannot shift a page. A page
/// that does not move on is never taken: an unknown filter is ignored by old methods, and the first
/// page would come back for ever.
struct PageChain: Sendable {
    /// Rows of a full page; fixed by the portal.
    static let pageLength = 50

    let request: ListRequest
    let idName: String
    let host: String
    private let id: JSONKey

    init(request: ListRequest, idName: String, host: String) {
        self.request = request
        self.idName = idName
        self.host = host
        id = JSONKey(idName)
    }

    /// What one request brought.
    struct Rows: Sendable {
        var rows: [JSONValue] = []
        var pages = 0
        /// Rows with the id of the row before.
        var repeated = 0
        /// The greatest id read.
        var cursor: Int64
        /// Whether the last page was short: there is nothing beyond.
        var isLast = false
        /// Whether not even the first page came, since a row on it holds broken text.
        var isBroken = false
        /// Whether the portal filled in the references.
        var isChained = true
    }

    /// The commands for a number of pages beyond an id.
    func commands(after cursor: Int64, count: Int) -> [BatchCommand] {
        (0..<count).map { number in
            var request = request
            request.start = request.method.pageStart
            request.order = idName
            let bound: ListRequest.Value =
                number == 0
                ? .text(String(cursor))
                : .reference(
                    request.method.reference(
                        to: "c\(number - 1)", row: Self.pageLength - 1, member: idName))
            request.filter.append((">" + idName, bound))
            return request.command
        }
    }

    /// Reads the answer to such commands.
    ///
    /// - Throws: ``RefusedAnswer`` when not even the first page can be used.
    func rows(
        from answer: BatchAnswer, after cursor: Int64, count: Int
    ) throws(RefusedAnswer) -> Rows {
        var read = Rows(cursor: cursor)
        for number in 0..<count {
            switch answer["c\(number)"] {
            case .missing: return read
            case .failure(let error):
                // What came before stands; the next request begins at the page that failed.
                guard number == 0 else { return read }
                if PortalRefusal(error, status: 200)?.isBrokenText == true {
                    read.isBroken = true
                    return read
                }
                throw refusal(error)
            case .result(let value):
                guard try take(value, isFirst: number == 0, into: &read) else { return read }
            }
        }
        return read
    }

    /// Takes one page and says whether the next one can be used.
    private func take(
        _ value: JSONValue, isFirst: Bool, into read: inout Rows
    ) throws(RefusedAnswer) -> Bool {
        guard let page = request.method.rows(in: value) else {
            throw .transient(malformed("with something else than a list"))
        }
        let before = read.cursor
        var kept: [JSONValue] = []
        var (last, repeated) = (before, 0)
        for row in page {
            guard let id = row[id]?.integer else {
                kept.append(row)
                continue
            }
            if id <= before {
                // A later page that begins anew means that the reference was not filled in.
                if !isFirst {
                    read.isChained = false
                    return false
                }
                throw .permanent(
                    malformed(
                        "with a page that was read before: it ignores the filter by \(idName)"))
            }
            if id == last {
                repeated += 1
                continue
            }
            guard id > last else {
                throw .permanent(
                    malformed("with rows out of order: it ignores the order by \(idName)"))
            }
            last = id
            kept.append(row)
        }
        guard last > before || page.count < Self.pageLength else {
            throw .permanent(malformed("with a full page of rows without \(idName)"))
        }
        read.rows += kept
        read.repeated += repeated
        read.pages += 1
        read.cursor = last
        read.isLast = page.count < Self.pageLength
        // Without an id in its last row a page cannot lead to the next.
        return !read.isLast && page.last?[id]?.integer != nil
    }

    private func refusal(_ error: JSONValue) -> RefusedAnswer {
        PortalRefusal(error, status: 200)?
            .answer(to: request.method.name, at: host, reset: nil)
            ?? .transient(malformed("with an error that says nothing"))
    }

    private func malformed(_ how: String) -> CollectionError {
        CollectionError(
            .malformed,
            "\(host) answered \(request.method.name) \(how). Reading was stopped; what an earlier "
                + "run stored is untouched. Report this with the portal's version.")
    }
}
