internal import Records
internal import Storage

/// What a night read of one entity, before anything is compared.
struct EntityReading: Sendable {
    /// Something that could not be read, or not whole.
    struct Failure: Sendable {
        /// Where it was to be read; `nil` when no source keeps the entity.
        var role: SourceRole?
        var source: SourceName?
        /// What happened and what to do.
        var message: String
    }

    /// Why an entity was read and not compared.
    enum Omission: Hashable, Sendable {
        /// Its definition says so.
        case notMeant
        /// These sources, of the two that are compared, do not keep it.
        case lackedBy([SourceName])
        /// There is not even an earlier snapshot of it from these sources.
        case unread([SourceName])
    }

    var definition: EntityDefinition
    var snapshots: [SourceRole: Snapshot] = [:]
    var failures: [Failure] = []
    /// The sources, of the two that are compared, that do not keep it.
    var lacks: [(source: SourceName, reason: String)] = []
    var unread: [SourceName] = []
    /// What was taken over into the journal, of an entity that is one.
    var takenOver = JournalTakeover.Outcome()

    /// The failures, for a person.
    var incomplete: [String] {
        failures.map { failure in
            "\(definition.name)\(failure.source.map { " from \($0)" } ?? ""): \(failure.message)"
        }
    }

    /// That nobody keeps what the configuration asks for.
    mutating func failAsNobodyGivesIt() {
        let reasons = lacks.map { "\($0.source): \($0.reason)" }
        failures.append(
            Failure(
                message: "no source gives it (\(reasons.joined(separator: "; "))); take it out "
                    + "of 'entities', or map it"))
    }

    /// Why it is not compared; `nil` when it is.
    var omission: Omission? {
        if !definition.isCompared { return .notMeant }
        if !lacks.isEmpty { return .lackedBy(lacks.map(\.source)) }
        let isWhole = snapshots[.left] != nil && snapshots[.right] != nil
        return isWhole ? nil : .unread(unread)
    }
}

extension EntityReading {
    /// What the command line tells of an entity that is not compared.
    func outcome(of run: RunID, names: [SourceRole: SourceName]) -> CollectedOutcome? {
        guard let omission else { return nil }
        let counts = snapshots.sorted { $0.key < $1.key }.map { role, snapshot in
            CollectedOutcome.Count(
                source: names[role] ?? snapshot.source, records: snapshot.recordCount,
                written: snapshot.run == run ? snapshot.addedCount + snapshot.changedCount : 0)
        }
        return CollectedOutcome(
            entity: definition.name, counts: counts, reason: explanation(of: omission))
    }

    private func explanation(of omission: Omission) -> String {
        switch omission {
        case .notMeant: "it is only read, by its definition"
        case .lackedBy:
            lacks.map { "\($0.source) does not give it: \($0.reason)" }
                .joined(separator: "; ")
        case .unread(let names):
            "there is no snapshot from " + names.map(\.rawValue).joined(separator: " and ")
        }
    }
}
