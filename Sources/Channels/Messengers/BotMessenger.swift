internal import Foundation

/// A bot that speaks Telegram's interface, at Telegram or at a server of the company.
public struct BotMessenger: NoticeChannel {
    /// Telegram's own address.
    public static let usualAddress = "https://api.telegram.org"
    /// The longest text that a bot may send.
    static let textLengthMax = 4096

    private let address: String
    private let token: String
    private let sender: HTTPSender

    /// Makes a channel; nothing is connected before a notice is sent.
    ///
    /// - Parameters:
    ///   - token: The bot's token.
    ///   - address: The interface's address without the token.
    ///   - certificateAuthority: A PEM file of certificates to trust beside the system's.
    public init(
        token: String, address: String = BotMessenger.usualAddress,
        certificateAuthority: String? = nil
    ) {
        self.token = token
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        sender = HTTPSender(certificateAuthority: certificateAuthority)
    }

    private struct Request: Encodable {
        var chat_id: String
        var text: String
        var parse_mode = "HTML"
        var disable_web_page_preview = true
        var disable_notification: Bool
    }

    /// The answer of the interface, of a refusal as well.
    private struct Response: Decodable {
        struct Parameters: Decodable {
            var retry_after: Int?
            var migrate_to_chat_id: Int64?
        }
        struct Bot: Decodable { var username: String? }

        var ok: Bool
        var description: String?
        var parameters: Parameters?
    }

    private struct Identity: Decodable {
        struct Bot: Decodable { var username: String? }
        var result: Bot?
    }

    /// Sends a notice to a chat, a group or a channel: its number, or `@name`.
    public func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer {
        let request = Request(
            chat_id: recipient, text: Self.text(of: notice),
            disable_notification: notice.severity == .info)
        let answer = try await call("sendMessage", try? JSONEncoder().encode(request))
        return ChannelAnswer(code: answer.status, reply: "taken")
    }

    /// Asks the bot's name.
    public func verify() async throws(ChannelFailure) -> String {
        let answer = try await call("getMe", nil)
        let identity = try? JSONDecoder().decode(Identity.self, from: Data(answer.body.utf8))
        return "the bot is \(identity?.result?.username ?? "there"); no notice was sent"
    }

    private func call(
        _ method: String, _ body: Data?
    ) async throws(ChannelFailure)
        -> HTTPSender.Answer
    {
        let answer = try await sender.send(
            body == nil ? "GET" : "POST", "\(address)/bot\(token)/\(method)",
            headers: body == nil ? [] : [("Content-Type", "application/json")],
            body: body.map(Array.init))
        let response = try? JSONDecoder().decode(Response.self, from: Data(answer.body.utf8))
        if response?.ok == true { return answer }
        let words = ForeignText.kept(response?.description ?? answer.body, without: [token])
        if response?.parameters?.migrate_to_chat_id != nil {
            throw ChannelFailure(
                .permanent, code: answer.status,
                message: "the group became a supergroup with a number of its own; write that into "
                    + "the configuration", reply: words)
        }
        switch answer.status {
        case 403:  // Of one chat, not of the token.
            throw ChannelFailure(
                .permanent, code: 403,
                message: "the bot may not write to this chat: it was not started, was blocked or "
                    + "was put out", reply: words)
        case 401, 404:  // 404 is what a token that does not exist gets.
            throw ChannelFailure(
                .authentication, code: answer.status,
                message: "the bot's token was refused; check it", reply: words)
        case 200..<300:
            throw ChannelFailure(
                .temporary, code: answer.status, message: "the answer is not one of a bot's server",
                reply: words)
        default: break
        }
        do {
            _ = try answer.taken(without: [token])
        } catch {
            var failure = error
            failure.reply = words
            if let seconds = response?.parameters?.retry_after {
                failure.retryAfter = .seconds(max(0, min(seconds, 86_400)))
            }
            throw failure
        }
        return answer
    }

    /// The notice in the few marks of HTML that a bot may use, within the longest text.
    static func text(of notice: Notice) -> String {
        var text = "\(mark(notice.severity))<b>\(escaped(notice.title, lengthMax: 512))</b>"
        let link = notice.link.flatMap(self.link)
        var room = textLengthMax - length(text) - (link.map(length) ?? 0) - 2
        for line in notice.lines {
            let line = "\n" + escaped(line, lengthMax: 1024)
            guard length(line) <= room else {
                text += "\n…"
                break
            }
            text += line
            room -= length(line)
        }
        return text + (link ?? "")
    }

    private static func mark(_ severity: Notice.Severity) -> String {
        switch severity {
        case .info: ""
        case .warning: "⚠️ "
        case .error: "🔴 "
        case .critical: "🆘 "
        }
    }

    private static func link(_ address: String) -> String? {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"),
            address.utf8.count <= 1000
        else { return nil }
        return "\n" + escaped(address, lengthMax: 1000)
    }

    /// The interface counts UTF-16 units.
    private static func length(_ text: String) -> Int { text.utf16.count }

    private static func escaped(_ text: String, lengthMax: Int) -> String {
        var result = ""
        for character in text.count > lengthMax ? text.prefix(lengthMax - 1) + "…" : text[...] {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}
