import Foundation
import TestSupport
import Testing

@testable import Channels

@Suite("Webhook")
struct WebhookTests {
    private struct Body: Decodable {
        var id: String
        var notice: Notice
    }

    @Test("posts the notice as JSON, with its time signed")
    func posts() async throws {
        try await GatewayDouble.run { gateway, address in
            let hook = Webhook(
                address: address + "/hook?x=1", secret: "ключ", headers: ["X-Team": "ops"],
                now: { Date(timeIntervalSince1970: 1_795_399_600) })

            let answer = try await hook.deliver(sampleNotice(), to: "hook", id: "<1@s>")

            #expect(answer.code == 200)
            let request = try #require(gateway.received.first)
            #expect(request.method == "POST")
            #expect(request.path == "/hook?x=1")
            #expect(request.headers["x-team"] == "ops")
            #expect(request.headers["idempotency-key"] == "<1@s>")
            #expect(request.headers["sverka-timestamp"] == "1795399600")
            let body = try JSONDecoder().decode(Body.self, from: Data(request.body.utf8))
            #expect(body.notice == sampleNotice())
            #expect(body.id == "<1@s>")
            let expected = Webhook.signature(
                secret: "ключ", time: "1795399600", body: Data(request.body.utf8))
            #expect(request.headers["sverka-signature"] == "v1=\(expected)")
        }
    }

    @Test(
        "is signed as other programs sign",
        .enabled(if: ExternalTool.python != nil, "there is no python"))
    func signature() throws {
        let script =
            "import hmac,sys;print(hmac.new('ключ'.encode(),b'17.{\"a\":1}','sha256').hexdigest())"
        let found = try ExternalTool.run(try #require(ExternalTool.python), ["-c", script])

        let signature = Webhook.signature(
            secret: "ключ", time: "17", body: Data("{\"a\":1}".utf8))

        #expect(signature + "\n" == String(decoding: found.output, as: UTF8.self))
    }

    @Test(
        "goes by the code of the answer",
        arguments: [
            (500, ChannelFailure.Kind.temporary), (503, .temporary), (429, .temporary),
            (408, .temporary), (400, .permanent), (404, .permanent), (413, .permanent),
            (301, .permanent), (401, .authentication), (403, .authentication),
        ])
    func refused(status: Int, kind: ChannelFailure.Kind) async throws {
        let reply = GatewayDouble.Reply(
            status: status, headers: ["Retry-After": "90", "Location": "http://elsewhere/"],
            body: "no, top-secret +7 912 000-00-00 a@b.ru")
        try await GatewayDouble.run([reply]) { gateway, address in
            let error = await #expect(throws: ChannelFailure.self) {
                try await Webhook(address: address, secret: "top-secret")
                    .deliver(sampleNotice(), to: "hook", id: "<1@s>")
            }
            #expect(error?.kind == kind)
            #expect(error?.code == status)
            #expect((error?.retryAfter == .seconds(90)) == (kind == .temporary))
            #expect(error.map { !"\($0) \($0.reply)".contains("top-secret") } == true)
            #expect(error.map { !$0.reply.contains("a@b.ru") } == true)
            #expect(gateway.received.count == 1, "the redirect is not followed")
        }
    }

    @Test("says that nobody listens, without the address")
    func nobody() async throws {
        let error = await #expect(throws: ChannelFailure.self) {
            try await Webhook(address: "http://127.0.0.1:1/secret-path", secret: "x")
                .deliver(sampleNotice(), to: "hook", id: "<1@s>")
        }
        #expect(error?.kind == .connection)
        #expect(error.map { !"\($0)".contains("secret-path") } == true)
    }

    @Test(
        "understands how long to wait",
        arguments: [
            ("120", 120.0), ("0", 0), ("-5", 0), ("99999999", 86_400),
            ("Mon, 23 Nov 2026 02:06:00 GMT", 13), ("Mon, 23 Nov 2026 02:00:00 GMT", 0),
        ])
    func retryAfter(text: String, seconds: Double) {
        let now = Date(timeIntervalSince1970: 1_795_399_547)
        #expect(RetryAfter.duration(text, now: now) == .seconds(seconds))
    }

    @Test("takes no time from words")
    func noTime() {
        #expect(RetryAfter.duration("soon", now: Date()) == nil)
        #expect(RetryAfter.duration("nan", now: Date()) == nil)
        #expect(RetryAfter.duration("inf", now: Date()) == nil)
        #expect(RetryAfter.duration(nil, now: Date()) == nil)
    }
}
