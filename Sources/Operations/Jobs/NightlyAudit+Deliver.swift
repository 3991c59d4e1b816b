internal import Foundation
internal import Mail
internal import Storage

extension NightlyAudit {
    /// How mails stand in the outbox.
    static let mailChannel = "mail"

    /// What became of the outbox.
    struct Deliveries {
        var sent = 0
        var unsent: [String] = []
    }

    /// Sends what the outbox holds, also of earlier runs.
    ///
    /// A mail leaves once per recipient: it is claimed before it is sent, and after a crash in
    /// between it carries the same Message-ID.
    func deliver(store: Store) async throws -> Deliveries {
        var deliveries = Deliveries()
        guard let mail = configuration.mail else { return deliveries }
        let stage = ProgressStage("mail")
        let transport = SMTPTransport(Self.server(mail))
        let sender = try MailAddress(mail.from, name: "Sverka")
        progress.begin(stage)
        while true {
            let claimed = try await store.claimMessages(channel: Self.mailChannel)
            guard !claimed.isEmpty else { break }
            for message in claimed {
                let recipient = try MailAddress(message.message.recipient)
                let results = await transport.send(
                    Data(message.message.content), from: sender, to: [recipient])
                guard let error = results.first?.error else {
                    try await store.markSent(message)
                    deliveries.sent += 1
                    continue
                }
                let isWorthRepeating = error.kind != .permanent && error.kind != .invalidMessage
                try await store.markFailed(
                    message, error: error.description,
                    retryAfter: isWorthRepeating ? .seconds(300 << min(message.attempt, 6)) : nil)
                deliveries.unsent.append("a mail was not sent: \(error.description)")
            }
        }
        for message in deliveries.unsent { progress.warn(message) }
        progress.end(stage, result: "\(deliveries.sent) sent, \(deliveries.unsent.count) not sent")
        return deliveries
    }

    static func server(_ mail: Configuration.Mail) -> SMTPServer {
        let security: SMTPServer.Security =
            switch mail.security {
            case .startTLS: .startTLS
            case .tls: .implicitTLS
            case .none: .none
            }
        return SMTPServer(
            host: mail.host, port: mail.port, security: security,
            credentials: mail.user.map {
                SMTPServer.Credentials(user: $0, password: mail.password ?? "")
            },
            certificateFile: mail.certificateAuthority.map { URL(filePath: $0) })
    }
}
