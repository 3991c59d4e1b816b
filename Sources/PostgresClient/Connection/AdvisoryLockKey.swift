internal import Crypto

/// The number by which PostgreSQL knows an advisory lock.
public struct AdvisoryLockKey: Hashable, Sendable {
    /// The number.
    public var value: Int64

    /// The key of a number.
    ///
    /// - Parameter value: The number.
    public init(_ value: Int64) { self.value = value }

    /// The key of a name: the first eight bytes of its SHA-256, the same in every version and process.
    ///
    /// - Parameter name: The name, for example `nightly`.
    public init(name: String) {
        value = SHA256.hash(data: Array(name.utf8)).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}
