/// A way by which notices leave the house.
public protocol NoticeChannel: Sendable {
    /// Hands a notice over, once, without trying again: that is the outbox's.
    ///
    /// - Parameters:
    ///   - notice: What to say.
    ///   - recipient: Where to; channels with one fixed goal do not look at it.
    ///   - id: The id that stays the same when it is sent again, by which receivers may know it.
    /// - Returns: What the other side answered.
    /// - Throws: ``ChannelFailure``.
    func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer

    /// Tries whether a notice could be handed over, without sending one.
    ///
    /// - Returns: What was found, for a person.
    /// - Throws: ``ChannelFailure``.
    func verify() async throws(ChannelFailure) -> String
}

/// What the other side said when it took a notice.
public struct ChannelAnswer: Hashable, Sendable {
    /// Its code: 200; `nil` where there are none.
    public var code: Int?
    /// Its words, without addresses, telephone numbers and secrets.
    public var reply: String

    /// Makes an answer.
    public init(code: Int? = nil, reply: String = "") {
        self.code = code
        self.reply = reply
    }
}

/// Why a notice was not taken.
///
/// Never holds a secret, an address or a telephone number.
public struct ChannelFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// "Not now": try this notice again later.
        case temporary
        /// "No": trying this notice again is of no use.
        case permanent
        /// Out of reach, or the connection broke: all notices of the channel wait.
        case connection
        /// No trusted encryption: all notices of the channel wait.
        case tls
        /// The secret was refused: all notices of the channel wait.
        case authentication
        /// The task was cancelled.
        case cancelled
    }

    /// The remedy to choose by.
    public var kind: Kind
    /// The answer's code; `nil` when there was none.
    public var code: Int?
    /// How long the other side asked to wait.
    public var retryAfter: Duration?
    /// What happened and what to do.
    public var message: String
    /// The words of the other side, cut and cleaned.
    public var reply: String

    /// What happened, with the code.
    public var description: String { code.map { "\(message) (\($0))" } ?? message }

    /// Makes a failure.
    public init(
        _ kind: Kind, code: Int? = nil, retryAfter: Duration? = nil, message: String,
        reply: String = ""
    ) {
        self.kind = kind
        self.code = code
        self.retryAfter = retryAfter
        self.message = message
        self.reply = reply
    }
}
