internal import Foundation

/// What was fetched into a folder before, kept in a hidden file there.
struct FetchRecord {
    private struct Entry: Codable, Equatable {
        var byteCount: Int
        var modified: Int
    }

    private static let name = ".sverka-fetched.json"

    private let place: URL
    private var entries: [String: Entry]

    /// Reads what was kept; what cannot be read is as if nothing had been fetched.
    init(of folder: URL) {
        place = folder.appending(path: Self.name)
        entries =
            (try? JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: place))) ?? [:]
    }

    /// Whether a file was fetched as it is now.
    func has(_ file: RemoteFile) -> Bool {
        guard let byteCount = file.byteCount, let modified = file.modified else { return false }
        return entries[file.name] == Entry(byteCount: byteCount, modified: modified)
    }

    /// Notes that a file was fetched.
    ///
    /// - Throws: ``RemoteError`` when that cannot be written.
    mutating func insert(_ file: RemoteFile) throws(RemoteError) {
        guard let byteCount = file.byteCount, let modified = file.modified else { return }
        entries[file.name] = Entry(byteCount: byteCount, modified: modified)
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            try encoder.encode(entries).write(to: place, options: .atomic)
        } catch {
            throw RemoteError(.local, "\(place.path) cannot be written; see that there is room")
        }
    }
}
