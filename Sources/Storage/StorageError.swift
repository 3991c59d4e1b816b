public import Foundation
public import Records

/// Why something was not stored; the database's own failures are `PostgresError`.
public enum StorageError: Error, Hashable, Sendable {
    /// Another process holds the job's lock.
    case jobIsRunning(job: String, run: RunID?, holder: String, since: Date)
    /// Another snapshot of the same entity and source was begun or committed meanwhile.
    case snapshotSuperseded(source: SourceName, entity: EntityName)
    /// Staged rows are gone, as after a crash of the server.
    case stagedRowsLost(staged: Int, found: Int)
    /// A run that should go on cannot: it is of another job, or it is done.
    case notResumable(run: RunID)
    /// There is no such thing.
    case notFound(what: String)
}

extension StorageError: CustomStringConvertible {
    /// What happened, what is safe, and what to do.
    public var description: String {
        switch self {
        case .jobIsRunning(let job, let run, let holder, let since):
            let which = run.map { "run \($0.rawValue)" } ?? "a run that is starting"
            return "The job '\(job)' is held by \(which), started by \(holder) at "
                + "\(since.formatted(.iso8601)). Wait for it to end, then start again."
        case .snapshotSuperseded(let source, let entity):
            return "Another snapshot of \(entity) from \(source) was taken meanwhile. "
                + "That one is kept, this one is dropped; start the run again."
        case .stagedRowsLost(let staged, let found):
            return "The database kept \(found) of \(staged) staged rows, as after a crash. "
                + "No snapshot was made, earlier ones are untouched; start the run again."
        case .notResumable(let run):
            return "Run \(run.rawValue) cannot go on: it is done, or of another job. "
                + "Start a new run."
        case .notFound(let what): return "There is no \(what)."
        }
    }
}
