/// Why the configuration cannot be used; ends the program with exit code 2.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String

    /// Makes an error.
    public init(_ description: String) { self.description = description }
}
