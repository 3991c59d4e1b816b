internal import Collection
internal import Synchronization

/// A folder whose files are watched until they are complete, once for all entities that are read
/// from it.
final class WatchedFolder: Sendable {
    private let folder: ExportFolder
    private let rule: IntakeSettings.Completeness
    private let clock: MonotonicClock
    /// The files as they were last found complete.
    private let known = Mutex<Set<ExportFile>>([])

    /// Names a folder; nothing is looked at yet.
    init(_ folder: ExportFolder, _ rule: IntakeSettings.Completeness, clock: MonotonicClock) {
        self.folder = folder
        self.rule = rule
        self.clock = clock
    }

    /// The files, once they are complete.
    ///
    /// Where nothing is there but what was found complete before, this is the second look: files that
    /// were moved away since then are no sign of an export.
    ///
    /// - Returns: The files as by ``ExportFolder/files()``; there may be none.
    /// - Throws: ``CollectionError`` when they are not complete in time.
    func completeFiles() async throws -> [ExportFile] {
        if case .stable = rule {
            let files = try folder.files()
            if !files.isEmpty, known.withLock({ $0.isSuperset(of: files) }) { return files }
        }
        let files = try await folder.completeFiles(rule, clock: clock)
        known.withLock { $0 = Set(files) }
        return files
    }
}
