internal import Collection
internal import Foundation

/// A file as it was when its folder was looked at.
struct ExportFile: Hashable, Sendable, Codable {
    let name: String
    let byteCount: Int
    /// Milliseconds since 1970.
    let modified: Int64

    /// Whether it was written so many seconds before another, or more.
    func isOlder(than other: ExportFile, by seconds: Double) -> Bool {
        Double(other.modified - modified) > seconds * 1_000
    }
}

/// The folder into which a system exports, and which of its files can be read.
struct ExportFolder: Sendable {
    let url: URL
    /// The endings of names, in lower case, of files that are looked at.
    let endings: Set<String>
    /// The stems of files that are passed over, such as of a journal, which always grows.
    var unwatched: Set<String> = []

    /// The place of a file.
    func place(of name: String) -> URL { url.appending(path: name) }

    /// The files, the newest first and parts of one export in their order, since of an object that
    /// comes twice the newer form counts; hidden files are none.
    ///
    /// - Throws: ``CollectionError`` when the folder cannot be read.
    func files() throws(CollectionError) -> [ExportFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        } catch {
            throw CollectionError(
                .unreachable,
                "the folder \(url.path) cannot be read; see that it is there and may be read")
        }
        return
            names.filter { name in
                !name.hasPrefix(".") && endings.contains(ExportName.ending(of: name))
                    && !unwatched.contains { ExportName.isNamed(name, $0) }
            }
            .compactMap(state)
            .sorted { left, right in
                left.modified != right.modified
                    ? left.modified > right.modified
                    : ExportName.isBefore(left.name, right.name)
            }
    }

    /// A file as it is now; `nil` when it is gone or no file.
    func state(of name: String) -> ExportFile? {
        guard
            let found = try? FileManager.default.attributesOfItem(
                atPath: place(of: name).resolvingSymlinksInPath().path),
            found[.type] as? FileAttributeType == .typeRegular,
            let size = (found[.size] as? NSNumber)?.intValue,
            let modified = found[.modificationDate] as? Date
        else { return nil }
        return ExportFile(
            name: name, byteCount: size,
            modified: Int64((modified.timeIntervalSince1970 * 1_000).rounded()))
    }

    /// The files, once they are complete.
    ///
    /// - Parameters:
    ///   - rule: How to tell.
    ///   - clock: Waits between two looks.
    /// - Returns: The files as by ``files()``; there may be none.
    /// - Throws: ``CollectionError`` when they are not complete in time.
    func completeFiles(
        _ rule: IntakeSettings.Completeness, clock: MonotonicClock
    ) async throws -> [ExportFile] {
        switch rule {
        case .asFound: return try files()
        case .marker(let name):
            guard FileManager.default.fileExists(atPath: place(of: name).path) else {
                throw CollectionError(
                    .unreachable,
                    "\(url.path): the file '\(name)', which says that the export is complete, is "
                        + "not there; nothing was read. Try again when the export has ended.")
            }
            return try files()
        case .stable(let pause, let deadline):
            let start = clock.elapsed
            var found = try files()
            while true {
                try await clock.sleep(for: pause)
                let again = try files()
                if again == found { return found }
                found = again
                guard clock.elapsed - start < deadline else {
                    throw CollectionError(
                        .unreachable,
                        "\(url.path): files are still being written; nothing was read. Try again "
                            + "when the export has ended.")
                }
            }
        }
    }

    /// Complains when a file is no longer as it was found.
    ///
    /// - Throws: ``CollectionError``, naming it.
    func checkUnchanged(_ file: ExportFile) throws(CollectionError) {
        guard let now = state(of: file.name) else {
            throw CollectionError(
                .unreachable,
                "\(file.name) was taken away while it was read; the snapshot is not taken. See "
                    + "that nothing else empties the folder, and try again.")
        }
        guard now == file else {
            throw CollectionError(
                .unreachable,
                "\(file.name) changed while it was read; the snapshot is not taken. Try again when "
                    + "the export has ended.")
        }
    }

    /// Moves a file out of the way.
    ///
    /// - Throws: ``CollectionError`` when it cannot be moved.
    func move(_ file: ExportFile, to target: URL) throws(CollectionError) {
        // What is there by now under this name is another file.
        guard state(of: file.name) == file else { return }
        do {
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            try FileManager.default.moveItem(
                at: place(of: file.name), to: Self.free(file.name, in: target))
        } catch {
            throw CollectionError(
                .unreachable,
                "\(file.name) was read and its records are safe, but it cannot be moved to "
                    + "\(target.path); see that this folder may be written")
        }
    }

    /// A name that no file has yet: `import.xml`, `import-2.xml`.
    private static func free(_ name: String, in folder: URL) -> URL {
        var url = folder.appending(path: name)
        let (base, ending) = (url.deletingPathExtension().lastPathComponent, url.pathExtension)
        var number = 2
        while FileManager.default.fileExists(atPath: url.path) {
            url = folder.appending(path: "\(base)-\(number)" + (ending.isEmpty ? "" : ".\(ending)"))
            number += 1
        }
        return url
    }
}
