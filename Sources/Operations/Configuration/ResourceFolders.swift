public import Foundation
internal import Resources

/// Finds files of `sql`, `reports` and `templates`: a customer's own before the built-in ones.
public struct ResourceFolders: Sendable {
    /// The folders, the first that has a file wins.
    public let folders: [URL]

    /// Looks into a customer's folder, when there is one, and then into the program's own.
    public init(overrides: URL?) {
        folders = (overrides.map { [$0] } ?? []) + [Resources.directory]
    }

    /// The built-in folder, which holds everything.
    public var builtIn: URL { Resources.directory }

    /// The place of a file.
    ///
    /// - Parameter path: Relative, such as `templates/entities/counterparty.yaml`.
    /// - Returns: The place.
    /// - Throws: ``ConfigurationError`` when it is in none of the folders.
    public func file(_ path: String) throws -> URL {
        for folder in folders {
            let file = folder.appending(path: path)
            if FileManager.default.fileExists(atPath: file.path) { return file }
        }
        throw ConfigurationError(
            "\(path) is in none of: " + folders.map(\.path).joined(separator: ", "))
    }

    /// The text of a file.
    public func text(of path: String) throws -> String {
        try String(contentsOf: file(path), encoding: .utf8)
    }

    /// The names, without extension, of the files of a folder such as `templates/entities`.
    public func names(in folder: String, withExtension ending: String) -> [String] {
        var names: Set<String> = []
        for place in folders {
            let files =
                (try? FileManager.default.contentsOfDirectory(
                    at: place.appending(path: folder), includingPropertiesForKeys: nil)) ?? []
            for file in files where file.pathExtension == ending {
                names.insert(file.deletingPathExtension().lastPathComponent)
            }
        }
        return names.sorted()
    }
}
