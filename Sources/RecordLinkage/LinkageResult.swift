public import Records

/// What a run of the engine found.
public struct LinkageResult: Hashable, Sendable {
    /// Pairs of a left and a right record that are the same thing, by left id, then right id.
    ///
    /// Where things are doubled, one pair of each is assigned and the others follow from it.
    public var links: [Link]
    /// Duplicates among the left records, by first member.
    public var leftClusters: [Cluster]
    /// Duplicates among the right records, by first member.
    public var rightClusters: [Cluster]
    /// What was learnt.
    public var model: FittedModel
    /// What was counted.
    public var statistics: LinkageStatistics

    /// Makes a result.
    public init(
        links: [Link], leftClusters: [Cluster], rightClusters: [Cluster], model: FittedModel,
        statistics: LinkageStatistics
    ) {
        self.links = links
        self.leftClusters = leftClusters
        self.rightClusters = rightClusters
        self.model = model
        self.statistics = statistics
    }
}

/// What a run of the engine counted.
public struct LinkageStatistics: Hashable, Sendable, Codable {
    /// Left records.
    public var leftRecords = 0
    /// Right records.
    public var rightRecords = 0
    /// What each blocking rule contributed.
    public var blocking: [BlockingStatistics] = []
    /// Pairs compared, within and across sides, each once.
    public var scoredPairs = 0
    /// Pairs decided by key fields or explicit ids.
    public var decidedPairs = 0
    /// Pairs that keys or persons say to be two things: branches, two confirmed taxpayers.
    public var distinctPairs = 0
    /// Links by the kind of their reason.
    public var linksByReason: [LinkReason.Kind: Int] = [:]
}

/// A stage of the engine's work, for showing progress.
public enum LinkageStage: String, Hashable, Sendable, CaseIterable {
    /// Values are normalised and numbered.
    case preparing
    /// Candidate pairs are looked up.
    case blocking
    /// Candidate pairs are compared.
    case comparing
    /// The model is fitted.
    case estimating
    /// Pairs are decided and records grouped.
    case deciding
}
