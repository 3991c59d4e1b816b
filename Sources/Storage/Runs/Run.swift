public import Foundation
public import Records

internal import PostgresClient

/// One execution of a job.
public struct Run: Hashable, Sendable {
    /// Where a run stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Under way, or dead and not yet noticed.
        case running
        /// Done.
        case succeeded
        /// Done, but a source could not be read whole.
        case incomplete
        /// Ended by an error.
        case failed
        /// Died, and another run was started instead.
        case abandoned
    }

    /// Its number.
    public var id: RunID
    /// The job that it executes: `nightly`.
    public var job: String
    /// Where it stands.
    public var state: State
    /// When it was started.
    public var startedAt: Date
    /// When it was last gone on with, after it had died.
    public var resumedAt: Date?
    /// When it ended.
    public var finishedAt: Date?
    /// What it was started with.
    public var parameters: [String: String]
    /// The version of Sverka.
    public var engine: String
    /// The versions of the linkage models, by entity, once they are known.
    public var modelVersion: String?
    /// The host and process that run it.
    public var holder: String
    /// Why it failed.
    public var error: String?
    /// Its stages, in the order in which they were begun; empty in lists.
    public var stages: [RunStage]
}

/// One stage of a run.
public struct RunStage: Hashable, Sendable {
    /// Where a stage stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Under way, or its run died.
        case running
        /// Done.
        case done
        /// Ended by an error.
        case failed
    }

    /// Its name: `collect accounting`.
    public var name: String
    /// Where it stands.
    public var state: State
    /// How often it was begun.
    public var attempts: Int
    /// When it was last begun.
    public var startedAt: Date
    /// When it ended.
    public var finishedAt: Date?
    /// What it counted.
    public var counts: [String: Int]
    /// Why it failed.
    public var error: String?
}

extension Run {
    init(_ row: PostgresRow, stages: [RunStage] = []) throws {
        self.init(
            id: RunID(try row["id"].int64), job: try row["job"].text,
            state: State(rawValue: try row["state"].text) ?? .failed,
            startedAt: try row["started_at"].instant,
            resumedAt: try row["resumed_at"].optionalInstant,
            finishedAt: try row["finished_at"].optionalInstant,
            parameters: try row["parameters"].object([String: String].self),
            engine: try row["engine"].text, modelVersion: try row["model_version"].optionalText,
            holder: try row["holder"].text, error: try row["error"].optionalText, stages: stages)
    }
}

extension RunStage {
    init(_ row: PostgresRow) throws {
        self.init(
            name: try row["name"].text, state: State(rawValue: try row["state"].text) ?? .failed,
            attempts: try row["attempts"].int, startedAt: try row["started_at"].instant,
            finishedAt: try row["finished_at"].optionalInstant,
            counts: try row["counts"].object([String: Int].self),
            error: try row["error"].optionalText)
    }
}
