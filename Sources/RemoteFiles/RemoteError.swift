/// Why a folder on another machine was not read.
///
/// Never holds a password, a key or an address with either in it.
public struct RemoteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: String, Hashable, Sendable {
        /// The address or the settings cannot be used; correct them.
        case misconfigured
        /// User name, password or key were refused; not tried again, as that locks accounts.
        case authentication
        /// No trusted connection: a certificate or host key that is not trusted, or no TLS.
        case untrusted
        /// There is no such folder or file, or it may not be read.
        case notFound
        /// The server could not be reached, went away or sent too little; try again later.
        case connection
        /// Files are still being written there, or the marker of completeness is missing.
        case incomplete
        /// A file is larger than allowed, or has a name that leads out of the folder.
        case refused
        /// The local folder cannot be written.
        case local
    }

    /// The remedy to choose by.
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
