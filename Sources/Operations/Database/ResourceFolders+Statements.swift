internal import Foundation
internal import PostgresClient

extension ResourceFolders {
    /// The statements of `sql/queries`, those of reports as a company has them.
    ///
    /// Only reports may be added or changed: what the rest of the statements write has to fit the
    /// program.
    func statements() throws -> StatementCatalog {
        var statements = try StatementCatalog(
            directory: builtIn.appending(path: "sql/queries")
        ).all
        for folder in folders.dropLast().reversed() {
            let reports = folder.appending(path: "sql/queries/reports")
            guard FileManager.default.fileExists(atPath: reports.path) else { continue }
            statements += try StatementCatalog(directory: reports).all.map {
                Statement(name: "reports/\($0.name)", text: $0.text)
            }
        }
        return StatementCatalog(statements)
    }
}
