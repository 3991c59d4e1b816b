public import Foundation
public import Records

internal import PostgresClient

/// A verdict as it was given.
public struct StoredVerdict: Hashable, Sendable {
    /// What was decided.
    public enum Decision: String, Hashable, Sendable, CaseIterable {
        /// A pair is the same thing.
        case same
        /// A pair is not the same thing.
        case different
        /// An earlier verdict about the pair is taken back.
        case undecided
        /// A finding is to be lived with.
        case accept
        /// That is taken back.
        case reopen
    }

    /// What it is about.
    public enum Subject: Hashable, Sendable {
        /// Two records.
        case pair(RecordPair)
        /// A finding, by its number.
        case finding(Int64)
    }

    /// Its number.
    public var id: Int64
    /// The entity.
    public var entity: EntityName
    /// What was decided.
    public var decision: Decision
    /// What it is about.
    public var subject: Subject
    /// When.
    public var at: Date
    /// Who decided; personal data.
    public var person: String
    /// Why, in their words; personal data.
    public var comment: String

    init(_ row: PostgresRow) throws {
        id = try row["id"].int64
        entity = EntityName(try row["entity"].text)
        decision = Decision(rawValue: try row["decision"].text) ?? .undecided
        if let pair = try RecordPair(row) {
            subject = .pair(pair)
        } else {
            subject = .finding(try row["finding_number"].int64)
        }
        at = try row["decided_at"].instant
        person = try row["personal_person"].text
        comment = try row["personal_comment"].text
    }
}

extension Store {
    /// Verdicts, the latest first.
    ///
    /// - Parameters:
    ///   - entity: Those about one entity only; `nil` for all.
    ///   - limit: How many at most.
    /// - Returns: The verdicts; earlier ones about the same pair or finding no longer count.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func verdicts(
        _ entity: EntityName? = nil, limit: Int = 100
    ) async throws -> [StoredVerdict] {
        try await query("verdict/list", [.text(entity?.rawValue), .int(limit)])
            .map { try StoredVerdict($0) }
    }
}
