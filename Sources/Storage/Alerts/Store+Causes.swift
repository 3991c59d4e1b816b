public import Foundation

internal import PostgresClient

/// What is behind an alert.
extension Store {
    /// What failed in a span of time, the most first.
    ///
    /// - Parameters:
    ///   - labels: Labels of operations; a value that ends in `*` stands for all that begin so.
    ///   - from: The beginning.
    ///   - to: The end.
    ///   - limit: How many.
    /// - Returns: The causes.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func errorCauses(
        _ labels: [String: String], from: Date, to: Date, limit: Int
    ) async throws -> [AlertCauseRow] {
        try await query("alert/error_causes", Self.span(labels, from, to, limit)).map { row in
            AlertCauseRow(
                type: try row["error_type"].optionalText ?? "",
                shape: try row["error_shape"].text, count: try row["value"].int64,
                atStakeMinor: try row["at_stake_minor"].optionalInt64,
                currency: try row["currency"].optionalText)
        }
    }

    /// The latest operations that failed in a span of time; otherwise as
    /// ``errorCauses(_:from:to:limit:)``.
    public nonisolated(nonsending) func errorExamples(
        _ labels: [String: String], from: Date, to: Date, limit: Int
    ) async throws -> [AlertExampleRow] {
        try await query("alert/error_examples", Self.span(labels, from, to, limit)).map { row in
            AlertExampleRow(
                entity: try row["object_kind"].text, number: nil,
                kind: try row["error_type"].optionalText ?? "", field: nil,
                leftIDs: [try row["object_id"].text], rightIDs: [],
                system: try row["source_system"].text, at: try row["occurred_at"].instant,
                atStakeMinor: nil, currency: nil)
        }
    }

    /// What open findings are, those with the most money first.
    ///
    /// - Parameters:
    ///   - labels: `entity`, `kind`, `currency`.
    ///   - onlyNew: Only those that the last comparison opened.
    ///   - limit: How many.
    /// - Returns: The causes.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func findingCauses(
        _ labels: [String: String], onlyNew: Bool, limit: Int
    ) async throws -> [AlertCauseRow] {
        try await query("alert/finding_causes", Self.findings(labels, onlyNew, limit)).map { row in
            let entity = try row["entity"].text
            let field = try row["field"].optionalText
            return AlertCauseRow(
                type: try row["kind"].text,
                shape: [entity, field].compactMap { $0 }.joined(separator: "."),
                count: try row["value"].int64,
                atStakeMinor: try row["at_stake_minor"].optionalInt64,
                currency: try row["currency"].optionalText)
        }
    }

    /// Open findings, those with the most money first; otherwise as
    /// ``findingCauses(_:onlyNew:limit:)``.
    public nonisolated(nonsending) func findingExamples(
        _ labels: [String: String], onlyNew: Bool, limit: Int
    ) async throws -> [AlertExampleRow] {
        try await query("alert/finding_examples", Self.findings(labels, onlyNew, limit)).map {
            row in
            AlertExampleRow(
                entity: try row["entity"].text, number: try row["number"].int64,
                kind: try row["kind"].text, field: try row["field"].optionalText,
                leftIDs: try row["left_ids"].textArray, rightIDs: try row["right_ids"].textArray,
                system: nil, at: nil, atStakeMinor: try row["at_stake_minor"].optionalInt64,
                currency: try row["currency"].optionalText)
        }
    }

    private static func span(
        _ labels: [String: String], _ from: Date, _ to: Date, _ limit: Int
    ) -> [PostgresValue] {
        [
            .instant(from), .instant(to), pattern(labels["error_type"]),
            pattern(labels["object_kind"]), pattern(labels["source_system"]),
            pattern(labels["target_system"]), .int(limit),
        ]
    }

    private static func findings(
        _ labels: [String: String], _ onlyNew: Bool, _ limit: Int
    ) -> [PostgresValue] {
        [
            pattern(labels["entity"]), pattern(labels["kind"]),
            .text(labels["currency"].flatMap { $0.isEmpty ? nil : $0 }), .bool(onlyNew),
            .int(limit),
        ]
    }

    /// A label as a pattern of LIKE: its own marks stand for themselves, a star at its end for all.
    static func pattern(_ label: String?) -> PostgresValue {
        guard var label else { return .null }
        let isPrefix = label.hasSuffix("*")
        if isPrefix { label.removeLast() }
        let quoted = label.replacing("\\", with: "\\\\").replacing("%", with: "\\%")
            .replacing("_", with: "\\_")
        return .text(quoted + (isPrefix ? "%" : ""))
    }
}
