/// A file as its server tells of it.
public struct RemoteFile: Hashable, Sendable {
    /// Its name, without the folder.
    public var name: String
    /// Its size; `nil` when the server does not say.
    public var byteCount: Int?
    /// When it was modified, in seconds since 1970; `nil` when the server does not say.
    public var modified: Int?

    /// Makes a file.
    public init(name: String, byteCount: Int? = nil, modified: Int? = nil) {
        self.name = name
        self.byteCount = byteCount
        self.modified = modified
    }

    /// Whether the two are known, so that a change would show.
    var isIdentified: Bool { byteCount != nil && modified != nil }
}

/// What came of fetching.
public struct FetchedFiles: Hashable, Sendable {
    /// The names of files that were fetched now.
    public var fetched: [String] = []
    /// The names of files that were fetched before and did not change.
    public var unchanged: [String] = []
    /// Bytes received.
    public var byteCount = 0
    /// Transfers that were tried again.
    public var retries = 0
}
