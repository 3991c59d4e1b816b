internal import Collection
internal import FileSource
internal import Foundation
internal import PostgresClient
internal import Records
internal import Storage

extension NightlyAudit {
    /// Reads one entity from every source that keeps it, the two sides at once.
    ///
    /// A source that cannot be read does not stop the others: its last snapshot stands in, in doubt,
    /// so that nothing is held to be missing there. A source that does not keep the entity is no
    /// failure where another one does.
    func collect(
        _ entity: EntityDefinition, from sources: [ConfiguredSource], run: RunID, store: Store
    ) async throws -> EntityReading {
        var reading = EntityReading(definition: entity)
        var asked: [SourceRole: ConfiguredSource] = [:]
        for source in sources where configuration.asks(source.role, for: entity.name) {
            guard let lack = try await lack(of: entity.name, in: source, store) else {
                asked[source.role] = source
                continue
            }
            if source.role.side != nil {
                reading.lacks.append((source.name, lack.explanation))
            }
        }
        guard !asked.isEmpty else {
            reading.failAsNobodyGivesIt()
            progress.warn(reading.incomplete[0])
            return reading
        }
        let (leftSource, rightSource) = (asked[.left], asked[.right])
        async let left = attempt(entity, leftSource, run, store)
        async let right = attempt(entity, rightSource, run, store)
        let sides = (left: try await left, right: try await right)
        let journal = try await attempt(entity, asked[.journal], run, store)
        let attempts: [(SourceRole, Attempt)] = [
            (.left, sides.left), (.right, sides.right), (.journal, journal),
        ]
        for (role, attempt) in attempts {
            guard let source = asked[role]?.source else { continue }
            try await enter(attempt, of: role, source, into: &reading, store)
        }
        if reading.snapshots.isEmpty, reading.failures.isEmpty { reading.failAsNobodyGivesIt() }
        if case .taken(let snapshot) = journal {
            reading.takenOver = try await takeOver(snapshot, entity, run, store)
        }
        for message in reading.incomplete { progress.warn(message) }
        if entity.isCompared, !reading.lacks.isEmpty {
            let names = reading.lacks.map(\.source.rawValue).joined(separator: " and ")
            progress.warn("\(entity.name): \(names) does not give it; read, not compared")
        }
        return reading
    }

    /// Why a source is not asked for an entity.
    ///
    /// A file that was there on an earlier night and is gone is no such reason but a failure: an
    /// export that did not run must not pass for an entity that nobody keeps.
    private func lack(
        of entity: EntityName, in source: ConfiguredSource, _ store: Store
    ) async throws -> ConfiguredSource.Lack? {
        guard let lack = source.lack(of: entity) else { return nil }
        guard case .noFile = lack else { return lack }
        let earlier = try await store.snapshots(source: source.name, entity: entity, limit: 1)
        return earlier.isEmpty ? lack : nil
    }

    private func enter(
        _ attempt: Attempt, of role: SourceRole, _ source: any SnapshotSource,
        into reading: inout EntityReading, _ store: Store
    ) async throws {
        switch attempt {
        case .notAsked: break
        case .taken(let snapshot):
            reading.snapshots[role] = snapshot
            guard !snapshot.isCertified else { return }
            let reasons = snapshot.certificate.doubts.map(\.explanation)
            reading.failures.append(
                EntityReading.Failure(
                    role: role, source: source.name, message: reasons.joined(separator: "; ")))
        case .notGiven(let reason) where role.side != nil:
            reading.lacks.append((source.name, reason))
        case .notGiven(let reason):
            reading.failures.append(
                EntityReading.Failure(role: role, source: source.name, message: reason))
        case .failed(let error):
            reading.failures.append(
                EntityReading.Failure(role: role, source: source.name, message: error.message))
            reading.snapshots[role] = try await standIn(
                for: source.name, reading.definition, because: error, store)
            if reading.snapshots[role] == nil { reading.unread.append(source.name) }
        }
    }

    /// What came of reading one source.
    private enum Attempt: Sendable {
        case notAsked
        case taken(Snapshot)
        /// The system does not keep the entity, for this reason.
        case notGiven(String)
        case failed(CollectionError)
    }

    private func attempt(
        _ entity: EntityDefinition, _ source: ConfiguredSource?, _ run: RunID, _ store: Store
    ) async throws -> Attempt {
        guard let source else { return .notAsked }
        do {
            return .taken(try await take(entity, source.source, run, store))
        } catch let error as CollectionError {
            return .failed(error)
        } catch let absent as EntityNotGiven {
            return .notGiven(absent.reason)
        } catch let error
            where error is PostgresError || error is StorageError || Task.isCancelled
        {
            throw error
        } catch {
            // What a source did not explain itself must not end the other entities' night either.
            return .failed(
                CollectionError(
                    .malformed, "it could not be read: \(error.explained)"))
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
        let last = try await store.snapshots(source: source.name, entity: entity.name, limit: 1)
        let writer = try await store.beginSnapshot(source: source.name, entity: entity, run: run)
        let snapshot: Snapshot
        do {
            var certificate = try await source.collect(
                entity,
                progress: { progress.advance(stage, done: $0, total: $1) },
                deliver: { try await writer.append($0) })
            if let last = last.first {
                certificate.remarkStructure(
                    since: last.certificate, of: last.takenAt.formatted(.iso8601))
            }
            snapshot = try await writer.commit(
                certificate,
                limits: SnapshotLimits(
                    suddenDropPercent: configuration.report.suddenDropPercent,
                    // A journal becomes shorter whenever old files of it are put away.
                    acceptsDrop: acceptsDrop || entity.name == ConfiguredSource.journalEntity))
        } catch {
            // The failure that ended the reading is the one to tell; leftovers go with the next load.
            try? await writer.abort()
            let judged = Self.judged(error, since: last.first)
            if judged is EntityNotGiven {
                try await store.finishStage(run, name)
                progress.end(stage, result: "not given by this system")
            } else {
                try? await store.failStage(run, name, error: judged.explained)
                progress.end(stage, result: "failed")
            }
            throw judged
        }
        try await store.finishStage(run, name, counts: Self.counts(of: snapshot))
        settle(entity, source)
        progress.end(
            stage,
            result: "\(snapshot.recordCount) records, "
                + "\(snapshot.addedCount + snapshot.changedCount) record rows written"
                + (snapshot.isCertified ? "" : ", NOT CERTIFIED"))
        return snapshot
    }

    /// What was there on an earlier night must not pass for something that the system does not keep.
    private static func judged(_ error: any Error, since last: Snapshot?) -> any Error {
        guard let absent = error as? EntityNotGiven, let last, last.recordCount > 0 else {
            return error
        }
        return CollectionError(
            .misconfigured,
            "\(absent.reason). It gave \(last.recordCount) records on "
                + "\(last.takenAt.formatted(.iso8601)): have it give them again, or take the entity "
                + "out of 'entities'.")
    }

    /// Takes files for good whose records are safe now.
    ///
    /// Where that fails the snapshot stands all the same; the files are then read once more.
    private func settle(_ entity: EntityDefinition, _ source: any SnapshotSource) {
        guard let source = source as? any IntakeSource else { return }
        do {
            try source.settle(entity.name)
        } catch {
            progress.warn("\(entity.name) from \(source.name): \(error.message)")
        }
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
