public import Records

internal import PostgresClient

/// A person's decision about a pair of records.
public struct PairVerdict: Hashable, Sendable {
    /// The records.
    public var pair: RecordPair
    /// Whether they are the same thing.
    public var areSame: Bool
}

extension Store {
    /// Adds a verdict about a pair, which stands until another one about the same pair.
    ///
    /// - Parameters:
    ///   - entity: The entity.
    ///   - pair: The records, two different ones.
    ///   - areSame: Whether they are the same thing; `nil` takes an earlier verdict back.
    ///   - person: Who decided.
    ///   - comment: Why, in their words.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func addVerdict(
        _ entity: EntityName, about pair: RecordPair, areSame: Bool?, person: String,
        comment: String = ""
    ) async throws {
        let decision = areSame.map { $0 ? "same" : "different" } ?? "undecided"
        _ = try await query(
            "verdict/insert",
            [
                .text(entity.rawValue), .text(decision), .text(pair.side?.rawValue),
                .text(pair.first.rawValue), .text(pair.second.rawValue), .null, .text(person),
                .text(comment),
            ])
    }

    /// The verdicts about pairs that stand.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: One verdict per pair, in the order in which they were decided.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func pairVerdicts(
        _ entity: EntityName
    ) async throws -> [PairVerdict] {
        try await query("verdict/pairs", [.text(entity.rawValue)]).compactMap {
            row -> PairVerdict? in
            guard let pair = try RecordPair(row) else { return nil }
            return PairVerdict(pair: pair, areSame: try row["decision"].text == "same")
        }
    }

    /// Adds a verdict to live with a finding, or takes it back.
    ///
    /// - Parameters:
    ///   - fingerprint: The finding.
    ///   - entity: Its entity.
    ///   - isAccepted: Whether to live with it.
    ///   - person: Who decided.
    ///   - comment: Why, in their words.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func accept(
        _ fingerprint: FindingFingerprint, of entity: EntityName, isAccepted: Bool = true,
        person: String, comment: String = ""
    ) async throws {
        let statements = statements
        let id = PostgresValue.text(fingerprint.rawValue)
        try await pool.withTransaction { connection in
            let count = try await connection.execute(
                statements["verdict/apply_to_finding"], [id, .bool(isAccepted)])
            guard count == 1 else {
                throw StorageError.notFound(what: "finding \(fingerprint.rawValue)")
            }
            let rows = try await connection.query(
                statements["verdict/insert"],
                [
                    .text(entity.rawValue), .text(isAccepted ? "accept" : "reopen"), .null, .null,
                    .null, id, .text(person), .text(comment),
                ])
            let verdict = try rows.first?["id"].int64 ?? 0
            let event: FindingEvent.Kind = isAccepted ? .accepted : .acceptUndone
            try await connection.execute(
                statements["verdict/insert_event"], [id, .int64(verdict), .text(event.rawValue)])
        }
    }
}
