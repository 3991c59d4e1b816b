/// How linked records are compared and what a difference means: the `reconciliation` section.
public struct ReconciliationDefinition: Hashable, Sendable {
    /// Makes an empty definition.
    public init() {}
}
