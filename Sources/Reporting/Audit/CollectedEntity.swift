public import Records

/// What was read of an entity that was not compared.
public struct CollectedEntity: Sendable {
    /// Why it was not compared.
    public enum Reason: Hashable, Sendable {
        /// It is only read, by its definition: users, a journal.
        case notMeant
        /// These sources, of the two that are compared, do not keep it.
        case lackedBy([String])
        /// These sources could not be read, and there is no earlier snapshot.
        case unread([String])
    }

    /// A source and what was read of it.
    public struct Snapshot: Sendable {
        /// The source.
        public var source: ReportedSource
        /// Its snapshot.
        public var snapshot: AuditedEntity.Snapshot

        /// Makes a source's snapshot.
        public init(source: ReportedSource, snapshot: AuditedEntity.Snapshot) {
            self.source = source
            self.snapshot = snapshot
        }
    }

    /// What the entity is: names of it and its fields.
    public var definition: EntityDefinition
    /// The snapshots, in the order of the sources; one at least.
    public var snapshots: [Snapshot]
    /// Why it was not compared.
    public var reason: Reason

    /// Makes an entity's part of a report.
    public init(definition: EntityDefinition, snapshots: [Snapshot], reason: Reason) {
        self.definition = definition
        self.snapshots = snapshots
        self.reason = reason
    }
}
