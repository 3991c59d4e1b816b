internal import Channels
internal import Foundation
internal import Mail
internal import Storage
internal import Synchronization

/// Mail, over one connection that lasts as long as there is something to send.
final class MailChannel: OutgoingChannel {
    let name = Configuration.mailChannel
    private let settings: Configuration.Mail
    private let tokens: AccessTokens?
    private let connection = Mutex<SMTPConnection?>(nil)

    /// - Parameters:
    ///   - settings: How mail is sent.
    ///   - tokenFile: Where the token of the mailbox is kept that took the configured one's place.
    init(_ settings: Configuration.Mail, tokenFile: URL? = nil) {
        self.settings = settings
        tokens = settings.accessTokens.map {
            AccessTokens(
                $0, certificateAuthority: settings.certificateAuthority, rotatedIn: tokenFile)
        }
    }

    func send(_ message: OutboxMessage) async -> SendingOutcome {
        guard !message.content.isEmpty else {
            return .failed(
                SendingFailure(remedy: .giveUp, message: "its content was purged by retention"))
        }
        do {
            let recipient = try MailAddress(message.recipient)
            let sender = try MailAddress(settings.from)
            let result = await (try connected()).send(
                Data(message.content), from: sender, to: recipient)
            guard let error = result.error else { return .sent(code: 250, reply: result.reply) }
            return .failed(Self.failure(error))
        } catch let error as MailError {
            return .failed(Self.failure(error))
        } catch let error as ChannelFailure {
            return .failed(NoticeDelivery.failure(error))
        } catch {
            return .failed(SendingFailure(remedy: .giveUp, message: "\(type(of: error))"))
        }
    }

    func verify() async -> ChannelCheck {
        do {
            if let error = await (try connected()).verify() {
                return ChannelCheck(isPassed: false, detail: error.description)
            }
        } catch {
            return ChannelCheck(isPassed: false, detail: error.explained)
        }
        return ChannelCheck(
            isPassed: true,
            detail: "\(settings.host):\(settings.port) answers and takes the credentials")
    }

    func rest() async { connection.withLock { $0 = nil } }

    private func connected() async throws -> SMTPConnection {
        if let open = connection.withLock({ $0 }) { return open }
        let fresh = SMTPConnection(
            Self.server(settings, accessToken: try await tokens?.current()))
        connection.withLock { $0 = fresh }
        return fresh
    }

    private static func failure(_ error: MailError) -> SendingFailure {
        let remedy: SendingFailure.Remedy =
            switch error.kind {
            case .temporary: .tryMessageAgain
            case .permanent, .invalidMessage: .giveUp
            case .connection, .tls, .authentication: .pauseChannel
            case .cancelled: .stop
            }
        return SendingFailure(
            // A server that hangs after the last byte of one message may take the others.
            remedy: error.kind == .connection && error.mayHaveArrived ? .tryMessageAgain : remedy,
            message: error.description, code: error.code, reply: error.reply)
    }

    private static func server(
        _ mail: Configuration.Mail, accessToken: String?
    ) -> SMTPServer {
        let security: SMTPServer.Security =
            switch mail.security {
            case .startTLS: .startTLS
            case .tls: .implicitTLS
            case .none: .none
            }
        let credentials = mail.user.map { user in
            accessToken.map { SMTPServer.Credentials(user: user, accessToken: $0) }
                ?? SMTPServer.Credentials(user: user, password: mail.password ?? "")
        }
        return SMTPServer(
            host: mail.host, port: mail.port, security: security, credentials: credentials,
            authentication: mail.authentication,
            certificateFile: mail.certificateAuthority.map { URL(filePath: $0) },
            messageTimeout: mail.timeout)
    }
}
