internal import Foundation

/// A file on its way here, under a hidden name that tells what it is a part of, so that a later
/// run goes on where this one was interrupted.
struct PartialFile {
    let place: URL
    private let file: RemoteFile
    private let folder: URL

    /// Names it; parts of earlier states of the file are removed.
    init(_ file: RemoteFile, in folder: URL) {
        self.file = file
        self.folder = folder
        let state = file.isIdentified ? "\(file.byteCount ?? 0)-\(file.modified ?? 0)" : "unknown"
        let name = ".\(file.name).\(state).part"
        place = folder.appending(path: name)
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let isKept = file.isIdentified
        for other in all where other.hasPrefix(".\(file.name).") && other.hasSuffix(".part") {
            // What cannot be recognised cannot be continued.
            guard other != name || !isKept else { continue }
            try? FileManager.default.removeItem(at: folder.appending(path: other))
        }
        if let count = file.byteCount, byteCount > count { remove() }
    }

    /// The bytes that are there.
    var byteCount: Int {
        let found = try? FileManager.default.attributesOfItem(atPath: place.path)
        return (found?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// Whether all is there, as far as that can be told.
    var isComplete: Bool { file.byteCount.map { $0 == byteCount } ?? true }

    /// Forgets what is there.
    func remove() { try? FileManager.default.removeItem(at: place) }

    /// Gives it its name.
    ///
    /// - Throws: ``RemoteError`` when that cannot be done.
    func finish(_ file: RemoteFile) throws(RemoteError) {
        do {
            if let modified = file.modified {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: Double(modified))],
                    ofItemAtPath: place.path)
            }
        } catch {
            throw RemoteError(.local, "\(place.path) cannot be written; see that it may be")
        }
        let target = folder.appending(path: file.name)
        guard rename(place.path, target.path) == 0 else {
            throw RemoteError(.local, "\(target.path) cannot be written; see that it may be")
        }
    }
}
