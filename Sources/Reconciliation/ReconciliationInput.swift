public import Records

/// Everything that ``reconcile(_:)`` looks at.
public struct ReconciliationInput: Sendable {
    /// What the records are and how they are compared.
    public var definition: EntityDefinition
    /// The left records, in any order.
    public var left: [Record]
    /// The right records, in any order.
    public var right: [Record]
    /// Which records are the same thing; assigned pairs are compared field by field.
    public var links: [Link]
    /// Duplicates among the left records.
    public var leftClusters: [Cluster]
    /// Duplicates among the right records.
    public var rightClusters: [Cluster]
    /// The sides whose snapshots are certified; on the others nothing is held to be missing.
    public var certifiedSides: Set<Side>
    /// What is linked of the entities that fields refer to; references to others are not compared.
    public var references: [EntityName: ReferenceLinks]

    /// Makes an input.
    public init(
        definition: EntityDefinition, left: [Record], right: [Record], links: [Link],
        leftClusters: [Cluster] = [], rightClusters: [Cluster] = [],
        certifiedSides: Set<Side> = Set(Side.allCases),
        references: [EntityName: ReferenceLinks] = [:]
    ) {
        self.definition = definition
        self.left = left
        self.right = right
        self.links = links
        self.leftClusters = leftClusters
        self.rightClusters = rightClusters
        self.certifiedSides = certifiedSides
        self.references = references
    }
}
