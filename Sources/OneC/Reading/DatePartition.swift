internal import Collection
internal import Records

/// A part of a list by the days of a field: documents of some months.
///
/// The first part has no beginning and the last no end, so that no row is left out because of its
/// date.
struct DatePartition: Hashable, Sendable {
    /// The first day; `nil` where there is no beginning.
    var from: CalendarDate?
    /// The day after the last; `nil` where there is no end.
    var to: CalendarDate?
    /// How many rows 1C counts in it; `nil` when it cannot count.
    var count: Int?

    /// The whole.
    static func whole(_ count: Int?) -> DatePartition { DatePartition(count: count) }

    /// The condition in OData's words; `nil` for the whole.
    func condition(on field: String?) -> String? {
        guard let field, from != nil || to != nil else { return nil }
        let beginning = from.map { "\(field) ge datetime'\($0)T00:00:00'" }
        let end = to.map { "\(field) lt datetime'\($0)T00:00:00'" }
        return [beginning, end].compactMap { $0 }.joined(separator: " and ")
    }
}

/// Splits a list by its days until each part is small enough for positions to be cheap.
///
/// 1C pages by position and reads what it passes over, so that the cost of a list grows with the
/// square of its length; parts bound it, and a part that changed is read again by itself.
struct PartitionPlanner {
    let client: InfobaseClient
    let resource: ODataResource
    /// The field of the days.
    let field: String
    /// How many rows a part may have.
    let limit: Int

    /// The parts in the order of their days; the counts add up to the given one.
    func parts(of total: Int) async throws -> [DatePartition] {
        guard total > limit, let first = try await day("asc"), let last = try await day("desc"),
            first < last
        else { return [.whole(total)] }
        var parts: [DatePartition] = []
        try await split(.whole(total), first, last, into: &parts)
        return parts
    }

    private func day(_ direction: String) async throws -> CalendarDate? {
        let page = InfobaseClient.Page(select: field, orderBy: "\(field) \(direction)", top: 1)
        let rows = try await client.page(page, of: resource).rows
        return rows.first?[field]?.string.flatMap(CalendarDate.init)
    }

    /// Halves a part; its rows lie between two days, both included.
    private func split(
        _ part: DatePartition, _ first: CalendarDate, _ last: CalendarDate,
        into parts: inout [DatePartition]
    ) async throws {
        guard let count = part.count, count > limit, first < last else {
            parts.append(part)
            return
        }
        let middle = CalendarDate(
            daysSinceEpoch: (first.daysSinceEpoch + last.daysSinceEpoch + 1) / 2)
        var (left, right) = (part, part)
        left.to = middle
        right.from = middle
        let leftCount = try await client.count(
            of: resource.restricted(by: left.condition(on: field)), select: field)
        left.count = leftCount
        right.count = leftCount.map { max(0, count - $0) }
        let before = CalendarDate(daysSinceEpoch: middle.daysSinceEpoch - 1)
        try await split(left, first, before, into: &parts)
        try await split(right, middle, last, into: &parts)
    }
}
