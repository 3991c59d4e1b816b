internal import Archives
internal import Collection
internal import Foundation

/// A file that was read: enough to know it again.
public struct TakenFile: Hashable, Sendable, Codable {
    /// The name in its folder.
    public var name: String
    /// Its size.
    public var byteCount: Int
    /// The CRC-32 of its bytes.
    public var checksum: UInt32

    /// Makes a file of what was kept of it.
    public init(name: String, byteCount: Int, checksum: UInt32) {
        self.name = name
        self.byteCount = byteCount
        self.checksum = checksum
    }
}

/// The folder into which a system exports, and which of its files can be read.
struct ExportFolder: Sendable {
    /// A file as it was when the folder was looked at.
    struct File: Hashable, Sendable {
        let name: String
        let byteCount: Int
        let modified: Date
    }

    let url: URL
    private static let endings: Set<String> = ["xml", "zip"]

    /// The XML files and archives, the newest first and parts of one export in their order, since
    /// of an object that comes twice the newer form counts.
    ///
    /// - Throws: ``CollectionError`` when the folder cannot be read.
    func files() throws(CollectionError) -> [File] {
        let keys: [URLResourceKey] = [
            .fileSizeKey, .contentModificationDateKey, .isRegularFileKey,
        ]
        do {
            return try FileManager.default
                .contentsOfDirectory(at: url, includingPropertiesForKeys: keys)
                .filter { Self.endings.contains($0.pathExtension.lowercased()) }
                .compactMap { file in
                    let values = try file.resourceValues(forKeys: Set(keys))
                    guard values.isRegularFile == true, let size = values.fileSize,
                        let modified = values.contentModificationDate
                    else { return nil }
                    return File(
                        name: file.lastPathComponent, byteCount: size, modified: modified)
                }
                .sorted { left, right in
                    left.modified != right.modified
                        ? left.modified > right.modified
                        : NaturalOrder.isBefore(left.name, right.name)
                }
        } catch {
            throw CollectionError(
                .unreachable,
                "the folder \(url.path) cannot be read; see that it is there and may be read")
        }
    }

    /// The files, once they are complete.
    ///
    /// - Parameters:
    ///   - rule: How to tell.
    ///   - clock: Waits between two looks.
    /// - Throws: ``CollectionError`` when they are not complete in time, or there are none.
    func completeFiles(
        _ rule: XMLFolderSource.Completeness, clock: MonotonicClock
    ) async throws -> [File] {
        var found = try files()
        switch rule {
        case .marker(let name):
            guard FileManager.default.fileExists(atPath: url.appending(path: name).path) else {
                throw CollectionError(
                    .unreachable,
                    "\(url.path): the file '\(name)', which says that the export is complete, is "
                        + "not there; nothing was read. Try again when the export has ended.")
            }
        case .stable(let pause, let deadline):
            let start = clock.elapsed
            while true {
                try await clock.sleep(for: pause)
                let again = try files()
                if again == found { break }
                found = again
                guard clock.elapsed - start < deadline else {
                    throw CollectionError(
                        .unreachable,
                        "\(url.path): files are still being written; nothing was read. Try again "
                            + "when the export has ended.")
                }
            }
        }
        guard !found.isEmpty else {
            throw CollectionError(
                .unreachable,
                "\(url.path): there are no .xml or .zip files; see that the export ran")
        }
        return found
    }

    /// Whether a file is as it was when the folder was looked at.
    func isUnchanged(_ file: File) -> Bool {
        (try? files().contains(file)) ?? false
    }
}

/// Orders names with numbers as people do: `import0_2.xml` before `import0_10.xml`.
enum NaturalOrder {
    static func isBefore(_ left: String, _ right: String) -> Bool {
        let (left, right) = (parts(left), parts(right))
        for (one, other) in zip(left, right) where one != other {
            if let first = Int(one), let second = Int(other), first != second {
                return first < second
            }
            return one < other
        }
        return left.count < right.count
    }

    private static func parts(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        for index in text.indices.dropFirst() {
            let isDigit = ("0"..."9").contains(text[index])
            let wasDigit = ("0"..."9").contains(text[text.index(before: index)])
            if isDigit != wasDigit {
                parts.append(text[start..<index])
                start = index
            }
        }
        return parts + [text[start...]]
    }
}
