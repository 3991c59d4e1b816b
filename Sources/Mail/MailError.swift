/// Why a message was not composed or not accepted.
///
/// Never holds a password or an address.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// An address or id that cannot stand in a message; correct it.
        case invalidMessage = "invalid_message"
        /// The server said "not now" (4xx); try again later.
        case temporary
        /// The server said "no" (5xx); trying again is of no use.
        case permanent
        /// The server could not be reached or went away; try again later.
        case connection
        /// No trusted encryption: no STARTTLS, or a certificate that is not trusted.
        case tls
        /// User name or password were refused.
        case authentication
        /// The task was cancelled.
        case cancelled
    }

    /// The remedy to choose by.
    public var kind: Kind
    /// The last code of the server: 550; `nil` when it gave none that is a refusal.
    public var code: Int?
    /// Whether the server may have taken the message although it did not say so: the connection
    /// broke after the last byte.
    ///
    /// A second try carries the same Message-ID, so that it shows once.
    public var mayHaveArrived: Bool
    /// What happened and what to do.
    public var message: String
    /// The server's own words, in one line, cut, without addresses; empty when it said none.
    public var reply = ""

    /// What happened, with the server's code.
    public var description: String {
        code.map { "\(message) (SMTP \($0))" } ?? message
    }

    /// Makes an error.
    public init(_ kind: Kind, code: Int? = nil, mayHaveArrived: Bool = false, message: String) {
        self.kind = kind
        self.code = code
        self.mayHaveArrived = mayHaveArrived
        self.message = message
    }
}
