public import Foundation
public import Records

/// How a job ended that did not fail.
public struct JobOutcome: Error, Sendable {
    /// The run.
    public var run: RunID
    /// What of each entity was compared.
    public var entities: [EntityOutcome]
    /// What was read and not compared.
    public var collected: [CollectedOutcome]
    /// The files that were written: workbook and mail.
    public var files: [URL]
    /// Everything that could not be read whole, for a person; empty when all is well.
    public var incomplete: [String]
    /// Mails that were sent.
    public var sentCount: Int
    /// Mails that could not be sent, with the reason.
    public var unsent: [String]
    /// When the earliest operation happened that was new in a journal; `nil` for none.
    var earliestOperation: Date?

    /// The versions of the models by which entities were linked: `contact 5f0c…, order 81aa…`; `nil`
    /// where none was.
    var modelVersion: String? {
        let versions = entities.compactMap { entity in
            entity.model.map { "\(entity.entity) \($0)" }
        }
        return versions.isEmpty ? nil : versions.joined(separator: ", ")
    }

    /// 0 done · 1 a mail could not be sent · 3 done, but a source could not be read whole.
    public var exitCode: Int32 { !incomplete.isEmpty ? 3 : unsent.isEmpty ? 0 : 1 }
}

/// A job that was wanted for a time was run since then, as a rule by another process.
public struct AlreadyRun: Error, Hashable, Sendable, ExplainedFailure {
    /// The run.
    public var run: RunID

    /// Which run it is.
    public var explanation: String { "it was run already: run \(run.rawValue)" }
    /// Nothing is wrong.
    public var exitCode: Int32 { 0 }
}

/// What a run did with one entity.
public struct EntityOutcome: Sendable {
    /// The entity.
    public var entity: EntityName
    /// Records that stand on each side.
    public var recordCounts: [Side: Int]
    /// Record rows written on each side: new and changed ones.
    public var writtenCounts: [Side: Int]
    /// Assigned pairs.
    public var linkCount: Int
    /// The findings of this run.
    public var findings: [Finding]
    /// How many of them are new, still open, reopened; and how many were resolved.
    public var stateCounts: [FindingState: Int]
    /// The version of the model by which it was linked: equal for equal definition and program.
    var model: String?
}

/// An entity that a run read into snapshots and did not compare.
public struct CollectedOutcome: Sendable {
    /// What stands of it in one source.
    public struct Count: Hashable, Sendable {
        /// The source.
        public var source: SourceName
        /// Records that stand.
        public var records: Int
        /// Record rows written: new and changed ones.
        public var written: Int
    }

    /// The entity.
    public var entity: EntityName
    /// The sources that gave it, in the order of the configuration.
    public var counts: [Count]
    /// Why it was not compared, for a person.
    public var reason: String
}
