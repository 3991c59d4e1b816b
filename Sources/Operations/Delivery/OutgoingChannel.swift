internal import Storage

/// A way out of the house, as the outbox sees it.
protocol OutgoingChannel: Sendable {
    /// The name that messages bear.
    var name: String { get }

    /// Sends a message once.
    func send(_ message: OutboxMessage) async -> SendingOutcome

    /// Tries whether messages could be sent, without sending one.
    func verify() async -> ChannelCheck

    /// Told when there is nothing more to send for now.
    func rest() async
}

/// What a channel found when it was tried.
struct ChannelCheck {
    var isPassed: Bool
    var detail: String
}

/// What became of a message.
enum SendingOutcome: Sendable {
    /// The other side took it.
    case sent(code: Int?, reply: String)
    /// It did not.
    case failed(SendingFailure)
}

/// Why a message was not sent, and what that means for it and for others.
struct SendingFailure: Sendable {
    /// Whether and what is tried again.
    enum Remedy: Sendable {
        /// This message, later.
        case tryMessageAgain
        /// Nothing: it is of no use.
        case giveUp
        /// Everything that the channel has, later: it is no fault of the message's.
        case pauseChannel
        /// The program was told to end.
        case stop
    }

    var remedy: Remedy
    /// What happened and what to do, without personal data.
    var message: String
    /// The answer's code.
    var code: Int?
    /// The other side's words, without personal data.
    var reply = ""
    /// How long the other side asked to wait.
    var retryAfter: Duration?
}
