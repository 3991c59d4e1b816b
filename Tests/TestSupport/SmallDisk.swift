public import Foundation
internal import Glibc

/// A disk in memory, so small that it is soon full; unmounted with the last reference.
public final class SmallDisk: Sendable {
    /// Whether one can be mounted here: that needs root.
    public static let isPossible: Bool = geteuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil

    /// Where it is mounted; everybody may enter.
    public let url: URL
    private let folder: TemporaryFolder

    /// Mounts a disk.
    ///
    /// - Parameter kilobytes: Its size.
    /// - Throws: `POSIXError` without the right to mount.
    public init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        url = folder.url.appending(path: "disk")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        chmod(folder.url.path, 0o755)
        guard mount("tmpfs", url.path, "tmpfs", 0, "size=\(kilobytes)k,mode=755") == 0 else {
            throw POSIXError(.EPERM)
        }
    }

    deinit { umount2(url.path, Int32(MNT_DETACH)) }
}
