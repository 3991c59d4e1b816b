internal import Collection
internal import Foundation
internal import Records
internal import Storage

extension NightlyAudit {
    /// The snapshots of one entity, and what could not be read whole.
    struct Taken {
        var snapshots: [Side: Snapshot] = [:]
        var incomplete: [String] = []
    }

    /// Reads both sides at once.
    ///
    /// A side that cannot be read does not stop the other: its last snapshot stands in, in doubt,
    /// so that nothing is held to be missing there.
    func collect(
        _ entity: EntityDefinition, from sources: [Side: any SnapshotSource], run: RunID,
        store: Store
    ) async throws -> Taken {
        async let left = attempt(entity, sources[.left], run, store)
        async let right = attempt(entity, sources[.right], run, store)
        var taken = Taken()
        for (side, attempt) in [(Side.left, try await left), (.right, try await right)] {
            guard let source = sources[side] else { continue }
            switch attempt {
            case .taken(let snapshot):
                taken.snapshots[side] = snapshot
                if !snapshot.isCertified {
                    let reasons = snapshot.certificate.doubts.map(\.explanation)
                    taken.incomplete.append(
                        "\(entity.name) from \(source.name): \(reasons.joined(separator: "; "))")
                }
            case .failed(let error):
                taken.incomplete.append("\(entity.name) from \(source.name): \(error.message)")
                taken.snapshots[side] = try await standIn(
                    for: source.name, entity, because: error, store)
            }
        }
        for message in taken.incomplete { progress.warn(message) }
        return taken
    }

    /// What came of reading one side.
    private enum Attempt: Sendable {
        case taken(Snapshot)
        case failed(CollectionError)
    }

    private func attempt(
        _ entity: EntityDefinition, _ source: (any SnapshotSource)?, _ run: RunID, _ store: Store
    ) async throws -> Attempt {
        guard let source else {
            return .failed(CollectionError(.misconfigured, "no such source is configured"))
        }
        do {
            return .taken(try await take(entity, source, run, store))
        } catch let error as CollectionError {
            return .failed(error)
        }
    }

    private func take(
        _ entity: EntityDefinition, _ source: any SnapshotSource, _ run: RunID, _ store: Store
    ) async throws -> Snapshot {
        let name = "collect \(source.name) \(entity.name)"
        let stage = ProgressStage("\(entity.name) from \(source.name)")
        let isDue = try await store.beginStage(run, name)
        // A run that died after the commit has its snapshot, though its stage may not say so.
        let earlier = try await store.snapshots(
            source: source.name, entity: entity.name, run: run, limit: 1)
        if let snapshot = earlier.first {
            if isDue {
                try await store.finishStage(run, name, counts: Self.counts(of: snapshot))
            }
            return snapshot
        }
        progress.begin(stage)
        let writer = try await store.beginSnapshot(source: source.name, entity: entity, run: run)
        let snapshot: Snapshot
        do {
            let certificate = try await source.collect(
                entity,
                progress: { progress.advance(stage, done: $0, total: $1) },
                deliver: { try await writer.append($0) })
            snapshot = try await writer.commit(
                certificate,
                limits: SnapshotLimits(
                    suddenDropPercent: Int(configuration.report.suddenDropShare * 100),
                    acceptsDrop: acceptsDrop))
        } catch {
            // The failure that ended the reading is the one to tell; leftovers go with the next load.
            try? await writer.abort()
            try? await store.failStage(run, name, error: Self.explanation(of: error))
            progress.end(stage, result: "failed")
            throw error
        }
        try await store.finishStage(run, name, counts: Self.counts(of: snapshot))
        progress.end(
            stage,
            result: "\(snapshot.recordCount) records, "
                + "\(snapshot.addedCount + snapshot.changedCount) record rows written"
                + (snapshot.isCertified ? "" : ", NOT CERTIFIED"))
        return snapshot
    }

    private func standIn(
        for source: SourceName, _ entity: EntityDefinition, because error: CollectionError,
        _ store: Store
    ) async throws -> Snapshot? {
        guard
            var last = try await store.snapshots(source: source, entity: entity.name, limit: 1)
                .first
        else { return nil }
        last.certificate.doubts.append(
            .partial(
                detail: "\(error.message) Shown as of \(last.takenAt.formatted(.iso8601))."))
        return last
    }

    private static func counts(of snapshot: Snapshot) -> [String: Int] {
        [
            "records": snapshot.recordCount, "added": snapshot.addedCount,
            "changed": snapshot.changedCount, "removed": snapshot.removedCount,
            "rows_written": snapshot.addedCount + snapshot.changedCount,
        ]
    }
}
