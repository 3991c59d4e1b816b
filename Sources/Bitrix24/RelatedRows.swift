internal import Collection
internal import Records

/// Reads the rows that belong to given owners, proving that none is left out.
///
/// A list with ids is read in pages by id. A list without (addresses) cannot be paged: asked without
/// a count it answers everything on current portals and at most fifty rows on some others. An
/// answer of any other length than fifty is therefore whole; one of fifty is asked again in halves.
struct RelatedRows: Sendable {
    let list: RelatedList
    let select: [String]
    let client: PortalClient

    /// A part of the owners, and the id beyond which their rows are still to be read.
    private struct Part: Sendable {
        var owners: [String]
        var after: Int64 = 0
    }

    /// What became of a part.
    private struct Answer: Sendable {
        var rows: [JSONValue]
        var length: Int
        var last: Int64
    }

    /// All rows of the owners, by owner, each owner's in the list's order.
    func rows(of owners: [String]) async throws -> [String: [JSONValue]] {
        let length = list.id == nil ? 100 : 25
        var parts = stride(from: 0, to: owners.count, by: length).map { start in
            Part(owners: Array(owners[start..<min(start + length, owners.count)]))
        }
        parts.reverse()
        var byOwner: [String: [JSONValue]] = [:]
        while !parts.isEmpty {
            let asked = Array(parts.suffix(await client.batchSize).reversed())
            let answers = try await ask(asked)
            parts.removeLast(asked.count)
            for (part, answer) in zip(asked, answers).reversed() {
                guard answer.length == PageChain.pageLength else {
                    append(answer.rows, to: &byOwner)
                    continue
                }
                if list.id != nil {
                    append(answer.rows, to: &byOwner)
                    parts.append(Part(owners: part.owners, after: answer.last))
                } else if part.owners.count > 1 {
                    let middle = part.owners.count / 2
                    parts.append(Part(owners: Array(part.owners[middle...])))
                    parts.append(Part(owners: Array(part.owners[..<middle])))
                } else {
                    append(answer.rows, to: &byOwner)
                }
            }
        }
        return byOwner.mapValues(ordered)
    }

    private func append(_ rows: [JSONValue], to byOwner: inout [String: [JSONValue]]) {
        for row in rows { byOwner[row[list.owner]?.scalarText ?? "", default: []].append(row) }
    }

    private func ask(_ parts: [Part]) async throws -> [Answer] {
        let answers: [Answer]
        do {
            answers = try await client.batch(list.list, parts.map(command)) {
                (answer) throws(RefusedAnswer) in
                var answers: [Answer] = []
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
        return answers
    }

    private func command(for part: Part) -> BatchCommand {
        var command = BatchCommand(list.list)
        command.add("start", nil, "-1")
        if let id = list.id {
            command.add("order", id, "ASC")
            command.add("filter", ">" + id, String(part.after))
        }
        for filter in list.filter { command.add("filter", filter.member, filter.value) }
        let among = "filter[" + BatchCommand.encoded("@" + list.owner) + "]"
        for owner in part.owners { command.add(among, "", owner) }
        for name in select { command.add("select", "", name) }
        return command
    }

    private func read(
        _ outcome: BatchAnswer.Outcome, _ part: Part
    ) throws(RefusedAnswer) -> Answer {
        switch outcome {
        case .missing: throw .transient(malformed("without the rows asked for"))
        case .failure(let error):
            throw PortalRefusal(error, status: 200)?
                .answer(to: list.list, at: client.webhook.host, reset: nil)
                ?? .transient(malformed("with an error that says nothing"))
        case .result(let value):
            guard let rows = value.rows else {
                throw .transient(malformed("with something else than a list"))
            }
            return try checked(rows, part)
        }
    }

    /// Rows of other owners or other kinds mean that the filter was ignored.
    private func checked(_ rows: [JSONValue], _ part: Part) throws(RefusedAnswer) -> Answer {
        let owners = Set(part.owners)
        var answer = Answer(rows: [], length: rows.count, last: part.after)
        for row in rows {
            guard owners.contains(row[list.owner]?.scalarText ?? ""),
                list.filter.allSatisfy({ row[$0.member]?.scalarText ?? $0.value == $0.value })
            else { throw .permanent(malformed("with rows of others: it ignores the filter")) }
            if let name = list.id {
                guard let id = row[name]?.integer else { continue }
                guard id > answer.last else {
                    throw .permanent(
                        malformed(
                            "with a page that was read before: it ignores the filter by \(name)"))
                }
                answer.last = id
            }
            answer.rows.append(row)
        }
        guard rows.count < PageChain.pageLength || list.id == nil || answer.last > part.after else {
            throw .permanent(malformed("with a full page of rows without an id"))
        }
        return answer
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

    private func malformed(_ how: String) -> CollectionError {
        CollectionError(
            .malformed,
            "\(client.webhook.host) answered \(list.list) \(how). Reading was stopped; what an "
                + "earlier run stored is untouched. Report this with the portal's version.")
    }
}
