internal import Foundation
internal import Reconciliation
internal import Records
internal import Reporting
internal import Storage

extension NightlyAudit {
    /// Links two snapshots, compares what is linked, and carries the findings on.
    func compare(
        _ entity: EntityDefinition, left: Snapshot, right: Snapshot, run: RunID, store: Store
    ) async throws -> EntityAudit {
        // Half of the time the database works and half of it this process.
        async let leftRecords = store.loadRecords(left, as: entity)
        async let rightRecords = store.loadRecords(right, as: entity)
        let records: [Side: [Record]] = [
            .left: try await leftRecords, .right: try await rightRecords,
        ]
        let linked = try await link(
            entity, records: records, left: left, right: right, run: run, store: store)
        let linkage = linked.linkage

        let stageName = "compare \(entity.name)"
        let stage = ProgressStage("compare \(entity.name)")
        progress.begin(stage)
        _ = try await store.beginStage(run, stageName)
        let (findings, states): ([Finding], [FindingState: Int])
        // The same links of the same records, read whole again, have the same findings.
        let stand = try await store.findingsStand(entity.name, under: linked.key)
        let areSame = stand && left.isCertified && right.isCertified
        if areSame {
            try await store.keepFindings(
                of: entity.name, run: run, left: left.id, right: right.id)
            let standing = try await store.openFindings(entity.name)
            findings = standing.map(\.finding)
            states = standing.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
        } else {
            (findings, states) = try await reconciled(
                entity, records, linkage, left: left, right: right, run: run, store: store)
        }
        try await store.finishStage(
            run, stageName,
            counts: Dictionary(uniqueKeysWithValues: states.map { ($0.rawValue, $1) }))
        progress.end(
            stage,
            result: areSame
                ? "nothing changed, \(findings.count) findings stand"
                : "\(findings.count) findings, \(states[.new] ?? 0) new, "
                    + "\(states[.resolved] ?? 0) resolved")
        return EntityAudit(
            definition: entity, snapshots: [.left: left, .right: right], records: records,
            linkage: linkage, findings: findings, method: linked.method,
            outcome: EntityOutcome(
                entity: entity.name,
                recordCounts: [.left: left.recordCount, .right: right.recordCount],
                writtenCounts: [
                    .left: left.run == run ? left.addedCount + left.changedCount : 0,
                    .right: right.run == run ? right.addedCount + right.changedCount : 0,
                ],
                linkCount: linkage.links.count { $0.isAssigned }, findings: findings,
                stateCounts: states, model: linked.model))
    }

    /// Compares what is linked, and stores what is found.
    private func reconciled(
        _ entity: EntityDefinition, _ records: [Side: [Record]], _ linkage: Linkage,
        left: Snapshot, right: Snapshot, run: RunID, store: Store
    ) async throws -> ([Finding], [FindingState: Int]) {
        let certified = Set(
            [(Side.left, left), (.right, right)].filter { $0.1.isCertified }.map(\.0))
        var references: [EntityName: ReferenceLinks] = [:]
        for name in entity.referredEntities {
            references[name] = ReferenceLinks(try await store.loadLinkage(name))
        }
        let found = reconcile(
            ReconciliationInput(
                definition: entity, left: records[.left] ?? [], right: records[.right] ?? [],
                links: linkage.links, leftClusters: linkage.leftClusters,
                rightClusters: linkage.rightClusters, certifiedSides: certified,
                references: references))
        let findings = try await ReferredTitles(configuration, resources: resources, store: store)
            .naming(found, of: entity)
        let transitions = carry(
            known: try await store.knownFindings(entity.name), found: findings,
            certifiedSides: certified)
        try await store.saveFindings(
            transitions, of: entity.name, run: run, left: left.id, right: right.id)
        return (findings, transitions.reduce(into: [:]) { $0[$1.to, default: 0] += 1 })
    }

    private func link(
        _ entity: EntityDefinition, records: [Side: [Record]], left: Snapshot, right: Snapshot,
        run: RunID, store: Store
    ) async throws -> Linked {
        let stageName = "link \(entity.name)"
        let stage = ProgressStage("link \(entity.name)")
        progress.begin(stage)
        _ = try await store.beginStage(run, stageName)
        let linker = try await RecordLinker(
            entity, resources: resources, store: store,
            memoryFolder: configuration.dataFolder.appending(path: "linkage"))
        // References are compared by the links of what they refer to.
        var referred: [String] = []
        for name in entity.referredEntities {
            referred.append(try await store.previousLinkageKey(name) ?? "")
        }
        let key = linker.key(
            left: left.contentChecksum, right: right.contentChecksum, referred: referred)
        let linkage: Linkage
        var model = linker.lastModelKey
        var method: [EntityAudit.MethodEntry] = []
        var matched = ""
        let isUnchanged = try await store.previousLinkageKey(entity.name) == key
        if isUnchanged {
            linkage = try await store.loadLinkage(entity.name)
            try await store.keepLinkage(linkage, of: entity.name, run: run, key: key)
            method = [
                EntityAudit.MethodEntry(section: "parameters", name: "unchanged", value: .none)
            ]
        } else {
            let outcome = try linker.link(
                left: records[.left] ?? [], right: records[.right] ?? []
            ) { name in
                progress.note(stage, name)
            }
            (linkage, method, model) = (outcome.linkage, outcome.method, outcome.model.key)
            for warning in outcome.warnings { progress.warn("\(entity.name): \(warning)") }
            try await store.saveLinkage(
                linkage, of: entity.name, run: run, key: key, model: outcome.model)
            matched = outcome.matched
            do {
                try linker.keepMemory(of: outcome)
            } catch {
                progress.warn(
                    "\(entity.name): what the links were found by cannot be kept (\(error)); the next "
                        + "night matches all records again. Nothing is lost")
            }
        }
        let counts = [
            "links": linkage.links.count, "left_clusters": linkage.leftClusters.count,
            "right_clusters": linkage.rightClusters.count, "review": linkage.review.count,
        ]
        try await store.finishStage(run, stageName, counts: counts)
        progress.end(
            stage,
            result: isUnchanged
                ? "nothing changed, \(linkage.links.count) links stand"
                : "\(linkage.links.count) links, "
                    + "\(linkage.leftClusters.count) + \(linkage.rightClusters.count) "
                    + "groups of duplicates\(matched)")
        return Linked(linkage: linkage, method: method, key: key, model: model)
    }

    /// What linking gave, under which key, and the key of the model by which it was linked.
    private struct Linked {
        var linkage: Linkage
        var method: [EntityAudit.MethodEntry]
        var key: String
        var model: String?
    }
}
