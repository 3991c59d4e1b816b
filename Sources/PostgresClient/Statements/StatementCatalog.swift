public import Foundation

/// The named statements of a folder: `<area>/<name>.sql`, one statement a file.
public struct StatementCatalog: Sendable {
    /// Every statement, in the order of names.
    public let all: [Statement]
    private let byName: [String: Statement]

    /// Reads every `.sql` file below a folder.
    ///
    /// - Parameter directory: The folder, for example `sql/queries`.
    /// - Throws: ``StatementCatalogError`` when the folder cannot be read or a file is not UTF-8, holds
    ///   no statement or more than one.
    public init(directory: URL) throws {
        let root = directory.standardizedFileURL.path
        guard let paths = FileManager.default.subpaths(atPath: root) else {
            throw StatementCatalogError(description: "The folder \(root) cannot be read.")
        }
        var statements: [Statement] = []
        for path in paths.sorted() where path.hasSuffix(".sql") {
            let data = try Data(contentsOf: directory.appending(path: path))
            guard let text = String(validating: data, as: UTF8.self) else {
                throw StatementCatalogError(description: "\(path) is not valid UTF-8.")
            }
            switch SQLText.statementCount(of: text) {
            case 0: throw StatementCatalogError(description: "\(path) holds no statement.")
            case 1: statements.append(Statement(name: String(path.dropLast(4)), text: text))
            default:
                throw StatementCatalogError(description: "\(path) holds more than one statement.")
            }
        }
        self.init(statements)
    }

    /// Makes a catalogue of statements at hand; of two with one name the later counts.
    ///
    /// - Parameter statements: The statements.
    public init(_ statements: [Statement]) {
        byName = Dictionary(statements.map { ($0.name, $0) }) { _, later in later }
        all = byName.values.sorted { $0.name < $1.name }
    }

    /// The statement of a name.
    ///
    /// - Parameter name: `<area>/<name>`, without `.sql`.
    /// - Throws: ``StatementCatalogError`` when there is none.
    public subscript(name: String) -> Statement {
        get throws {
            guard let statement = byName[name] else {
                throw StatementCatalogError(
                    description: "There is no statement \(name); the catalogue has \(all.count).")
            }
            return statement
        }
    }
}

/// Why a catalogue of statements cannot be used.
public struct StatementCatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or name and what is wrong with it.
    public var description: String
}
