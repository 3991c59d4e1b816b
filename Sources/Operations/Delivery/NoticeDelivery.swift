internal import Channels
internal import Foundation
internal import Storage

/// A channel of notices, as the outbox sees it.
struct NoticeDelivery: OutgoingChannel {
    let name: String
    private let channel: any NoticeChannel

    init(_ settings: Configuration.Channel) {
        name = settings.name
        let authority = settings.certificateAuthority
        switch settings.kind {
        case .bot(let token, let address):
            channel = BotMessenger(
                token: token, address: address, certificateAuthority: authority)
        case .webhook(let address, let secret, let headers):
            channel = Webhook(
                address: address, secret: secret, headers: headers,
                certificateAuthority: authority)
        case .sms(let gateway): channel = SMSGateway(gateway, certificateAuthority: authority)
        case .syslog(let place, let facility): channel = Syslog(place, facility: facility)
        case .journal(let path): channel = SystemJournal(path: path)
        }
    }

    func send(_ message: OutboxMessage) async -> SendingOutcome {
        guard
            let notice = try? JSONDecoder().decode(Notice.self, from: Data(message.content))
        else {
            return .failed(
                SendingFailure(
                    remedy: .giveUp,
                    message: message.content.isEmpty
                        ? "its content was purged by retention" : "its content is no notice"))
        }
        do throws(ChannelFailure) {
            let answer = try await channel.deliver(
                notice, to: message.recipient, id: message.messageID)
            return .sent(code: answer.code, reply: answer.reply)
        } catch {
            return .failed(Self.failure(error))
        }
    }

    func verify() async -> ChannelCheck {
        do throws(ChannelFailure) {
            return ChannelCheck(isPassed: true, detail: try await channel.verify())
        } catch {
            return ChannelCheck(isPassed: false, detail: error.description)
        }
    }

    func rest() async {}

    static func failure(_ failure: ChannelFailure) -> SendingFailure {
        let remedy: SendingFailure.Remedy =
            switch failure.kind {
            case .temporary: .tryMessageAgain
            case .permanent: .giveUp
            case .connection, .tls, .authentication: .pauseChannel
            case .cancelled: .stop
            }
        return SendingFailure(
            remedy: remedy, message: failure.description, code: failure.code, reply: failure.reply,
            retryAfter: failure.retryAfter)
    }
}
