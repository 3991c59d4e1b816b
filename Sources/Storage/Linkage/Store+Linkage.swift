public import Records

internal import Foundation
internal import PostgresClient

/// The links and clusters of an entity, and the pairs that are in doubt.
public struct Linkage: Hashable, Sendable {
    /// Links between left and right records.
    public var links: [Link]
    /// Duplicates among the left records.
    public var leftClusters: [Cluster]
    /// Duplicates among the right records.
    public var rightClusters: [Cluster]
    /// Pairs that a person should look at, ordered and bounded by `mostWorthALook`.
    public var review: [ReviewPair]

    /// Makes a linkage.
    public init(
        links: [Link], leftClusters: [Cluster], rightClusters: [Cluster],
        review: [ReviewPair] = []
    ) {
        self.links = links
        self.leftClusters = leftClusters
        self.rightClusters = rightClusters
        self.review = review
    }
}

/// What was learnt of an entity, as it is kept.
public struct StoredModel: Hashable, Sendable {
    /// Of the definition and the engine: under another key the model does not fit.
    public var key: String
    /// The model, JSON text.
    public var text: String

    /// Makes a stored model.
    public init(key: String, text: String) {
        self.key = key
        self.text = text
    }
}

extension Store {
    /// The model by which an entity was linked last.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: The model; `nil` when none was kept.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func lastModel(
        _ entity: EntityName
    ) async throws -> StoredModel? {
        try await query("linkage/last_model", [.text(entity.rawValue)]).first.map { row in
            StoredModel(key: try row["key"].text, text: try row["model"].text)
        }
    }

    /// Under which key an entity was linked last.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: The key given to ``saveLinkage(_:of:run:key:model:)``; when the present one is equal, the
    ///   links that stand can be loaded instead of found again. `nil` when it was never linked.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func previousLinkageKey(
        _ entity: EntityName
    ) async throws -> String? {
        try await query("linkage/last_key", [.text(entity.rawValue)]).first?["key"].text
    }

    /// Stores links and clusters, in one transaction; those that stand already are not written.
    ///
    /// Pairs for review replace those of the run before.
    ///
    /// - Parameters:
    ///   - linkage: All links, clusters and pairs for review of the entity.
    ///   - entity: The entity.
    ///   - run: The run that found them.
    ///   - key: Of everything that they depend on: both snapshots' checksums, definition, verdicts,
    ///     engine version.
    ///   - model: By which they were found; `nil` to go on with the one that is kept.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func saveLinkage(
        _ linkage: Linkage, of entity: EntityName, run: RunID, key: String,
        model: StoredModel? = nil
    ) async throws {
        let statements = statements
        let (name, number) = (
            PostgresValue.text(entity.rawValue), PostgresValue.int64(run.rawValue)
        )
        let clusterCount = linkage.leftClusters.count + linkage.rightClusters.count
        try await pool.withTransaction { connection in
            try await Self.stage(linkage.links, connection, statements)
            for statement in ["linkage/close_links", "linkage/insert_links"] {
                try await connection.execute(statements[statement], [name, number])
            }
            try await connection.execute(statements["linkage/clear_staging_links"])
            try await Self.stage(linkage, connection, statements)
            for statement in ["linkage/close_clusters", "linkage/insert_clusters"] {
                try await connection.execute(statements[statement], [name, number])
            }
            try await connection.execute(statements["linkage/clear_staging_cluster_members"])
            try await Self.numberThings(linkage, name, number, connection, statements)
            try await Self.replaceReview(
                linkage.review, of: entity, run: run, connection, statements)
            if let model {
                try await connection.execute(
                    statements["linkage/keep_model"],
                    [name, number, .text(model.key), .text(model.text)])
            }
            try await connection.execute(
                statements["linkage/insert"],
                [number, name, .text(key), .int(linkage.links.count), .int(clusterCount)])
        }
    }

    /// Says that a run found the links and clusters that stand; nothing else is written.
    ///
    /// - Parameters:
    ///   - linkage: Those that stand, as ``loadLinkage(_:)`` gave them.
    ///   - entity: The entity.
    ///   - run: The run.
    ///   - key: The key under which they were stored.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func keepLinkage(
        _ linkage: Linkage, of entity: EntityName, run: RunID, key: String
    ) async throws {
        try await execute(
            "linkage/insert",
            [
                .int64(run.rawValue), .text(entity.rawValue), .text(key),
                .int(linkage.links.count),
                .int(linkage.leftClusters.count + linkage.rightClusters.count),
            ])
    }

    /// The number of the thing that a record belongs to, the same from night to night.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - side: Its side.
    ///   - entity: The entity.
    /// - Returns: The number; `nil` for a record that is linked to nothing and has no duplicates.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func thing(
        of record: RecordID, on side: Side, _ entity: EntityName
    ) async throws -> Int64? {
        try await query(
            "linkage/thing_of",
            [.text(entity.rawValue), .text(side.rawValue), .text(record.rawValue)]
        ).first?["thing_id"].int64
    }

    /// The links, clusters and pairs for review that stand.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: Links in the order of their left and right ids, clusters in that of their first ids,
    ///   pairs as ``pairsForReview(_:)`` orders them.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func loadLinkage(_ entity: EntityName) async throws -> Linkage {
        var links: [Link] = try await copyOut(
            "linkage/copy_links", parameter: "sverka.entity", entity.rawValue
        ) { rows in
            var links: [Link] = []
            for try await var row in rows {
                links.append(
                    Link(
                        left: RecordID(try row.text()), right: RecordID(try row.text()),
                        reason: try row.reason(), probability: try row.double(),
                        weightBits: try row.double(), isAssigned: try row.bool()))
            }
            return links
        }
        links.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        let clusters = try await loadClusters(entity)
        return Linkage(
            links: links, leftClusters: clusters[.left] ?? [],
            rightClusters: clusters[.right] ?? [], review: try await pairsForReview(entity))
    }

    private nonisolated(nonsending) func loadClusters(
        _ entity: EntityName
    ) async throws -> [Side: [Cluster]] {
        var clusters: [Side: [Cluster]] = try await copyOut(
            "linkage/copy_cluster_members", parameter: "sverka.entity", entity.rawValue
        ) { rows in
            var clusters: [Side: [Cluster]] = [:]
            for try await var row in rows {
                let side = Side(rawValue: try row.text()) ?? .left
                let isFirst = try row.int64() == 1
                let member = Cluster.Member(
                    id: RecordID(try row.text()), probability: try row.double())
                let reason = try row.reason()
                var group = clusters[side] ?? []
                if isFirst || group.isEmpty {
                    group.append(Cluster(members: [member], reason: reason))
                } else {
                    group[group.count - 1].members.append(member)
                }
                clusters[side] = group
            }
            return clusters
        }
        for side in Side.allCases {
            clusters[side]?.sort { $0.members[0].id < $1.members[0].id }
        }
        return clusters
    }

    /// Things keep the numbers of their records; new ones get new numbers.
    private static nonisolated(nonsending) func numberThings(
        _ linkage: Linkage, _ entity: PostgresValue, _ run: PostgresValue,
        _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        let things = linkage.things()
        try await connection.copyIn(statements["linkage/copy_staging_things"]) { writer in
            for (number, thing) in things.enumerated() {
                for member in thing {
                    try await writer.row { row in
                        row.int64(Int64(number))
                        row.text(member.side.rawValue)
                        row.text(member.id.rawValue.withoutNUL)
                    }
                }
            }
        }
        try await connection.execute(statements["linkage/keep_thing_numbers"], [entity])
        try await connection.execute(statements["linkage/number_new_things"])
        try await connection.execute(statements["linkage/close_thing_members"], [entity, run])
        try await connection.execute(statements["linkage/insert_thing_members"], [entity, run])
        try await connection.execute(statements["linkage/clear_staging_things"])
    }

    private static nonisolated(nonsending) func stage(
        _ links: [Link], _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        try await connection.copyIn(statements["linkage/copy_staging_links"]) { writer in
            for link in links {
                try await writer.row { row in
                    row.text(link.left.rawValue.withoutNUL)
                    row.text(link.right.rawValue.withoutNUL)
                    row.text(link.reason.kind.rawValue)
                    row.text(link.reason.detail.withoutNUL)
                    row.double(link.probability)
                    row.double(link.weightBits)
                    row.bool(link.isAssigned)
                }
            }
        }
    }

    private static nonisolated(nonsending) func stage(
        _ linkage: Linkage, _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        let sides = [(Side.left, linkage.leftClusters), (.right, linkage.rightClusters)]
        try await connection.copyIn(statements["linkage/copy_staging_cluster_members"]) { writer in
            for (side, clusters) in sides {
                for (number, cluster) in clusters.enumerated() {
                    for (position, member) in cluster.members.enumerated() {
                        try await writer.row { row in
                            row.text(side.rawValue)
                            row.int64(Int64(number))
                            row.int64(Int64(position))
                            row.text(member.id.rawValue.withoutNUL)
                            row.double(member.probability)
                            row.text(cluster.reason.kind.rawValue)
                            row.text(cluster.reason.detail.withoutNUL)
                        }
                    }
                }
            }
        }
    }
}

extension CopyRowDecoder {
    /// The kind and detail of a decision.
    fileprivate mutating func reason() throws -> LinkReason {
        let kind = LinkReason.Kind(rawValue: try text()) ?? .model
        return LinkReason(kind, detail: try text())
    }
}
