internal import Foundation
internal import Records
internal import Storage

/// Takes over into the journal what a system's own list of operations has new: a register of 1C, a
/// smart process of the portal.
///
/// Such a list is read as a snapshot, which knows each operation by its id; those that no earlier
/// snapshot had are taken over, in one transaction with the snapshot's number, and so none twice.
struct JournalTakeover {
    let entity: EntityDefinition
    let settings: Settings
    private var classes: ErrorClasses

    /// What was taken over.
    struct Outcome: Hashable, Sendable {
        /// Operations that were stored.
        var entryCount = 0
        /// Operations that were left out, by reason.
        var refused: [JournalRefusal: Int] = [:]
        /// When the earliest of those stored happened that another reading went before; `nil` for none.
        var earliest: Date?

        /// The counts by the names of `run_stage`.
        var counts: [String: Int] {
            var counts = ["operations": entryCount]
            for (reason, count) in refused { counts["refused_\(reason.rawValue)"] = count }
            return counts
        }
    }

    /// How operations are understood.
    struct Settings {
        /// What a list writes for an operation that arrived, and for one that failed.
        var words: StatusWords
        /// Operations that say they happened later than this are left out; seconds since 1970.
        var latest: Int64
    }

    init(
        _ entity: EntityDefinition, settings: Settings, resources: ResourceFolders
    ) throws {
        self.entity = entity
        self.settings = settings
        classes = try ErrorClasses(resources)
    }

    /// Takes over the new operations of a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot.
    ///   - now: The time.
    ///   - store: Keeps the journal.
    /// - Returns: What was taken over.
    /// - Throws: `PostgresError`; nothing was taken over then.
    mutating func take(
        from snapshot: Snapshot, now: Date, _ store: Store
    ) async throws -> Outcome {
        let known = try await store.journalMarks(snapshot.source)
            .first { $0.name == entity.name.rawValue && $0.headHash == Self.noHash }
        let mark = known ?? JournalMark(name: entity.name.rawValue)
        // The place in a list is the number of the last snapshot of it, where a file has bytes.
        let earlier = known.map { SnapshotID(Int64($0.readBytes)) }
        guard earlier.map({ $0 < snapshot.id }) ?? true else { return Outcome() }
        let records = try await store.loadNewRecords(snapshot, since: earlier, as: entity)
        var refused: [JournalRefusal: Int] = [:]
        var entries: [(entry: JournalEntry, errorClass: ErrorClass?)] = []
        entries.reserveCapacity(records.count)
        for record in records {
            switch self.entry(record) {
            case .success(let entry): entries.append((entry, classes.errorClass(of: entry)))
            case .failure(let refusal): refused[refusal.reason, default: 0] += 1
            }
        }
        _ = try await store.writeJournal(snapshot.source, from: mark, now: now) { writer in
            for (entry, errorClass) in entries { try await writer.append(entry, errorClass) }
            var read = mark
            read.readBytes = Int(snapshot.id.rawValue)
            read.readLines += records.count
            read.refused.merge(refused) { $0 + $1 }
            return read
        }
        // What was there before the first reading is history, not news.
        let earliest = known == nil ? nil : entries.map(\.entry.occurredAt).min()
        return Outcome(
            entryCount: entries.count, refused: refused,
            earliest: earliest.map { Date(timeIntervalSince1970: Double($0) / 1e6) })
    }

    /// Of a list, which has no beginning by which it would be recognised.
    private static let noHash = [UInt8](repeating: 0, count: 16)

    private struct Refusal: Error { let reason: JournalRefusal }

    private func entry(_ record: Record) -> Result<JournalEntry, Refusal> {
        guard case .instant(let moment) = value("timestamp", record) else {
            return .failure(Refusal(reason: .noTime))
        }
        guard moment <= settings.latest else { return .failure(Refusal(reason: .fromFuture)) }
        let code = text("error_code", record)
        let status = text("status", record).lowercased()
        let details = text("details", record)
        return .success(
            JournalEntry(
                occurredAt: moment * 1_000_000, operation: text("operation", record),
                objectKind: text("object_kind", record),
                sourceSystem: text("source_system", record),
                targetSystem: text("target_system", record), objectID: text("object_id", record),
                // As in files: a word that nobody knows is no error by itself; a code of one is.
                isError: settings.words.error.contains(status)
                    || !code.isEmpty && !settings.words.success.contains(status),
                durationMilliseconds: milliseconds(value("duration", record)),
                errorCode: code.isEmpty ? nil : code, details: details.isEmpty ? nil : details))
    }

    private func value(_ field: String, _ record: Record) -> FieldValue? {
        entity.index(of: FieldName(field)).flatMap { record[$0] }
    }

    private func text(_ field: String, _ record: Record) -> String {
        value(field, record)?.plainText ?? ""
    }

    private func milliseconds(_ value: FieldValue?) -> Int32? {
        guard case .quantity(let quantity) = value, quantity.units >= 0 else { return nil }
        var units = quantity.units
        for _ in 0..<quantity.scale { units /= 10 }
        return Int32(exactly: units)
    }
}
