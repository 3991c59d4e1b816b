/// How records that are the same thing are found: the `linkage` section of an entity file.
public struct LinkageDefinition: Hashable, Sendable {
    /// Makes an empty definition.
    public init() {}
}
