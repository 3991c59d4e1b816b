public import Foundation

/// A folder of Sverka's own that nobody but its owner may enter.
public enum PrivateFolder {
    /// Makes a folder, with those above it that are missing.
    ///
    /// The data folder itself is made as the private database makes it: under root the database's
    /// user has to pass through. Everything below is closed. What is there already keeps its rights.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - outer: The data folder, in which it lies.
    /// - Throws: An error of the file system.
    public static func make(_ folder: URL, in outer: URL) throws {
        let files = FileManager.default
        // The attributes are those of every folder that is missing on the way, not of the last alone.
        try files.createDirectory(
            at: outer, withIntermediateDirectories: true,
            attributes: [.posixPermissions: geteuid() == 0 ? 0o711 : 0o700])
        try files.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
