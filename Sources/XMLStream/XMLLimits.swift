/// What a document may not exceed, so that no document makes a reader eat the machine.
///
/// Texts are handed over in pieces and need no limit here. Tags, attributes and comments may have
/// 10 MB, which is libxml2's own limit.
public struct XMLLimits: Hashable, Sendable {
    /// How deep elements may be nested.
    public var depth: Int
    /// How many different names elements and attributes may have.
    public var names: Int

    /// Makes limits; the usual ones are far beyond any real document.
    public init(depth: Int = 200, names: Int = 20_000) {
        self.depth = depth
        self.names = names
    }
}
