/// One SQL statement under the name by which people know it.
public struct Statement: Hashable, Sendable {
    /// The name that appears in errors, for example `finding/open_by_entity`.
    public var name: String
    /// The SQL, with its parameters `$1` and so on.
    public var text: String

    /// Makes a statement.
    ///
    /// - Parameters:
    ///   - name: The name that appears in errors.
    ///   - text: The SQL, with parameters `$1`, `$2`, …
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
