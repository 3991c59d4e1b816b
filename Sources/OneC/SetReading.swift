internal import Collection
internal import Records

/// One full reading of one entity set.
///
/// 1C pages by position only, so that a record created or renamed meanwhile shifts the rest: rows
/// come twice or not at all. The set is therefore counted before and after, ids are remembered, and
/// a pass that does not add up is read again; only what was not seen before is delivered then.
struct SetReading {
    /// Passes over the set at most.
    static let longestTry = 3
    private static let largestPage = 5_000

    private(set) var builder: CertificateBuilder
    /// The number of entities that the infobase named before the pass.
    private(set) var announced = 0
    private let client: InfobaseClient
    private let mapping: EntityMapping
    private let selection: SetSelection
    private let decoder: RecordDecoder
    private let keyPath: String
    private let pageBytes: Int
    private var seen = IdentitySet()
    private var pass = Pass()
    private var passes = 0
    private var pageLength = 50
    private var isFinished = false

    private struct Pass {
        var skip = 0
        var seen = IdentitySet()
        var withoutID = 0
        var rows: Int { seen.count + withoutID }
    }

    init(
        client: InfobaseClient, mapping: EntityMapping, selection: SetSelection,
        decoder: RecordDecoder, pageBytes: Int, clock: MonotonicClock
    ) {
        self.client = client
        self.mapping = mapping
        self.selection = selection
        self.decoder = decoder
        self.pageBytes = pageBytes
        keyPath = selection.key
        builder = CertificateBuilder(clock: clock)
    }

    mutating func doubt(_ doubt: Certificate.Doubt) { builder.doubt(doubt) }

    /// The next records, not seen before; `nil` when the set is read.
    mutating func nextPage() async throws -> [Record]? {
        guard !isFinished else { return nil }
        if pass.skip == 0, pass.rows == 0 { announced = try await client.count(of: mapping.list) }
        let (rows, bytes) = try await client.page(
            of: mapping.list, select: selection.select, orderBy: keyPath, skip: pass.skip,
            top: pageLength)
        builder.countPage()
        let isEnd =
            rows.isEmpty || (rows.count < pageLength && pass.skip + rows.count >= announced)
        let records = try take(rows)
        pass.skip += rows.count
        if !rows.isEmpty {
            pageLength = min(Self.largestPage, max(1, pageBytes / max(1, bytes / rows.count)))
        }
        if isEnd { try await endPass() }
        return records
    }

    /// The certificate of the reading.
    consuming func finish(_ traffic: Traffic) -> Certificate { builder.finish(traffic) }

    private mutating func take(_ rows: [JSONValue]) throws -> [Record] {
        var records: [Record] = []
        var fresh = 0
        for row in rows {
            guard let key = row[keyPath]?.scalarText else {
                pass.withoutID += 1
                fresh += 1
                if passes == 0 { builder.skipWithoutID() }
                continue
            }
            guard pass.seen.insert(key) else {
                builder.repeatRow()
                continue
            }
            fresh += 1
            guard seen.insert(key) else { continue }
            switch decoder.decode(row) {
            case .record(let record):
                builder.deliver(record)
                records.append(record)
            case .skipped(let reason): builder.skip(reason: reason)
            case .withoutID: builder.skipWithoutID()
            }
        }
        guard fresh > 0 || rows.isEmpty else {
            throw CollectionError(
                .malformed,
                "\(client.address.label) gave a page of \(mapping.list) that was read before "
                    + "(position \(pass.skip)): $skip is ignored, by a proxy perhaps. Reading was "
                    + "stopped; what an earlier run stored is untouched.")
        }
        return records
    }

    private mutating func endPass() async throws {
        passes += 1
        let after = try await client.count(of: mapping.list)
        let isWhole = pass.rows == announced && after == announced
        guard isWhole || passes == Self.longestTry else {
            pass = Pass()
            return
        }
        isFinished = true
        builder.announce(announced)
        builder.announceAfter(after)
        if after != announced {
            builder.doubt(.changedWhileReading(before: announced, after: after))
        }
        if pass.rows != after {
            builder.doubt(.countDiffers(announced: after, delivered: pass.rows))
        } else if seen.count > pass.seen.count {
            // Entities that an earlier pass delivered and that are gone now.
            builder.doubt(
                .countDiffers(announced: after, delivered: seen.count + pass.withoutID))
        }
    }
}
