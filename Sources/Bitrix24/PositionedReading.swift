internal import Collection
internal import Records

/// Reads a list that the portal pages by position, and proves that no row slipped between two pages.
///
/// When a row goes, all behind it move up by one: the first row of the next page slips onto the page
/// that was read already, and is never given, while the number of rows read lies between the two
/// counts. So the list is counted again behind its last page. New rows get greater ids than all
/// before them: where neither the number nor the greatest id changed, no row went, since one that
/// came in its place would be seen by its id. A list whose filter a row can leave and enter again
/// would not be proven so; those that are read by position have none of that kind.
struct PositionedReading: Sendable {
    /// How often a list that does not add up is read before it is a doubt.
    static let tries = 3

    let request: ListRequest
    let idName: String
    let client: PortalClient

    /// Reads the whole list, again when its rows moved meanwhile.
    ///
    /// - Parameters:
    ///   - total: The number of rows by the portal's count before.
    ///   - greatest: The greatest id then.
    /// - Returns: The rows of the last reading, each once, with the pages of all. That they may not be
    ///   all is noted as a doubt with the client.
    /// - Throws: ``CollectionError`` when the portal does not answer with a list.
    func rows(total: Int?, greatest: Int64?) async throws -> ListReading.Portion {
        var before = (total: total, greatest: greatest)
        var portion = ListReading.Portion()
        var pages = 0
        for _ in 0..<Self.tries {
            portion = try await onePass()
            let isOnePage = portion.pages == 1
            pages += portion.pages
            portion.pages = pages
            // Nothing moves within one answer.
            if isOnePage { return portion }
            let after = try await client.count(request, id: idName, isNow: true)
            if after.greatest != nil, after == before, portion.rows.count == after.total {
                return portion
            }
            before = after
        }
        await client.doubt(
            .partial(
                detail: "\(client.host) gives \(request.method.name) by position, and it did not "
                    + "add up in \(Self.tries) readings: rows may have slipped between two pages"))
        return portion
    }

    /// Reads from the first page to the last.
    private func onePass() async throws -> ListReading.Portion {
        var portion = ListReading.Portion()
        var seen: Set<String> = []
        var start: Int64 = 0
        while true {
            var request = request
            request.start = Int(start)
            request.order = idName
            let answer = try await client.list(request)
            guard let rows = request.method.rows(in: answer.result) else {
                throw CollectionError(
                    .malformed,
                    "\(client.host) answered \(request.method.name) with something else than a "
                        + "list. What an earlier run stored is untouched.")
            }
            portion.pages += 1
            for row in rows {
                if let id = row[idName]?.scalarText, !seen.insert(id).inserted {
                    portion.repeated += 1
                } else {
                    portion.rows.append(row)
                }
            }
            let next = answer.root["next"]?.integer ?? 0
            guard !rows.isEmpty, next > start else { return portion }
            start = next
        }
    }
}
