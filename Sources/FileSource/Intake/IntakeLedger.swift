internal import Collection
internal import Foundation
internal import Records
internal import Synchronization

/// Keeps what was taken from a folder, for each entity.
///
/// A reading is first pending; it is written down when the records are safe.
final class IntakeLedger: Sendable {
    /// What a reading took.
    struct Reading: Sendable {
        /// Every file that was read, or that a newer one stands for.
        var files: [ExportFile] = []
        /// The families of files that held the whole of something.
        var parts: [String] = []
    }

    private struct Entry: Codable {
        var files: [ExportFile] = []
        var parts: [String] = []
    }

    private struct State {
        var isRead = false
        var entries: [String: Entry] = [:]
        var pending: [String: Reading] = [:]
    }

    /// Older entries are forgotten.
    private static let longest = 20_000

    private let settings: IntakeSettings
    private let sharesFiles: Bool
    private let folder: ExportFolder
    private let state = Mutex(State())

    /// Makes a ledger.
    ///
    /// - Parameters:
    ///   - settings: Where it is kept, and where files go.
    ///   - sharesFiles: Whether each file is read for each entity.
    ///   - folder: Where the files are.
    init(_ settings: IntakeSettings, sharesFiles: Bool, folder: ExportFolder) {
        self.settings = settings
        self.sharesFiles = sharesFiles
        self.folder = folder
    }

    /// The files that were taken for an entity.
    ///
    /// - Throws: ``CollectionError`` when what was kept cannot be read.
    func taken(for entity: EntityName) throws(CollectionError) -> Set<ExportFile> {
        settings.ledger == nil ? [] : Set(try entry(of: entity).files)
    }

    /// The families of the files of the last whole export of an entity.
    ///
    /// - Throws: ``CollectionError`` when what was kept cannot be read.
    func lastParts(of entity: EntityName) throws(CollectionError) -> [String] {
        settings.ledger == nil ? [] : try entry(of: entity).parts
    }

    /// Takes a reading that ended well; an earlier one that was not settled is forgotten.
    func expect(_ reading: Reading, for entity: EntityName) {
        state.withLock { $0.pending[entity.rawValue] = reading }
    }

    /// Writes down what was pending, and moves what all entities have.
    ///
    /// - Throws: ``CollectionError`` when it cannot be written or a file cannot be moved.
    func settle(_ entity: EntityName) throws(CollectionError) {
        _ = try entry(of: entity)
        let toMove = try state.withLock { state throws(CollectionError) -> [ExportFile] in
            guard let reading = state.pending.removeValue(forKey: entity.rawValue) else {
                return []
            }
            var entry = state.entries[entity.rawValue] ?? Entry()
            let known = Set(entry.files)
            entry.files += reading.files.filter { !known.contains($0) }
            entry.files = entry.files.suffix(Self.longest)
            if !reading.parts.isEmpty { entry.parts = reading.parts.sorted() }
            state.entries[entity.rawValue] = entry
            try write(state.entries)
            let others = sharesFiles ? settings.entities.filter { $0 != entity } : []
            return reading.files.filter { file in
                others.allSatisfy { state.entries[$0.rawValue]?.files.contains(file) ?? false }
            }
        }
        guard let target = settings.takenFolder else { return }
        for file in toMove { try folder.move(file, to: target) }
    }

    private func entry(of entity: EntityName) throws(CollectionError) -> Entry {
        try state.withLock { state throws(CollectionError) -> Entry in
            if !state.isRead {
                state.entries = try read()
                state.isRead = true
            }
            return state.entries[entity.rawValue] ?? Entry()
        }
    }

    private func read() throws(CollectionError) -> [String: Entry] {
        guard let url = settings.ledger, FileManager.default.fileExists(atPath: url.path) else {
            return [:]
        }
        do {
            return try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: url))
        } catch {
            throw CollectionError(
                .misconfigured,
                "\(url.path), which says what files were taken, cannot be read. Restore it, or "
                    + "remove it to have the files that are there taken once more.")
        }
    }

    private func write(_ entries: [String: Entry]) throws(CollectionError) {
        guard let url = settings.ledger else { return }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try encoder.encode(entries).write(to: url, options: .atomic)
        } catch {
            throw CollectionError(
                .unreachable,
                "the records are safe, but \(url.path), which says what files were taken, cannot "
                    + "be written; the next run will take them again")
        }
    }
}
