internal import PostgresClient
public import Records

extension Store {
    /// Begins a snapshot.
    ///
    /// What a load of the same source and entity left behind when it died is removed; one that is
    /// still alive finds itself superseded when it commits.
    ///
    /// - Parameters:
    ///   - source: The source that will be read.
    ///   - entity: The entity that will be read.
    ///   - run: The run that reads it.
    /// - Returns: The writer that takes the records.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func beginSnapshot(
        source: SourceName, entity: EntityDefinition, run: RunID
    ) async throws -> SnapshotWriter {
        let base = try await beginLoad(source: source, entity: entity.name, run: run)
        return SnapshotWriter(
            store: self, source: source, definition: entity, run: run, base: base)
    }

    /// One snapshot.
    ///
    /// - Parameter id: Its number.
    /// - Returns: The snapshot.
    /// - Throws: ``StorageError/notFound(what:)``; `PostgresError`.
    public nonisolated(nonsending) func snapshot(_ id: SnapshotID) async throws -> Snapshot {
        guard let row = try await query("snapshot/by_id", [.int64(id.rawValue)]).first else {
            throw StorageError.notFound(what: "snapshot \(id.rawValue)")
        }
        return try Snapshot(row)
    }

    /// Snapshots, the latest first.
    ///
    /// - Parameters:
    ///   - source: Those of one source only.
    ///   - entity: Those of one entity only.
    ///   - run: Those that one run took only: what a run that goes on need not read again.
    ///   - limit: How many at most.
    /// - Returns: The snapshots.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func snapshots(
        source: SourceName? = nil, entity: EntityName? = nil, run: RunID? = nil, limit: Int = 100
    ) async throws -> [Snapshot] {
        let rows = try await query(
            "snapshot/list",
            [
                .text(source?.rawValue), .text(entity?.rawValue), .int64(run?.rawValue),
                .int(limit),
            ])
        return try rows.map(Snapshot.init)
    }

    /// The records of a snapshot, without their payloads.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot; earlier ones are read as they were, until retention deletes them.
    ///   - entity: The definition; fields come in its order.
    /// - Returns: The records in the order of their ids.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func loadRecords(
        _ snapshot: Snapshot, as entity: EntityDefinition
    ) async throws -> [Record] {
        try await loadRecords(
            "snapshot/copy_records", parameter: "sverka.snapshot", String(snapshot.id.rawValue),
            as: entity, count: snapshot.recordCount)
    }

    /// The records of a snapshot that no snapshot up to an earlier one had, without their payloads.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot.
    ///   - earlier: The earlier one; `nil` for all records.
    ///   - entity: The definition; fields come in its order.
    /// - Returns: The records in the order of their ids.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func loadNewRecords(
        _ snapshot: Snapshot, since earlier: SnapshotID?, as entity: EntityDefinition
    ) async throws -> [Record] {
        try await loadRecords(
            "snapshot/copy_new_records", parameter: "sverka.snapshots",
            "\(earlier?.rawValue ?? 0):\(snapshot.id.rawValue)", as: entity, count: 0)
    }

    /// The greatest number among the ids of the records of an entity that stand in a source; `nil`
    /// when there are none, or their ids are no numbers.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func greatestNumber(
        of entity: EntityName, in source: SourceName
    ) async throws -> Int64? {
        try await query(
            "snapshot/greatest_number", [.text(source.rawValue), .text(entity.rawValue)]
        ).first?["number"].optionalInt64
    }

    private nonisolated(nonsending) func loadRecords(
        _ statement: String, parameter: String, _ value: String, as entity: EntityDefinition,
        count: Int
    ) async throws -> [Record] {
        let reader = FieldReader(entity)
        return try await copyOut(statement, parameter: parameter, value) { rows in
            var records: [Record] = []
            records.reserveCapacity(count)
            for try await var row in rows {
                var record = Record(id: RecordID(try row.text()), fields: reader.noValues)
                guard reader.read(try row.jsonb(), into: &record.fields),
                    reader.read(try row.jsonb(), into: &record.fields)
                else { throw StorageError.notFound(what: "readable record \(record.id)") }
                record.readingNotes = ReadingNotes.read(try row.optionalJSONB())
                records.append(record)
            }
            return records
        }
    }

    /// What records are called, as they stand.
    ///
    /// - Parameters:
    ///   - ids: The records.
    ///   - entity: Their entity.
    ///   - source: Their source.
    ///   - fields: The fields to take it from; the first that a record has.
    /// - Returns: By id; records that there are not, or that have none of the fields, are left out.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func titles(
        of ids: Set<RecordID>, _ entity: EntityName, in source: SourceName, from fields: [FieldName]
    ) async throws -> [RecordID: String] {
        let rows = try await query(
            "snapshot/titles",
            [
                .text(source.rawValue), .text(entity.rawValue),
                .textArray(ids.map(\.rawValue).sorted()), .textArray(fields.map(\.rawValue)),
            ])
        return try rows.reduce(into: [:]) { titles, row in
            titles[RecordID(try row["record_id"].text)] = try row["personal_title"].text
        }
    }

    /// A record as it came, as of a snapshot: JSON text, empty when there is none.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - snapshot: The snapshot.
    /// - Returns: The payload; `nil` when the snapshot has no such record.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func payload(
        of record: RecordID, in snapshot: SnapshotID
    ) async throws -> String? {
        try await query(
            "snapshot/payload", [.int64(snapshot.rawValue), .text(record.rawValue)]
        ).first?["personal_payload"].text
    }
}

extension Snapshot {
    init(_ row: PostgresRow) throws {
        self.init(
            id: SnapshotID(try row["id"].int64), source: SourceName(try row["source"].text),
            entity: EntityName(try row["entity"].text), run: RunID(try row["run_id"].int64),
            takenAt: try row["taken_at"].instant,
            certificate: try row["certificate"].object(Certificate.self),
            recordCount: try row["record_count"].int, addedCount: try row["added_count"].int,
            changedCount: try row["changed_count"].int,
            removedCount: try row["removed_count"].int,
            contentChecksum: try row["content_checksum"].text)
    }
}
