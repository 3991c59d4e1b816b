/// How much a run looked at that went on from a memory.
public struct ChangeSummary: Hashable, Sendable {
    /// Records that are new, gone, or say something else, and those that carry the id of such a one.
    public var changed: Int
    /// Records whose candidates were found again, changed ones included.
    public var concerned: Int
    /// Records about which was decided again.
    public var decidedAgain: Int
}
