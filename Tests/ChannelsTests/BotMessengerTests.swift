import Foundation
import Testing

@testable import Channels

@Suite("Bot")
struct BotMessengerTests {
    private struct Sent: Decodable {
        var chat_id: String
        var text: String
        var parse_mode: String
        var disable_notification: Bool
    }

    @Test("sends title, lines and link, escaped")
    func sends() async throws {
        try await GatewayDouble.run { gateway, address in
            let bot = BotMessenger(token: "12:AbC", address: address + "/")

            let answer = try await bot.deliver(sampleNotice(), to: "-100500", id: "<1@s>")

            #expect(answer.code == 200)
            let request = try #require(gateway.received.first)
            #expect(request.path == "/bot12:AbC/sendMessage")
            let sent = try JSONDecoder().decode(Sent.self, from: Data(request.body.utf8))
            #expect(sent.chat_id == "-100500")
            #expect(sent.parse_mode == "HTML")
            #expect(!sent.disable_notification)
            #expect(sent.text.hasPrefix("🔴 <b>Ошибки обмена: 212 за час, обычно 3</b>\n"))
            #expect(sent.text.contains("ООО «Ромашка &amp; &lt;сын&gt;»"))
            #expect(sent.text.hasSuffix("\nhttps://sverka.example.ru/alerts/7?a=1&amp;b=2"))
        }
    }

    @Test("keeps within the longest text, with the link whole")
    func long() {
        var notice = sampleNotice()
        notice.lines = (0..<500).map { "строка \($0) с довольно длинным текстом 🎄" }

        let text = BotMessenger.text(of: notice)

        #expect(text.utf16.count <= 4096)
        #expect(text.hasSuffix("\n…\nhttps://sverka.example.ru/alerts/7?a=1&amp;b=2"))
    }

    @Test("takes no link that a program could run")
    func link() {
        var notice = sampleNotice()
        notice.link = "javascript:alert(1)"
        #expect(!BotMessenger.text(of: notice).contains("javascript"))
    }

    @Test("waits as long as the server asks")
    func flood() async throws {
        let reply = GatewayDouble.Reply(
            status: 429,
            body: #"{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":37}}"#
        )
        try await GatewayDouble.run([reply]) { _, address in
            let error = await #expect(throws: ChannelFailure.self) {
                try await BotMessenger(token: "t", address: address)
                    .deliver(sampleNotice(), to: "1", id: "<1@s>")
            }
            #expect(error?.kind == .temporary)
            #expect(error?.retryAfter == .seconds(37))
        }
    }

    @Test(
        "tells a chat that is closed from a token that is wrong",
        arguments: [
            (403, ChannelFailure.Kind.permanent), (400, .permanent), (401, .authentication),
            (404, .authentication), (502, .temporary),
        ])
    func refused(status: Int, kind: ChannelFailure.Kind) async throws {
        let reply = GatewayDouble.Reply(
            status: status, body: #"{"ok":false,"description":"no: SECRET-TOKEN a@b.ru"}"#)
        try await GatewayDouble.run([reply]) { _, address in
            let error = await #expect(throws: ChannelFailure.self) {
                try await BotMessenger(token: "SECRET-TOKEN", address: address)
                    .deliver(sampleNotice(), to: "1", id: "<1@s>")
            }
            #expect(error?.kind == kind)
            #expect(error?.code == status)
            #expect(error.map { !"\($0) \($0.reply)".contains("SECRET-TOKEN") } == true)
            #expect(error.map { !$0.reply.contains("a@b.ru") } == true)
        }
    }

    @Test("says the number's change when a group became a supergroup")
    func migrated() async throws {
        let reply = GatewayDouble.Reply(
            status: 400, body: #"{"ok":false,"parameters":{"migrate_to_chat_id":-1001}}"#)
        try await GatewayDouble.run([reply]) { _, address in
            let error = await #expect(throws: ChannelFailure.self) {
                try await BotMessenger(token: "t", address: address)
                    .deliver(sampleNotice(), to: "1", id: "<1@s>")
            }
            #expect(error?.message.contains("supergroup") == true)
        }
    }

    @Test("is tried without sending anything")
    func verified() async throws {
        let reply = GatewayDouble.Reply(body: #"{"ok":true,"result":{"username":"sverka_bot"}}"#)
        try await GatewayDouble.run([reply]) { gateway, address in
            let found = try await BotMessenger(token: "t", address: address).verify()

            #expect(found.contains("sverka_bot"))
            #expect(gateway.received.map(\.path) == ["/bott/getMe"])
        }
    }
}
