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

extension Statement {
    /// The statement with its parameters by name, `:name`, turned into numbers.
    ///
    /// Other statements stay as they are. Where an array is cut (`a[1:n]`) a space keeps the name
    /// from being taken for a parameter: `a[1: n]`.
    ///
    /// - Returns: The statement to run, and the names of `$1`, `$2`, … in order.
    public func numberingParameters() -> (statement: Statement, names: [String]) {
        let (text, names) = SQLText.numberingParameters(of: text)
        return (Statement(name: name, text: text), names)
    }
}
