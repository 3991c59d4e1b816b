/// A finding of earlier runs, as far as the next run needs it.
public struct KnownFinding: Hashable, Sendable {
    /// What makes it the same finding.
    public var fingerprint: FindingFingerprint
    /// What is wrong.
    public var kind: Finding.Kind
    /// The side where it is wrong.
    public var side: Side?
    /// The key of the reason.
    public var reason: String
    /// Where it stood after the run before.
    public var state: FindingState
    /// Whether a person decided to live with it; stands until another verdict, also while the
    /// finding is resolved.
    public var isAccepted: Bool

    /// Makes a known finding.
    public init(
        fingerprint: FindingFingerprint, kind: Finding.Kind, side: Side?, reason: String,
        state: FindingState, isAccepted: Bool
    ) {
        self.fingerprint = fingerprint
        self.kind = kind
        self.side = side
        self.reason = reason
        self.state = state
        self.isAccepted = isAccepted
    }
}

/// What one run makes of one finding.
public struct FindingTransition: Hashable, Sendable {
    /// What makes it the same finding.
    public var fingerprint: FindingFingerprint
    /// Where it stood before; `nil` when it was never found.
    public var from: FindingState?
    /// Where it stands now.
    public var to: FindingState
    /// The finding as this run saw it; `nil` when it was not found or could not be judged.
    public var finding: Finding?

    /// Makes a transition.
    public init(
        fingerprint: FindingFingerprint, from: FindingState?, to: FindingState, finding: Finding?
    ) {
        self.fingerprint = fingerprint
        self.from = from
        self.to = to
        self.finding = finding
    }
}
