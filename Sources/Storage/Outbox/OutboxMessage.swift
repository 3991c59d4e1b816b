public import Foundation
public import Records

/// One message to one recipient, to be sent exactly once.
public struct OutboxMessage: Hashable, Sendable {
    /// Report, run, channel and recipient as one text: of messages with one key the first is kept.
    public var idempotencyKey: String
    /// The run that caused it; `nil` for none.
    public var run: RunID?
    /// What it is about: `nightly-audit`.
    public var topic: String
    /// How it goes out: `mail`, or the name of a channel of the configuration.
    public var channel: String
    /// Where it goes.
    public var recipient: String
    /// The Message-ID, chosen here once, so that sending again after a crash can be recognised.
    public var messageID: String
    /// The composed message; recipients with the same content share it in the database.
    public var content: [UInt8]
    /// When it may be sent first, as at the end of quiet hours; `nil` for at once.
    public var notBefore: Date?

    /// Makes a message.
    public init(
        idempotencyKey: String, run: RunID?, topic: String = "", channel: String,
        recipient: String, messageID: String, content: [UInt8], notBefore: Date? = nil
    ) {
        self.idempotencyKey = idempotencyKey
        self.run = run
        self.topic = topic
        self.channel = channel
        self.recipient = recipient
        self.messageID = messageID
        self.content = content
        self.notBefore = notBefore
    }
}

/// A message that this process has the right to send.
public struct ClaimedMessage: Hashable, Sendable {
    /// The message.
    public var message: OutboxMessage
    /// Its number.
    public var id: Int64
    /// How often it was claimed, this time included.
    public var attempt: Int
    /// How often sending failed since it was due.
    public var failures: Int
    /// How long ago it was due first.
    public var overdue: Duration
}

/// A message and how it stands.
public struct DeliveryStatus: Hashable, Sendable {
    /// Where a message stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// To be sent.
        case pending
        /// Claimed by a process that sends it, or that died doing so.
        case sending
        /// Sent.
        case sent
        /// Given up: a dead letter, until a person has it tried again.
        case failed
        /// Given up by a person.
        case dropped
    }

    /// Its number.
    public var id: Int64
    /// What names its cause, channel and recipient.
    public var idempotencyKey: String
    /// What it is about.
    public var topic: String
    /// How it goes out.
    public var channel: String
    /// Where it goes.
    public var recipient: String
    /// Its Message-ID.
    public var messageID: String
    /// Where it stands.
    public var state: State
    /// How often it was claimed.
    public var attempts: Int
    /// How often sending failed since it was due.
    public var failures: Int
    /// When it was put into the outbox.
    public var enqueuedAt: Date
    /// When it is tried next, as long as it is `pending`.
    public var nextAttemptAt: Date
    /// When it was sent.
    public var sentAt: Date?
    /// What went wrong at the last attempt.
    public var error: String?
}

/// What became of one try to send a message, or what a person decided about it.
public struct DeliveryAttempt: Hashable, Sendable {
    /// The number of the claim.
    public var attempt: Int
    /// When it was.
    public var at: Date
    /// `sent`, `failed`, `given_up`, `retried` or `dropped`.
    public var outcome: String
    /// The answer's code.
    public var code: Int?
    /// The words of the other side, without addresses.
    public var detail: String
}
