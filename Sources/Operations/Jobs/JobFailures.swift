public import Collection
public import Definitions
public import FileSource
public import Mail
public import PostgresClient
public import Reporting
public import Spreadsheet
public import Storage

extension StorageError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// 4 when another run holds the lock, else 1.
    public var exitCode: Int32 {
        if case .jobIsRunning = self { 4 } else { 1 }
    }
}

extension PostgresError: ExplainedFailure {
    /// What the server said, without values, and what is safe.
    public var explanation: String {
        "the database failed: \(self). Nothing half-done was stored; start the command again."
    }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension EmbeddedClusterError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension MigrationError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension CollectionError: ExplainedFailure {
    /// The message.
    public var explanation: String { message }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension FileError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension DefinitionError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// Wrong usage or configuration.
    public var exitCode: Int32 { 2 }
}

extension SpreadsheetError: ExplainedFailure {
    /// The description.
    public var explanation: String { "\(self)" }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension ReportError: ExplainedFailure {
    /// The description.
    public var explanation: String { "\(self)" }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension MailError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// The job failed.
    public var exitCode: Int32 { 1 }
}

extension StatementCatalogError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// The installation is damaged.
    public var exitCode: Int32 { 1 }
}

extension PostgresURLError: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// Wrong usage or configuration.
    public var exitCode: Int32 { 2 }
}
