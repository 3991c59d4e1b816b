public import Foundation
public import Records

internal import PostgresClient

/// What the rules make of an error.
public struct ErrorClass: Hashable, Sendable {
    /// The type: `connection.timeout`; `unknown` where no rule fits.
    public var type: String
    /// The message without numbers, ids and names, by which unknown errors are grouped.
    public var shape: String

    /// Makes a class.
    public init(type: String, shape: String) {
        self.type = type
        self.shape = shape
    }
}

extension Store {
    /// How far the files of a journal were read.
    ///
    /// - Parameter source: The journal.
    /// - Returns: One mark per file.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func journalMarks(
        _ source: SourceName
    ) async throws -> [JournalMark] {
        try await query("journal/files", [.text(source.rawValue)]).map { row in
            let refused = try row["refused_by_reason"].object([String: Int].self)
            var byReason: [JournalRefusal: Int] = [:]
            for (name, count) in refused {
                if let reason = JournalRefusal(rawValue: name) { byReason[reason] = count }
            }
            return JournalMark(
                id: try row["id"].int64, name: try row["name"].text,
                readBytes: try row["read_bytes"].int, headHash: try row["head_hash"].bytes,
                tailHash: try row["tail_hash"].bytes, readLines: try row["read_lines"].int,
                refused: byReason)
        }
    }

    /// When anything of a journal was read last; `nil` when nothing was.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func lastJournalReading(
        _ source: SourceName
    ) async throws -> Date? {
        try await query("journal/last_read", [.text(source.rawValue)]).first?["read_at"]
            .optionalInstant
    }

    /// Stores lines of a journal, their counts by the hour, and how far the file is read, in one
    /// transaction: after a crash the file is read on from where the last one ended.
    ///
    /// - Parameters:
    ///   - source: The journal.
    ///   - mark: How far its file was read before.
    ///   - now: The time.
    ///   - body: Writes entries and gives how far the file is read now.
    /// - Returns: The mark as it was stored.
    /// - Throws: `PostgresError`; what the body throws. Nothing was stored then.
    public nonisolated(nonsending) func writeJournal(
        _ source: SourceName, from mark: JournalMark, now: Date,
        _ body: nonisolated(nonsending) (JournalWriter) async throws -> JournalMark
    ) async throws -> JournalMark {
        let statements = statements
        let stored = try await pool.withTransaction { connection in
            let name = PostgresValue.text(source.rawValue)
            try await connection.execute(statements["snapshot/add_source"], [name])
            let sourceID = try await connection.query(statements["journal/source"], [name])[0]["id"]
                .int64
            var fileID = mark.id
            if fileID == nil {
                fileID = try await connection.query(
                    statements["journal/add_file"],
                    [
                        .int64(sourceID), .text(mark.name.withoutNUL), .bytes(mark.headHash),
                        .bytes(mark.tailHash),
                    ])[0]["id"].int64
            }
            let writer = JournalWriter(
                source: Int16(truncatingIfNeeded: sourceID), file: fileID ?? 0)
            var read = mark
            try await connection.copyIn(statements["journal/copy_entries"]) { copy in
                writer.copy = copy
                read = try await body(writer)
                writer.copy = nil
            }
            read.id = fileID
            try await Self.add(writer.hours, to: sourceID, connection, statements)
            try await Self.advance(read, now, connection, statements)
            return read
        }
        // After the transaction, since it keeps others from doing the same.
        try await execute("journal/summarize_entries")
        return stored
    }

    private static nonisolated(nonsending) func add(
        _ hours: JournalHours, to source: Int64, _ connection: PostgresConnection,
        _ statements: StatementCatalog
    ) async throws {
        guard !hours.counts.isEmpty else { return }
        try await connection.copyIn(statements["journal/copy_staging_hours"]) { copy in
            try await hours.write(to: copy)
        }
        try await connection.execute(statements["journal/add_hours"], [.int64(source)])
        try await connection.execute(statements["journal/clear_staging_hours"])
    }

    private static nonisolated(nonsending) func advance(
        _ mark: JournalMark, _ now: Date, _ connection: PostgresConnection,
        _ statements: StatementCatalog
    ) async throws {
        let reasons = Dictionary(
            uniqueKeysWithValues: mark.refused.map { ($0.key.rawValue, $0.value) })
        try await connection.execute(
            statements["journal/advance_file"],
            [
                .int64(mark.id), .int(mark.readBytes), .bytes(mark.headHash),
                .bytes(mark.tailHash), .int(mark.readLines),
                .int(mark.refused.values.reduce(0, +)), try .object(reasons), .instant(now),
            ])
    }
}
