/// Why a source could not be read to the end.
///
/// The message is for a person and holds no secrets.
public struct CollectionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: String, Hashable, Sendable {
        /// No answer, or none in time: try again later.
        case unreachable
        /// The credentials or rights do not suffice: a person must act.
        case refused
        /// The answer is not what the protocol says.
        case malformed
        /// A limit of the source is used up.
        case limited
        /// The configuration does not fit the source: a field or set is not there.
        case misconfigured
    }

    /// What a caller can do about it.
    public var kind: Kind
    /// What happened, to what, what is safe and what to do.
    public var message: String

    /// Makes an error.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
