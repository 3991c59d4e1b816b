internal import PostgresClient
internal import Records

/// What a load begins with.
struct SnapshotBase: Sendable {
    /// A version that stands.
    struct Version: Sendable {
        var key: Digest128
        var content: Digest128
        var id: Int64
    }

    var load: Int64
    var recordSet: Int64
    var certifiedCount: Int?
    var versions: [Version]
}

/// How many records a snapshot changes, and which it ends.
struct SnapshotCounts: Sendable {
    var standing: Int
    var added: Int
    var changed: Int
    var removed: [Int64]
    var staged: Int
}

/// Everything that a commit needs to know.
struct SnapshotCommit: Sendable {
    var load: Int64
    var recordSet: Int64
    var source: SourceName
    var entity: EntityName
    var run: RunID
    var certificate: Certificate
    var counts: SnapshotCounts
}

extension Store {
    /// Removes what earlier loads left behind, and reads the versions that stand.
    nonisolated(nonsending) func beginLoad(
        source: SourceName, entity: EntityName, run: RunID
    ) async throws -> SnapshotBase {
        let names: [PostgresValue] = [.text(source.rawValue), .text(entity.rawValue)]
        try await execute("snapshot/add_source", [names[0]])
        try await execute("snapshot/add_record_set", names)
        guard let row = try await query("snapshot/record_set", names).first else {
            throw StorageError.notFound(what: "record set of \(entity) in \(source)")
        }
        let recordSet = try row["id"].int64
        let base = try row["last_snapshot_id"].optionalInt64
        let certifiedCount = try row["certified_count"].optionalInt
        let deleteRows = try statements["snapshot/delete_leftover_rows"]
        let deleteLoads = try statements["snapshot/delete_leftover_loads"]
        let begin = try statements["snapshot/begin_load"]
        let load = try await pool.withTransaction { connection in
            try await connection.execute(deleteRows, [.int64(recordSet)])
            try await connection.execute(deleteLoads, [.int64(recordSet)])
            let rows = try await connection.query(
                begin, [.int64(recordSet), .int64(run.rawValue), .int64(base)])
            return try rows.first?["id"].int64 ?? 0
        }
        let versions = try await standingVersions(recordSet)
        return SnapshotBase(
            load: load, recordSet: recordSet, certifiedCount: certifiedCount, versions: versions)
    }

    private nonisolated(nonsending) func standingVersions(
        _ recordSet: Int64
    ) async throws -> [SnapshotBase.Version] {
        try await copyOut(
            "snapshot/copy_current_hashes", parameter: "sverka.record_set", String(recordSet)
        ) { rows in
            var versions: [SnapshotBase.Version] = []
            for try await var row in rows {
                let id = try row.int64()
                let key = Digest128(of: try row.text())
                guard let content = Digest128(bytes: try row.bytea()) else {
                    throw StorageError.notFound(what: "content hash of version \(id)")
                }
                versions.append(SnapshotBase.Version(key: key, content: content, id: id))
            }
            return versions
        }
    }

    /// Merges staged rows and adds the snapshot, in one transaction.
    nonisolated(nonsending) func commitSnapshot(_ commit: SnapshotCommit) async throws -> Snapshot {
        let statements = statements
        let id = try await pool.withTransaction { connection in
            try await Self.verify(commit, connection, statements)
            let rows = try await connection.query(
                statements["snapshot/insert"], Self.values(of: commit))
            guard let id = try rows.first?["id"].int64 else {
                throw StorageError.notFound(what: "number of the new snapshot")
            }
            let (load, snapshot) = (PostgresValue.int64(commit.load), PostgresValue.int64(id))
            let set = PostgresValue.int64(commit.recordSet)
            if commit.counts.staged > 0 {
                try await connection.execute(
                    statements["snapshot/close_replaced"], [load, snapshot])
                try await connection.execute(
                    statements["snapshot/insert_versions"], [load, snapshot, set])
                try await connection.execute(statements["snapshot/delete_staged"], [load])
            }
            if !commit.counts.removed.isEmpty {
                try await connection.execute(
                    statements["snapshot/close_removed"],
                    [.int64Array(commit.counts.removed), snapshot])
            }
            try await connection.execute(
                statements["snapshot/advance_record_set"],
                [set, snapshot, .bool(commit.certificate.isCertified)])
            try await connection.execute(statements["snapshot/delete_load"], [load])
            return id
        }
        return try await snapshot(SnapshotID(id))
    }

    /// Drops what a load staged.
    nonisolated(nonsending) func abandonLoad(_ load: Int64) async throws {
        try await execute("snapshot/delete_staged", [.int64(load)])
        try await execute("snapshot/delete_load", [.int64(load)])
    }

    /// Makes sure that nobody went ahead and that every staged row is there.
    private static nonisolated(nonsending) func verify(
        _ commit: SnapshotCommit, _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        let locked = try await connection.query(
            statements["snapshot/lock_load"], [.int64(commit.load)])
        guard try locked.first?["is_current"].bool == true else {
            throw StorageError.snapshotSuperseded(source: commit.source, entity: commit.entity)
        }
        let counted = try await connection.query(
            statements["snapshot/count_staged"], [.int64(commit.load)])
        let found = try counted.first?["row_count"].int ?? 0
        guard found == commit.counts.staged else {
            throw StorageError.stagedRowsLost(staged: commit.counts.staged, found: found)
        }
    }

    private static func values(of commit: SnapshotCommit) throws -> [PostgresValue] {
        let counts = commit.counts
        return [
            .int64(commit.recordSet), .int64(commit.run.rawValue),
            .bool(commit.certificate.isCertified), try .object(commit.certificate),
            .int(counts.standing), .int(counts.added), .int(counts.changed),
            .int(counts.removed.count), .text(commit.certificate.contentChecksum ?? ""),
        ]
    }
}
