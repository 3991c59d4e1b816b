internal import Collection

/// Pages of one list that were asked for at once and not looked at yet.
///
/// 1C pages by position, so that it is known where the next pages begin before the first one is there.
/// They are looked at one after another all the same: what each proves of the one before it, the
/// order of rows and the end of the list, is as if they had been asked for singly. A page that turns
/// out not to begin where it should is thrown away and asked for again.
struct PagesAhead {
    /// A page with its answer.
    struct Answer: Sendable {
        let page: InfobaseClient.Page
        let rows: [JSONValue]
        /// The length of the answer.
        let bytes: Int
    }

    private var answers: ArraySlice<Answer> = []

    /// Takes the page that begins at a position; `nil` when it is still to be asked for.
    mutating func take(at skip: Int) -> Answer? {
        if answers.first?.page.skip == skip { return answers.popFirst() }
        answers = []
        return nil
    }

    /// Asks for pages at once, and keeps all but the first.
    ///
    /// - Parameters:
    ///   - pages: The pages in their order, at least one.
    ///   - resource: What they are pages of.
    ///   - client: Asks the infobase.
    /// - Returns: The first page.
    /// - Throws: ``CollectionError`` of the first page that failed; the others are given up then.
    mutating func ask(
        for pages: [InfobaseClient.Page], of resource: ODataResource, client: InfobaseClient
    ) async throws -> Answer {
        let unordered = try await withThrowingTaskGroup(of: Answer.self) { group in
            for page in pages {
                group.addTask {
                    let (rows, bytes) = try await client.page(page, of: resource)
                    return Answer(page: page, rows: rows, bytes: bytes)
                }
            }
            var found: [Answer] = []
            for try await answer in group { found.append(answer) }
            return found
        }
        let ordered = unordered.sorted { $0.page.skip < $1.page.skip }
        answers = ordered.dropFirst()
        return ordered[0]
    }
}

extension InfobaseClient.Page {
    /// The page and those behind it, each of which begins with the row that ends the one before.
    ///
    /// - Parameters:
    ///   - length: How many rows each brings beyond that one.
    ///   - count: How many pages at most.
    ///   - rows: How many rows the list has; no page behind them is asked for, and none ahead where it
    ///     is `nil`.
    /// - Returns: The pages in their order.
    func followed(length: Int, upTo count: Int, of rows: Int?) -> [InfobaseClient.Page] {
        var pages = [self]
        while let rows, let last = pages.last, pages.count < count, last.skip + last.top < rows {
            var next = last
            next.skip = last.skip + last.top - 1
            next.top = length + 1
            pages.append(next)
        }
        return pages
    }
}
