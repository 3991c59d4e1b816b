public import Records

internal import Foundation
internal import PostgresClient

extension Store {
    /// What the next run must know of earlier findings of an entity, resolved ones included.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: The findings, in the order of their fingerprints.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func knownFindings(
        _ entity: EntityName
    ) async throws -> [KnownFinding] {
        try await copyOut(
            "finding/copy_known", parameter: "sverka.entity", entity.rawValue
        ) { rows in
            var known: [KnownFinding] = []
            for try await var row in rows {
                known.append(
                    KnownFinding(
                        fingerprint: FindingFingerprint(try row.uuid().hexadecimal),
                        kind: Finding.Kind(rawValue: try row.text()) ?? .invalid,
                        side: try row.optionalText().flatMap(Side.init(rawValue:)),
                        reason: try row.text(),
                        state: FindingState(rawValue: try row.text()) ?? .open,
                        isAccepted: try row.bool()))
            }
            return known
        }
    }

    /// Stores what a run makes of findings, with its counts, in one transaction.
    ///
    /// Findings that stand as they stood are not written. Storing the transitions of one run again,
    /// computed anew from ``knownFindings(_:)``, changes nothing.
    ///
    /// - Parameters:
    ///   - transitions: What the run makes of findings.
    ///   - entity: The entity.
    ///   - run: The run.
    ///   - left: The left snapshot that was compared.
    ///   - right: The right one.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func saveFindings(
        _ transitions: [FindingTransition], of entity: EntityName, run: RunID, left: SnapshotID,
        right: SnapshotID
    ) async throws {
        let statements = statements
        let (name, number) = (
            PostgresValue.text(entity.rawValue), PostgresValue.int64(run.rawValue)
        )
        try await pool.withTransaction { connection in
            try await connection.execute(
                statements["finding/insert_comparison"],
                [number, name, .int64(left.rawValue), .int64(right.rawValue)])
            try await Self.stage(transitions, connection, statements)
            try await connection.execute(statements["finding/insert_events"], [number])
            try await connection.execute(statements["finding/insert_new"], [name, number])
            try await connection.execute(statements["finding/resolve"], [number])
            try await connection.execute(statements["finding/reopen"], [number])
            try await connection.execute(statements["finding/update_content"])
            try await connection.execute(statements["finding/clear_staging"])
            if transitions.count(where: { $0.from == nil }) >= Self.manyNewFindings {
                try await connection.execute(statements["finding/analyze"])
            }
            try await connection.execute(statements["finding/delete_counts"], [number, name])
            try await connection.execute(statements["finding/insert_counts"], [number, name])
        }
    }

    /// From so many new findings on the server is told how many there are.
    ///
    /// Looking takes it a quarter of a second; of fewer it makes no plans that hurt.
    private static var manyNewFindings: Int { 1_000 }

    /// Whether the findings that stand are those of a linkage, both of whose snapshots were certified.
    ///
    /// The same links of the same records have the same findings, but for what a snapshot that is not
    /// certified cannot prove.
    ///
    /// - Parameters:
    ///   - entity: The entity.
    ///   - key: The linkage's key, see ``saveLinkage(_:of:run:key:)``.
    /// - Returns: Whether ``keepFindings(of:run:left:right:)`` will do in place of comparing again.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func findingsStand(
        _ entity: EntityName, under key: String
    ) async throws -> Bool {
        guard let row = try await query("finding/last_key", [.text(entity.rawValue)]).first else {
            return false
        }
        return try row["key"].text == key && row["is_certified"].bool
    }

    /// Says that a run found what stands, with its counts, in one transaction.
    ///
    /// - Parameters:
    ///   - entity: The entity.
    ///   - run: The run.
    ///   - left: The left snapshot.
    ///   - right: The right one.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func keepFindings(
        of entity: EntityName, run: RunID, left: SnapshotID, right: SnapshotID
    ) async throws {
        let statements = statements
        let (name, number) = (
            PostgresValue.text(entity.rawValue), PostgresValue.int64(run.rawValue)
        )
        try await pool.withTransaction { connection in
            try await connection.execute(
                statements["finding/insert_comparison"],
                [number, name, .int64(left.rawValue), .int64(right.rawValue)])
            try await connection.execute(statements["finding/delete_counts"], [number, name])
            try await connection.execute(statements["finding/insert_counts"], [number, name])
        }
    }

    /// Findings by filter: the most severe first, then those with the most money at stake.
    ///
    /// - Parameter filter: Which findings are wanted.
    /// - Returns: The findings.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func findings(
        _ filter: FindingFilter = FindingFilter()
    ) async throws -> [StoredFinding] {
        try await query("finding/list", filter.values).map { try StoredFinding($0) }
    }

    /// All findings of an entity that are not resolved.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: The findings, as ``findings(_:)`` orders them.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func openFindings(
        _ entity: EntityName
    ) async throws -> [StoredFinding] {
        try await findings(FindingFilter(entity: entity))
    }

    /// The life of a finding.
    ///
    /// - Parameter fingerprint: The finding.
    /// - Returns: Its events, as they happened.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func events(
        of fingerprint: FindingFingerprint
    ) async throws -> [FindingEvent] {
        try await query("finding/events", [.text(fingerprint.rawValue)]).map { row in
            FindingEvent(
                kind: FindingEvent.Kind(rawValue: try row["event"].text) ?? .found,
                run: try row["run_id"].optionalInt64.map(RunID.init), at: try row["at"].instant)
        }
    }

    /// What a run compared, with its counts and those of the run before.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - entity: The entity.
    /// - Returns: The comparison; `nil` when the run did not compare the entity.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func comparison(
        _ run: RunID, _ entity: EntityName
    ) async throws -> Comparison? {
        let values: [PostgresValue] = [.int64(run.rawValue), .text(entity.rawValue)]
        guard let row = try await query("finding/comparison", values).first else { return nil }
        let previous = try row["previous_run_id"].optionalInt64.map(RunID.init)
        var previousCounts: [FindingCount] = []
        if let previous {
            previousCounts = try await query(
                "finding/counts", [.int64(previous.rawValue), .text(entity.rawValue)]
            ).map { try FindingCount($0) }
        }
        return Comparison(
            run: run, left: SnapshotID(try row["left_snapshot_id"].int64),
            right: SnapshotID(try row["right_snapshot_id"].int64), previousRun: previous,
            counts: try await query("finding/counts", values).map { try FindingCount($0) },
            previousCounts: previousCounts)
    }

    private static nonisolated(nonsending) func stage(
        _ transitions: [FindingTransition], _ connection: PostgresConnection,
        _ statements: StatementCatalog
    ) async throws {
        try await connection.copyIn(statements["finding/copy_staging"]) { writer in
            for transition in transitions
            where transition.finding != nil || transition.to == .resolved {
                try await writer.row { row in try row.transition(transition) }
            }
        }
    }
}

extension CopyRowEncoder {
    fileprivate mutating func transition(_ transition: FindingTransition) throws {
        guard let id = UUID(transition.fingerprint) else {
            throw StorageError.notFound(what: "fingerprint of 32 hexadecimal digits")
        }
        uuid(id)
        text(transition.to.rawValue)
        bool(transition.from != nil)
        bool(transition.finding != nil)
        guard let finding = transition.finding else {
            for _ in 0..<13 { null() }
            return
        }
        text(finding.kind.rawValue)
        text(finding.severity.rawValue)
        text(finding.side?.rawValue)
        text(finding.field?.rawValue)
        textArray(finding.leftIDs.map(\.rawValue.withoutNUL))
        textArray(finding.rightIDs.map(\.rawValue.withoutNUL))
        text(finding.reason)
        text(finding.evidence.withoutNUL)
        text(finding.title.withoutNUL)
        text(finding.leftValue?.withoutNUL)
        text(finding.rightValue?.withoutNUL)
        int64(finding.atStake?.minorUnits)
        text(finding.atStake?.currency)
    }
}
