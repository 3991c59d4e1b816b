public import Foundation

/// A message as it is to be composed.
///
/// Everything that varies is given, so that the same value gives the same bytes: those that are
/// kept as `.eml` are those that are sent.
public struct MailMessage: Hashable, Sendable {
    /// A file that goes with a message.
    public struct Attachment: Hashable, Sendable {
        /// The file's name; may be Cyrillic.
        public var name: String
        /// The media type.
        public var contentType: String
        /// The content.
        public var content: Data

        /// Makes an attachment.
        ///
        /// - Parameters:
        ///   - name: The file's name.
        ///   - contentType: The media type.
        ///   - content: The content.
        public init(name: String, contentType: String, content: Data) {
            self.name = name
            self.contentType = contentType
            self.content = content
        }

        /// The media type of an XLSX workbook.
        public static let workbookType =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    /// The sender.
    public var from: MailAddress
    /// Who sees each other as recipients.
    public var to: [MailAddress]
    /// The subject; line breaks and control characters in it become spaces.
    public var subject: String
    /// The time of the message, in seconds since 1970.
    public var sentAt: Int64
    /// The sender's offset from UTC, in seconds.
    public var utcOffset: Int
    /// The id that stays the same when a message is sent again: `<run-58.1@sverka.example.ru>`.
    public var messageID: String
    /// The language of the texts: `ru`.
    public var language: String
    /// The text for readers without HTML.
    public var text: String
    /// The text for readers with HTML; `nil` for none.
    public var html: String?
    /// The files.
    public var attachments: [Attachment]
    /// Where a recipient says that they want no more: `mailto:…` or `https://…`; `nil` for nowhere.
    public var unsubscribeAddress: String?

    /// Makes a message.
    public init(
        from: MailAddress, to: [MailAddress], subject: String, sentAt: Int64, utcOffset: Int,
        messageID: String, language: String, text: String, html: String? = nil,
        attachments: [Attachment] = [], unsubscribeAddress: String? = nil
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.sentAt = sentAt
        self.utcOffset = utcOffset
        self.messageID = messageID
        self.language = language
        self.text = text
        self.html = html
        self.attachments = attachments
        self.unsubscribeAddress = unsubscribeAddress
    }
}

extension MailMessage {
    /// The message as bytes: CRLF line ends, no line over 76 columns but where an address is.
    ///
    /// - Returns: What is written as `.eml` and sent.
    /// - Throws: ``MailError`` of kind `invalidMessage` when the id cannot stand in a header or
    ///   there is no recipient.
    public func composed() throws(MailError) -> Data {
        guard MessageHeader.isMessageID(messageID) else {
            throw MailError(
                .invalidMessage,
                message: "the Message-ID is not one of the form <left@right> in ASCII")
        }
        guard !to.isEmpty else {
            throw MailError(.invalidMessage, message: "the message has no recipient")
        }
        var lines = MessageLines()
        lines.add("Date: \(MessageDate.text(sentAt, utcOffset: utcOffset))")
        lines.add(MessageHeader.addresses("From", [from]))
        lines.add(MessageHeader.addresses("To", to))
        lines.add("Message-ID: \(messageID)")
        lines.add(MessageHeader.text("Subject", subject))
        lines.add("MIME-Version: 1.0")
        // No out-of-office answers to a machine (RFC 3834).
        lines.add("Auto-Submitted: auto-generated")
        if let unsubscribeAddress, MessageHeader.isWebOrMailAddress(unsubscribeAddress) {
            lines.add("List-Unsubscribe:\r\n <\(unsubscribeAddress)>")  // RFC 2369
        }
        lines.add(MessageHeader.text("Content-Language", language))
        let boundary = Boundary(seed: messageID)
        if attachments.isEmpty {
            addTexts(to: &lines, boundary: boundary)
        } else {
            lines.add("Content-Type: multipart/mixed;\r\n boundary=\"\(boundary.mixed)\"")
            lines.add("")
            lines.add("--\(boundary.mixed)")
            addTexts(to: &lines, boundary: boundary)
            for attachment in attachments {
                lines.add("--\(boundary.mixed)")
                add(attachment, to: &lines)
            }
            lines.add("--\(boundary.mixed)--")
        }
        return lines.data
    }

    private func addTexts(to lines: inout MessageLines, boundary: Boundary) {
        guard let html else { return add(text, subtype: "plain", to: &lines) }
        lines.add("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary.alternative)\"")
        lines.add("")
        lines.add("--\(boundary.alternative)")
        add(text, subtype: "plain", to: &lines)
        lines.add("--\(boundary.alternative)")
        add(html, subtype: "html", to: &lines)
        lines.add("--\(boundary.alternative)--")
    }

    private func add(_ text: String, subtype: String, to lines: inout MessageLines) {
        let body = TransferEncoding.encode(text: text)
        lines.add("Content-Type: text/\(subtype); charset=utf-8")
        lines.add("Content-Transfer-Encoding: \(body.name)")
        lines.add("")
        lines.add(body.text)
    }

    private func add(_ attachment: Attachment, to lines: inout MessageLines) {
        let type = MessageHeader.token(attachment.contentType)
        lines.add("Content-Type:\r\n \(type);\r\n" + MessageHeader.encodedName(attachment.name))
        lines.add("Content-Transfer-Encoding: base64")
        lines.add("Content-Disposition: attachment;\r\n" + MessageHeader.fileName(attachment.name))
        lines.add("")
        lines.add(TransferEncoding.base64(attachment.content))
    }
}

/// Lines of a message, each ended by CRLF.
struct MessageLines {
    private(set) var data = Data()

    mutating func add(_ line: String) {
        data.append(contentsOf: line.utf8)
        data.append(contentsOf: [0x0D, 0x0A])
    }
}

/// The lines between a message's parts.
///
/// They hold `=_`, which neither encoding can produce.
struct Boundary {
    let mixed: String
    let alternative: String

    /// Derives them of the message's id, so that the same message has the same.
    init(seed: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in seed.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let key = String(hash, radix: 36)
        mixed = "=_mixed_\(key)"
        alternative = "=_alternative_\(key)"
    }
}
