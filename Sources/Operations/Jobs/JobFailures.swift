public import Collection
public import Definitions
public import FileSource
public import Mail
public import PostgresClient
public import Reporting
public import Spreadsheet
public import Storage

// What ends a job says so by its description, with exit code 1, but for these.

extension StorageError: ExplainedFailure {
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
}

extension CollectionError: ExplainedFailure {
    /// The message.
    public var explanation: String { message }
}

extension DefinitionError: ExplainedFailure {
    /// Wrong usage or configuration.
    public var exitCode: Int32 { 2 }
}

extension PostgresURLError: ExplainedFailure {
    /// Wrong usage or configuration.
    public var exitCode: Int32 { 2 }
}

extension EmbeddedClusterError: ExplainedFailure {}
extension MigrationError: ExplainedFailure {}
extension FileError: ExplainedFailure {}
extension SpreadsheetError: ExplainedFailure {}
extension ReportError: ExplainedFailure {}
extension MailError: ExplainedFailure {}
extension StatementCatalogError: ExplainedFailure {}
