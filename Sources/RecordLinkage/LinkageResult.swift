public import Records

/// What a run of the engine found.
public struct LinkageResult: Hashable, Sendable {
    /// Pairs of a left and a right record that are the same thing, by left id, then right id.
    ///
    /// Where things are doubled, one pair of each is assigned and the others follow from it.
    public var links: LinkList
    /// Duplicates among the left records, by first member.
    public var leftClusters: [Cluster]
    /// Duplicates among the right records, by first member.
    public var rightClusters: [Cluster]
    /// What was learnt.
    public var model: FittedModel
    /// Links by the model of at least this probability are as precise, together, as the entity asks
    /// for; others of the model are for review.
    public var matchThreshold = 0.0
    /// Pairs that a person should look at, by left id, then right id.
    public var review: [ReviewPair] = []
    /// What was counted.
    public var statistics: LinkageStatistics

    /// Makes a result.
    public init(
        links: LinkList, leftClusters: [Cluster], rightClusters: [Cluster], model: FittedModel,
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
public struct LinkageStatistics: Hashable, Sendable {
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
    /// Why the records could not teach a model, or the given one did not fit.
    public var learning = LearningOutcome()
    /// What was weighed to link things one to one.
    public var assignment = AssignmentStatistics()
    /// Links that a person should look at.
    public var linksToReview = 0
    /// Decisions of people that contradict later ones and were not followed.
    public var contradictedVerdicts: [KnownPair] = []
    /// Decisions of people that name a record that is not there, and so say nothing.
    public var unknownVerdicts = 0
    /// Values of key fields that are too common to decide anything.
    public var commonValues: [CommonValues] = []
    /// Limits that were applied to texts.
    public var appliedLimits: [AppliedLimit] = []
    /// Groups of duplicates that others were not let into: what is so varied is not one thing.
    public var variedGroups = 0
    /// Groups of records about which people decided that are too large for all that follows: of them
    /// only what was decided itself counts.
    public var unconcludedVerdicts = 0
    /// Records whose strongest candidates of the other side, or of the only one, were so many of one
    /// strength that none of these was compared for their sake.
    public var tiedRecords = 0
}

/// A limit beyond which something of long or many texts is left out.
public struct AppliedLimit: Hashable, Sendable, Codable {
    /// What is limited.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// The words of a text: what stands after them does not count.
        case wordsOfText = "words_of_text"
        /// The entries of the index that are read for the nearest texts of a record, rarest pieces
        /// first.
        case entriesOfIndex = "entries_of_index"
    }

    /// The fields of the texts, parted by commas.
    public var fields: String
    /// What is limited.
    public var kind: Kind
    /// How many texts or records went beyond it.
    public var count: Int
    /// The limit.
    public var limit: Int
}

/// Values of a key field that very many records of a side have: they say nothing about any of them.
public struct CommonValues: Hashable, Sendable, Codable {
    /// The field.
    public var field: FieldName
    /// How many such values there are.
    public var count: Int
    /// How many records have the most common of them, on both sides together.
    public var most: Int
}

/// What became of the model that was to be learnt or used.
public struct LearningOutcome: Hashable, Sendable {
    /// Why the records could not teach one; `nil` when they did, or were not asked to.
    public var refusal: TrainingRefusal?
    /// Why the model that was given, or that was to be fallen back on, did not fit.
    public var misfit: ModelMisfit?
    /// Whether the model to fall back on was used.
    public var usesFallback = false
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
