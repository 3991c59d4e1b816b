public import Channels
public import Foundation
public import Mail
public import Records
public import Reporting

/// How a message is to be written for some of its recipients.
public struct MessageForm: Hashable, Sendable {
    /// The language.
    public var language: ReportLanguage
    /// Whether names, telephones and addresses of persons are shortened.
    public var masksPersonalData: Bool
    /// Whether files go along; `false` when they were too large or are not wanted, so that the letter
    /// says where they lie instead.
    public var attaches = true
}

/// A letter: what a mail says, without sender and recipients.
public struct OutgoingLetter: Hashable, Sendable {
    /// The subject, one line.
    public var subject: String
    /// The text for readers without HTML.
    public var text: String
    /// The text for readers with HTML; `nil` for none.
    public var html: String?
    /// The files.
    public var attachments: [MailMessage.Attachment]

    /// Makes a letter.
    public init(
        subject: String, text: String, html: String? = nil,
        attachments: [MailMessage.Attachment] = []
    ) {
        self.subject = subject
        self.text = text
        self.html = html
        self.attachments = attachments
    }
}

/// Something that people want to be told: a report, an alert.
///
/// It is written once for each form that somebody wants, and only then.
public struct Announcement: Sendable {
    /// What it is.
    public enum Topic: Hashable, Sendable {
        /// A report, by the name of its folder.
        case report(String)
        /// An alert, by its rule.
        case alert(rule: String)

        /// The name in the outbox and for programs.
        public var name: String {
            switch self {
            case .report(let name): name
            case .alert(let rule): "alert.\(rule)"
            }
        }
    }

    /// Who is told.
    public enum Audience: Hashable, Sendable {
        /// Whoever subscribed.
        case subscribers
        /// One person by mail, such as the owner of findings, unless they do not want it.
        case person(address: String)
        /// These by mail, whoever subscribed: `report --send --to`.
        case addresses([String])
    }

    /// Names the cause, so that its repetition tells nobody twice: `nightly-audit/58`.
    public var key: String
    /// What it is.
    public var topic: Topic
    /// Who is told.
    public var audience: Audience
    /// How much it matters.
    public var severity: Notice.Severity
    /// How much it matters that it is told now, in quiet hours too; ``severity`` unless it is told that
    /// something is over.
    public var urgency: Notice.Severity
    /// The entities that it concerns; empty for none in particular.
    public var entities: Set<EntityName>
    /// The run that caused it; `nil` for none.
    public var run: RunID?
    /// When it happened.
    public var time: Date
    /// Whether it has nothing to say, so that who wants so is spared.
    public var isEmpty: Bool
    /// Writes the letter; `nil` to make one of the notice.
    public var letter: (@Sendable (MessageForm) throws -> OutgoingLetter)?
    /// Writes the notice; `nil` to make one of the letter's subject and first lines.
    public var notice: (@Sendable (MessageForm) throws -> Notice)?

    /// Makes an announcement; it has a letter or a notice, or both.
    public init(
        key: String, topic: Topic, audience: Audience = .subscribers,
        severity: Notice.Severity = .info, entities: Set<EntityName> = [], run: RunID? = nil,
        time: Date, isEmpty: Bool = false,
        letter: (@Sendable (MessageForm) throws -> OutgoingLetter)? = nil,
        notice: (@Sendable (MessageForm) throws -> Notice)? = nil
    ) {
        precondition(letter != nil || notice != nil, "an announcement has something to say")
        self.key = key
        self.topic = topic
        self.audience = audience
        self.severity = severity
        urgency = severity
        self.entities = entities
        self.run = run
        self.time = time
        self.isEmpty = isEmpty
        self.letter = letter
        self.notice = notice
    }
}
