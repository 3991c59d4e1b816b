/// A port on which the sandbox cannot listen.
public struct PortRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The port.
    public var port: Int

    /// What is wrong and what to do.
    public var description: String {
        "port \(port) of 127.0.0.1 cannot be listened on: another program has it, or it takes more "
            + "rights. Choose another one, or 0 for any that is free."
    }
}
