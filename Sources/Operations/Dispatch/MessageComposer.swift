internal import Channels
internal import Foundation
internal import Mail
internal import Reporting

/// Writes an announcement in one form: as a mail, or as a notice for other channels.
struct MessageComposer {
    let announcement: Announcement
    let configuration: Configuration
    let resources: ResourceFolders

    /// A content with its id.
    struct Composed {
        var id: String
        var content: [UInt8]
    }

    /// From whom mails are.
    var sender: String { configuration.mail?.from ?? "sverka@localhost" }

    /// The mail for those who read this form; files that would make it too large are left out.
    ///
    /// Where no server is configured it is one to keep, whole and from nowhere.
    func mail(_ form: MessageForm, to recipients: [String]) throws -> Composed {
        let settings = configuration.mail
        let sender = try MailAddress(sender, name: "Sverka")
        let zone = configuration.company.timeZone
        let id = messageID(form, by: nil)
        func composed(_ letter: OutgoingLetter) throws -> Data {
            try MailMessage(
                from: sender, to: recipients.map { try MailAddress($0) }, subject: letter.subject,
                sentAt: Int64(announcement.time.timeIntervalSince1970),
                utcOffset: zone.secondsFromGMT(for: announcement.time), messageID: id,
                language: form.language.rawValue, text: letter.text, html: letter.html,
                attachments: letter.attachments,
                unsubscribeAddress: settings.map {
                    $0.unsubscribeAddress ?? "mailto:\($0.from)?subject=unsubscribe"
                }
            ).composed()
        }
        let letter = try letter(form)
        var message = try composed(letter)
        if let settings, message.count > settings.sizeMax, !letter.attachments.isEmpty {
            var bare = form
            bare.attaches = false
            var without = try self.letter(bare)
            without.attachments = []
            message = try composed(without)
        }
        return Composed(id: id, content: [UInt8](message))
    }

    /// The notice for those who read this form by a channel.
    ///
    /// Its id is the channel's own: who has two of a kind, one to spare, gets it by both.
    func notice(_ form: MessageForm, by channel: String) throws -> Composed {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let notice = try writtenNotice(form)
        return Composed(
            id: messageID(form, by: channel), content: [UInt8](try encoder.encode(notice)))
    }

    private func letter(_ form: MessageForm) throws -> OutgoingLetter {
        if let letter = announcement.letter { return try letter(form) }
        let notice = try writtenNotice(form)
        let letter = try NoticeMail(
            resources: ReportResources(
                builtin: resources.builtIn, override: configuration.overrides),
            language: form.language
        ).letter(
            NoticeMail.Content(
                title: notice.title, lines: notice.lines, link: notice.link,
                severity: notice.severity.rawValue, company: configuration.company.name))
        return OutgoingLetter(subject: letter.subject, text: letter.text, html: letter.html)
    }

    private func writtenNotice(_ form: MessageForm) throws -> Notice {
        var notice: Notice
        if let write = announcement.notice {
            notice = try write(form)
        } else if let write = announcement.letter {
            var bare = form
            bare.attaches = false
            notice = summary(of: try write(bare), form)
        } else {
            preconditionFailure("an announcement has something to say")
        }
        // Whoever wrote it: a value with line breaks must not look like lines of ours.
        notice.title = Self.inOneLine(notice.title)
        notice.lines = notice.lines.map(Self.inOneLine)
        guard form.masksPersonalData else { return notice }
        notice.title = PersonalTraces.masked(notice.title)
        notice.lines = notice.lines.map(PersonalTraces.masked)
        return notice
    }

    /// The subject and the first lines of a letter, for those who asked for a report by messenger.
    private func summary(of letter: OutgoingLetter, _ form: MessageForm) -> Notice {
        let lines = letter.text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && $0 != letter.subject }
        return Notice(
            topic: announcement.topic.name, title: letter.subject,
            lines: Array(lines.prefix(Self.summaryLineMax)), severity: announcement.severity,
            language: form.language.rawValue, time: Int64(announcement.time.timeIntervalSince1970))
    }

    private static let summaryLineMax = 8

    private static func inOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Of the cause and the form, so that it stays the same when the message is composed again; the
    /// time makes it unique beyond this database, whose runs are counted from 1.
    private func messageID(_ form: MessageForm, by channel: String?) -> String {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let topic = announcement.topic.name.lowercased().filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")
        }
        let hash = StableHash.of(
            [
                announcement.key, form.language.rawValue,
                form.masksPersonalData ? "masked" : "whole", form.attaches ? "attached" : "named",
            ] + (channel.map { [$0] } ?? []))
        let moment = Int64(announcement.time.timeIntervalSince1970)
        return "<\(topic.prefix(60)).\(hash).\(moment)@\(domain)>"
    }
}
