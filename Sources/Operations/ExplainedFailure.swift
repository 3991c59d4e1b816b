/// An error that knows what to tell a person and with which code the program ends.
public protocol ExplainedFailure: Error {
    /// What happened, to what, what is already safe, and what to do.
    var explanation: String { get }
    /// The program's exit code: 1 the job failed, 2 usage or configuration, 4 lock held.
    var exitCode: Int32 { get }
}

extension ExplainedFailure {
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension ExplainedFailure where Self: CustomStringConvertible {
    /// The description.
    public var explanation: String { description }
}

extension ConfigurationError: ExplainedFailure {
    /// Wrong usage or configuration.
    public var exitCode: Int32 { 2 }
}
