internal import PostgresClient
public import Records

/// Takes the records of one snapshot, page by page, and commits them in one transaction.
///
/// Only new and changed records travel to the database: the writer knows the hash of every record
/// that stands, about a hundred bytes a record, and stages those that differ. They become visible by
/// ``commit(_:limits:)`` or not at all. A writer that is dropped, or whose process is killed, leaves
/// at most staged rows, which the next load of the same source and entity removes.
///
/// **Uncertified snapshots.** Absence from an incomplete reading proves nothing, so a snapshot with
/// doubts adds and changes records but ends only those of which the source itself says that they are
/// gone: what it did not deliver stands as it was last known. Its record count and checksum are those
/// of what stands, so that links and findings remain comparable; the certificate keeps the number
/// delivered. The next certified snapshot ends what is really gone.
public actor SnapshotWriter {
    /// A record that stands, or was delivered in this load.
    private struct Known {
        var content: Digest128
        /// The version that stands; 0 for a record that is new.
        var version: Int64
        var isDelivered = false
    }

    private struct Staged {
        var id: String
        var replaces: Int64?
        var hash: Digest128
        var record: Record
    }

    /// Rows that gather before they are staged, so that small pages cost no round trip each.
    private static let stagedCountMax = 2_000

    private let store: Store
    private let source: SourceName
    private let entity: EntityName
    private let run: RunID
    private let content: RecordContent
    private let load: Int64
    private let recordSet: Int64
    private let certifiedCount: Int?

    private var known: [Digest128: Known]
    /// The records that the source says are gone, and the versions that stood for them.
    private var gone: Set<Digest128> = []
    private var ended: [Int64] = []
    private var staged: [Staged] = []
    private var stagedCount = 0
    private var deliveredCount = 0
    private var repeatedCount = 0
    private var addedCount = 0
    private var changedCount = 0
    private var firstID: RecordID?
    private var lastID: RecordID?
    private var noteCounts: [String: Int] = [:]
    private var scratch: [UInt8] = []

    init(
        store: Store, source: SourceName, definition: EntityDefinition, run: RunID,
        base: SnapshotBase
    ) {
        self.store = store
        self.source = source
        self.entity = definition.name
        self.run = run
        self.content = RecordContent(definition)
        self.load = base.load
        self.recordSet = base.recordSet
        self.certifiedCount = base.certifiedCount
        self.known = Dictionary(minimumCapacity: base.versions.count)
        for version in base.versions {
            known[version.key] = Known(content: version.content, version: version.id)
        }
    }

    /// Takes a page of records; of records with one id the first counts, also one that is removed.
    ///
    /// - Parameter records: The page, with fields in the order of the definition.
    /// - Throws: `PostgresError` when they cannot be staged; the load is then to be aborted.
    public func append(_ records: [Record]) async throws {
        for record in records {
            let key = Digest128(of: record.id.rawValue)
            let before = known[key]
            if before?.isDelivered == true || gone.contains(key) {
                repeatedCount += 1
                continue
            }
            guard !record.isRemoved else {
                end(key)
                continue
            }
            let hash = content.hash(record, scratch: &scratch)
            note(record)
            let isChanged = before?.content != hash
            known[key] = Known(
                content: hash, version: before?.version ?? 0, isDelivered: true)
            guard isChanged else { continue }
            if before == nil { addedCount += 1 } else { changedCount += 1 }
            staged.append(
                Staged(
                    id: record.id.rawValue, replaces: before?.version, hash: hash, record: record))
            if staged.count >= Self.stagedCountMax { try await stage() }
        }
    }

    /// Makes the snapshot visible, in one transaction.
    ///
    /// - Parameters:
    ///   - certificate: What the collector found out; count, first and last id, checksum and doubts
    ///     about the number of records are completed here.
    ///   - limits: When the number of records is doubtful.
    /// - Returns: The snapshot.
    /// - Throws: ``StorageError`` when another load went ahead or staged rows were lost;
    ///   `PostgresError`. Nothing was changed then.
    public func commit(
        _ certificate: Certificate, limits: SnapshotLimits = SnapshotLimits()
    ) async throws -> Snapshot {
        try await stage()
        let certificate = completed(certificate, limits: limits)
        let missing = certificate.isCertified ? undelivered() : []
        let counts = SnapshotCounts(
            standing: known.count - missing.count, added: addedCount, changed: changedCount,
            removed: (missing + ended).sorted(), staged: stagedCount)
        return try await store.commitSnapshot(
            SnapshotCommit(
                load: load, recordSet: recordSet, source: source, entity: entity, run: run,
                certificate: certificate, counts: counts))
    }

    /// Drops the snapshot and what was staged for it.
    public func abort() async throws {
        staged = []
        try await store.abandonLoad(load)
    }

    private func end(_ key: Digest128) {
        gone.insert(key)
        if let version = known.removeValue(forKey: key)?.version { ended.append(version) }
    }

    private func note(_ record: Record) {
        deliveredCount += 1
        if firstID.map({ record.id < $0 }) ?? true { firstID = record.id }
        if lastID.map({ $0 < record.id }) ?? true { lastID = record.id }
        for note in record.readingNotes { noteCounts[note.kind.rawValue, default: 0] += 1 }
    }

    private func completed(_ given: Certificate, limits: SnapshotLimits) -> Certificate {
        var certificate = given
        // A collector that says nothing leaves zero.
        if given.deliveredCount != 0, given.deliveredCount != deliveredCount {
            certificate.doubts.append(
                .countDiffers(announced: given.deliveredCount, delivered: deliveredCount))
        }
        certificate.deliveredCount = deliveredCount
        certificate.repeatedCount += repeatedCount
        certificate.firstID = firstID
        certificate.lastID = lastID
        if certificate.noteCounts.isEmpty { certificate.noteCounts = noteCounts }
        let doubt = limits.doubt(
            delivered: deliveredCount, certified: certifiedCount, areFiles: given.fileRows != nil)
        if let doubt {
            certificate.doubts.append(doubt)
        }
        certificate.contentChecksum = checksum(keepingUndelivered: !certificate.isCertified)
        return certificate
    }

    private func undelivered() -> [Int64] {
        known.values.filter { !$0.isDelivered }.map(\.version)
    }

    private func checksum(keepingUndelivered: Bool) -> String {
        var sum = Digest128.zero
        for (key, record) in known where record.isDelivered || keepingUndelivered {
            sum.add(.combining(key, record.content))
        }
        return sum.hexadecimal
    }

    private func stage() async throws {
        guard !staged.isEmpty else { return }
        let rows = staged
        staged.removeAll(keepingCapacity: true)
        let (content, load) = (content, load)
        let copy = try store.statements["snapshot/copy_staging"]
        stagedCount += try await store.pool.withConnection { connection in
            try await connection.copyIn(copy) { writer in
                for staged in rows {
                    try await writer.row { row in
                        row.int64(load)
                        row.text(staged.id.withoutNUL)
                        row.int64(staged.replaces)
                        row.bytes(staged.hash.bytes)
                        row.jsonb(content.json(staged.record, personal: false))
                        row.jsonb(content.json(staged.record, personal: true))
                        row.text(staged.record.payload.withoutNUL)
                        row.jsonb(ReadingNotes.json(staged.record.readingNotes))
                    }
                }
            }
        }
    }
}

extension String {
    /// The text as PostgreSQL can hold it: readers mend NUL before, this keeps the promise.
    var withoutNUL: String {
        guard utf8.contains(0) else { return self }
        return String(decoding: utf8.filter { $0 != 0 }, as: UTF8.self)
    }
}
