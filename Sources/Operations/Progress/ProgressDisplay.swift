/// Tells a person how far long work has come: a moving line on a terminal, plain lines in a log.
public protocol ProgressDisplay: Sendable {
    /// A stage of the work begins.
    func begin(_ stage: ProgressStage)
    /// So much of the current stage is done; `total` is `nil` when it is not known.
    func advance(_ stage: ProgressStage, done: Int, total: Int?)
    /// The current stage goes on with a part of it.
    func note(_ stage: ProgressStage, _ part: String)
    /// A stage ended, with what came of it in a few words.
    func end(_ stage: ProgressStage, result: String)
    /// Something a person should know although the work goes on.
    func warn(_ message: String)
    /// Something that happened as it should, of a service that runs for long.
    func inform(_ message: String)
}

extension ProgressDisplay {
    /// Says nothing.
    public func inform(_ message: String) {}
}

/// A stage of long work, named for a person and for the log.
public struct ProgressStage: Hashable, Sendable {
    /// The stage in a few words: `collect counterparty from crm`.
    public var title: String

    /// Names a stage.
    public init(_ title: String) { self.title = title }
}

/// Tells nobody: for tests and for callers that do not care.
public struct SilentProgress: ProgressDisplay {
    /// Makes a silent teller.
    public init() {}
    /// Does nothing.
    public func begin(_ stage: ProgressStage) {}
    /// Does nothing.
    public func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
    /// Does nothing.
    public func note(_ stage: ProgressStage, _ part: String) {}
    /// Does nothing.
    public func end(_ stage: ProgressStage, result: String) {}
    /// Does nothing.
    public func warn(_ message: String) {}
}
