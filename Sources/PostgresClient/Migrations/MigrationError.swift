/// Why a database was not brought to the schema of the files.
///
/// Nothing of the failed step remains.
public enum MigrationError: Error, Hashable, Sendable {
    /// The folder of migrations cannot be read or holds none.
    case unreadable(folder: String)
    /// A file's name is not `NNNN_what.sql`.
    case misnamed(file: String)
    /// Two files share a number.
    case duplicate(number: Int, files: [String])
    /// The numbers leave one out.
    case gap(missing: Int)
    /// A file was changed after it had been applied.
    case changed(file: String)
    /// A migration was applied whose file is gone.
    case missing(number: Int, name: String)
    /// The database has migrations that the files do not reach.
    case databaseIsNewer(database: Int, files: Int)
    /// A file ends the transaction that it is applied in.
    case endsTransaction(file: String)
    /// A file's SQL failed.
    case failed(file: String, PostgresError)
}

extension MigrationError: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch self {
        case .unreadable(let folder):
            "The folder \(folder) holds no migrations, or cannot be read."
        case .misnamed(let file):
            "\(file): a migration is named NNNN_what.sql, for example 0001_create_run.sql."
        case .duplicate(let number, let files):
            "Migration \(number) exists more than once: \(files.joined(separator: ", "))."
        case .gap(let missing):
            "There are later migrations, but none with the number \(missing)."
        case .changed(let file):
            "\(file) is not what was applied to this database. Restore the file; put the change into "
                + "a new migration."
        case .missing(let number, let name):
            "This database has migration \(number) (\(name)), whose file is gone. Restore the file."
        case .databaseIsNewer(let database, let files):
            "This program is older than the database: it knows migrations up to \(files), the "
                + "database has \(database). Use the program's newer version."
        case .endsTransaction(let file):
            "\(file) ends the transaction it is applied in; leave out BEGIN, COMMIT and ROLLBACK."
        case .failed(let file, let error):
            "\(file) was not applied, and nothing of it remains. \(error)"
        }
    }
}
