import Testing

@testable import Channels

@Suite("SMS gateway")
struct SMSGatewayTests {
    @Test("puts values into an address, escaped")
    func query() async throws {
        try await GatewayDouble.run { gateway, address in
            let sms = SMSGateway(
                SMSGateway.Settings(
                    method: "GET",
                    address: try GatewayTemplate(address + "/send?to={to}&text={text}")))

            _ = try await sms.deliver(sampleNotice(), to: "+79120000000", id: "<1@s>")

            let request = try #require(gateway.received.first)
            #expect(request.path.hasPrefix("/send?to=%2B79120000000&text=%D0%9E%D1%88"))
            #expect(!request.path.contains("<"))
        }
    }

    @Test("puts values into JSON, escaped, and leaves its braces alone")
    func json() async throws {
        try await GatewayDouble.run { gateway, address in
            let sms = SMSGateway(
                SMSGateway.Settings(
                    method: "POST", address: try GatewayTemplate(address + "/send"),
                    body: try GatewayTemplate(
                        #"{"messages": [{"phone": "{to}", "text": "{title}"}]}"#),
                    headers: ["Authorization": "Bearer s"]))
            var notice = sampleNotice()
            notice.title = "Кавычка \" и \\ и\nстрока"

            _ = try await sms.deliver(notice, to: "+79120000000", id: "<1@s>")

            let request = try #require(gateway.received.first)
            #expect(
                request.body
                    == #"{"messages": [{"phone": "+79120000000", "text": "Кавычка \" и \\ и\nстрока"}]}"#
            )
            #expect(request.headers["authorization"] == "Bearer s")
        }
    }

    @Test("does not believe code 200 when the answer says otherwise")
    func refusedInWords() async throws {
        let reply = GatewayDouble.Reply(body: #"{"status":"ERROR","text":"no money"}"#)
        try await GatewayDouble.run([reply]) { _, address in
            let sms = SMSGateway(
                SMSGateway.Settings(
                    method: "GET", address: try GatewayTemplate(address + "/?t={to}"),
                    accepted: #""status":"OK""#))
            let error = await #expect(throws: ChannelFailure.self) {
                try await sms.deliver(sampleNotice(), to: "79120000000", id: "<1@s>")
            }
            #expect(error?.kind == .permanent)
            #expect(error?.reply.contains("no money") == true)
        }
    }

    @Test("is taken after a 500 that was followed by a 200")
    func secondTry() async throws {
        try await GatewayDouble.run([.init(status: 500), .init()]) { gateway, address in
            let sms = SMSGateway(
                SMSGateway.Settings(
                    method: "GET", address: try GatewayTemplate(address + "/?t={to}")))
            await #expect(throws: ChannelFailure.self) {
                try await sms.deliver(sampleNotice(), to: "79120000000", id: "<1@s>")
            }
            let answer = try await sms.deliver(sampleNotice(), to: "79120000000", id: "<1@s>")
            #expect(answer.code == 200)
            #expect(gateway.received.count == 2)
        }
    }

    @Test("is tried without a message")
    func verified() async throws {
        try await GatewayDouble.run([.init(status: 404)]) { gateway, address in
            let sms = SMSGateway(
                SMSGateway.Settings(
                    method: "GET", address: try GatewayTemplate(address + "/send?to={to}")))
            let found = try await sms.verify()
            #expect(found.contains("404"))
            #expect(gateway.received.map(\.method) == ["HEAD"])
            #expect(gateway.received.map(\.path) == ["/"])
        }
    }

    @Test("refuses a name that there is not")
    func unknownName() {
        let error = #expect(throws: GatewayTemplate.UnknownName.self) {
            try GatewayTemplate("https://x/?to={phone}")
        }
        #expect(error?.name == "phone")
        #expect(error?.known.contains("to") == true)
    }

    @Test(
        "leaves braces alone that are no places",
        arguments: ["{", "}", "{}", "{ to }", "{\"a\": {\"b\": 1}}", "a{B}c", "{to"])
    func braces(text: String) throws {
        #expect(try GatewayTemplate(text).filled(["to": "X"], .none) == text)
    }

    @Test("cuts the text, never the link")
    func cut() {
        let text = SMSGateway.text(of: sampleNotice(), lengthMax: 80)
        #expect(text.count <= 80)
        #expect(text.hasSuffix(" https://sverka.example.ru/alerts/7?a=1&b=2"))
    }
}
