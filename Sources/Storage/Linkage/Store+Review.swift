public import Records

internal import PostgresClient

extension Store {
    /// The pairs that a person should look at, as the last night that linked the entity found them.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: Pairs by doubt, of each those first that are most worth a look.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func pairsForReview(
        _ entity: EntityName
    ) async throws -> [ReviewPair] {
        try await query("linkage/review", [.text(entity.rawValue)]).map { row in
            ReviewPair(
                left: RecordID(try row["left_id"].text), right: RecordID(try row["right_id"].text),
                reason: LinkReason(
                    LinkReason.Kind(rawValue: try row["reason"].text) ?? .model,
                    detail: try row["detail"].text),
                probability: try row["probability"].double,
                weightBits: try row["weight_bits"].double,
                doubt: ReviewPair.Doubt(rawValue: try row["doubt"].text) ?? .unsure)
        }.mostWorthALook()
    }

    /// Puts the pairs for review of a run in place of those that are kept of the entity.
    static nonisolated(nonsending) func replaceReview(
        _ pairs: [ReviewPair], of entity: EntityName, run: RunID,
        _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        try await connection.execute(
            statements["linkage/delete_review"], [.text(entity.rawValue)])
        try await connection.copyIn(statements["linkage/copy_review"]) { writer in
            for pair in pairs {
                try await writer.row { row in
                    row.text(entity.rawValue)
                    row.text(pair.left.rawValue.withoutNUL)
                    row.text(pair.right.rawValue.withoutNUL)
                    row.int64(run.rawValue)
                    row.text(pair.doubt.rawValue)
                    row.text(pair.reason.kind.rawValue)
                    row.text(pair.reason.detail.withoutNUL)
                    row.double(pair.probability)
                    row.double(pair.weightBits)
                }
            }
        }
    }
}
