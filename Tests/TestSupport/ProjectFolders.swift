public import Foundation

/// Where tests find what lies outside their target.
public enum ProjectFolders {
    /// The root of the checkout.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Recorded answers and linkage sets that lie beside a developer's checkout.
    ///
    /// `nil` on a user's machine; a test that needs them is then skipped, saying so.
    public static let shared: URL? = {
        let folder = root.deletingLastPathComponent().appending(path: "shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()
}
