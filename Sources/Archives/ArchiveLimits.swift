/// What an archive may not exceed.
public struct ArchiveLimits: Hashable, Sendable {
    /// How many bytes all entries together may have, unpacked.
    public var unpackedByteCount: Int
    /// How many times as large as packed an entry may become.
    ///
    /// Repetitive XML reaches some 40, deflate itself allows 1 032.
    public var density: Int
    /// How many entries there may be.
    public var entries: Int

    /// So many unpacked bytes are not yet judged by their density.
    private static let harmlessByteCount = 16 << 20

    /// Whether so many bytes are too many to have come of so few.
    func isTooDense(_ byteCount: Int, of packedByteCount: Int) -> Bool {
        byteCount > Self.harmlessByteCount && byteCount / max(1, packedByteCount) > density
    }

    /// Makes limits.
    public init(
        unpackedByteCount: Int = 8 << 30, density: Int = 300, entries: Int = 100_000
    ) {
        self.unpackedByteCount = unpackedByteCount
        self.density = density
        self.entries = entries
    }
}
