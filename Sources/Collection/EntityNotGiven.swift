/// What a mapping reads of an entity is not there, and nothing older stands in its place: this system
/// does not keep the entity, which is no failure of a reading.
public struct EntityNotGiven: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is not there, for a person; without a full stop at its end.
    public var reason: String

    /// Makes an error.
    public init(_ reason: String) { self.reason = reason }

    /// The same for lists, methods or modules of a system.
    ///
    /// - Parameters:
    ///   - label: The system.
    ///   - lacks: What it does not have, each once or more.
    public init(of label: String, lacking lacks: [String]) {
        var names: [String] = []
        for name in lacks where !names.contains(name) { names.append(name) }
        self.init("\(label) has no \(names.joined(separator: ", ")), and nothing in its place")
    }

    /// The reason.
    public var description: String { reason }
}
