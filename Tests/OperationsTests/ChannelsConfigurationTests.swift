import Channels
import Foundation
import Operations
import TestSupport
import Testing

@Suite("Configuration of channels")
struct ChannelsConfigurationTests {
    private func read(
        _ text: String, _ environment: [String: String] = [:]
    ) throws -> Configuration {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            sources:
              left: {name: 1c, kind: files, folder: l}
              right: {name: crm, kind: files, folder: r}

            """ + text, to: "sverka.yaml")
        return try ConfigurationFile.read(file, environment: environment)
    }

    @Test("reads every kind, with secrets filled in")
    func everything() throws {
        let configuration = try read(
            """
            mail: {from: s@example.ru, host: h, user: s@example.ru, auth: xoauth2, size_limit: 5M,
              unsubscribe: "https://example.ru/stop",
              oauth: {token_url: "https://t/", client_id: i, refresh_token: "${R}"}}
            channels:
              bot: {kind: telegram, token: "${T}"}
              hook: {kind: webhook, url: "https://h/", secret: "${S}", headers: {X-A: "${S}"}}
              sms: {kind: sms, url: "https://g/?key=${S}&to={to}&text={text}", accepted: OK}
              log: {kind: syslog, address: "udp://[::1]:1514", facility: local2}
              journal: {kind: journald}
            subscriptions:
              - {channel: sms, to: "+7 (912) 000-00-00", alerts: critical}
              - {channel: log, alerts: {severity: info, rules: [spike]}}
            outgoing: {personal_data: whole, retry_for: 24h}

            """, ["T": "token", "S": "secret", "R": "refresh"])

        #expect(configuration.channels.map(\.name) == ["bot", "hook", "sms", "log", "journal"])
        guard case .bot("token", BotMessenger.usualAddress) = configuration.channels[0].kind,
            case .webhook("https://h/", "secret", ["X-A": "secret"]) = configuration.channels[1]
                .kind,
            case .sms(let gateway) = configuration.channels[2].kind,
            case .syslog(.udp("::1", 1514), .local2) = configuration.channels[3].kind
        else {
            Issue.record("\(configuration.channels)")
            return
        }
        #expect(gateway.address.filled(["to": "7"], .percent) == "https://g/?key=secret&to=7&text=")
        #expect(gateway.secrets == ["secret"])
        #expect(configuration.subscriptions.map(\.recipient) == ["+79120000000", "log"])
        #expect(configuration.subscriptions[1].alerts?.rules == ["spike"])
        #expect(configuration.subscriptions.allSatisfy { !$0.masksPersonalData })
        #expect(configuration.outgoing.retryFor == .seconds(24 * 3600))
        #expect(configuration.mail?.sizeMax == 5_000_000)
        #expect(configuration.mail?.accessTokens?.refreshToken == "refresh")
    }

    @Test(
        "says line and column of what is wrong, and what would be right",
        arguments: [
            ("report: {recipients: [a@b.ru, нет]}", "4:31", "name@domain"),
            ("mail: {from: x, host: h}", "4:14", "name@domain"),
            (
                "mail: {from: a@b.ru, host: h, oauth: {token_url: t, client_id: i, refresh_token: r}}",
                "4:7", "user"
            ),
            ("mail: {from: a@b.ru, host: h, unsubscribe: \"x y\"}", "4:44", "mailto:"),
            ("channels: {mail: {kind: telegram, token: t}}", "4:12", "another name"),
            ("channels: {a: {kind: icq}}", "4:22", "journald, sms, syslog, telegram, webhook"),
            ("channels: {a: {kind: sms, url: \"https://x/?to={phone}\"}}", "4:32", "{to}"),
            ("channels: {a: {kind: sms, url: \"ftp://x/\"}}", "4:32", "https://"),
            ("channels: {a: {kind: syslog, address: \"x://h\"}}", "4:39", "udp://"),
            (
                "channels: {a: {kind: webhook, url: \"https://x\", secret: s, headers: {\"a b\": c}}}",
                "4:70", "header"
            ),
            ("subscriptions: [{to: a@b.ru, reports: x}]", "4:17", "no section 'mail'"),
            (
                "mail: {from: a@b.ru, host: h}\nsubscriptions: [{to: a@b.ru}]", "5:17",
                "asks for nothing"
            ),
            (
                "mail: {from: a@b.ru, host: h}\nsubscriptions: [{to: \"a@b.ru\\r\\nBcc: c@d.ru\", reports: x}]",
                "5:22", "name@domain"
            ),
            ("subscriptions: [{channel: bot, to: x, reports: y}]", "4:27", "mail"),
            (
                "channels: {j: {kind: journald}}\nsubscriptions: [{channel: j, to: x, alerts: info}]",
                "5:34", "leave 'to' out"
            ),
            (
                "channels: {j: {kind: journald}}\nsubscriptions: [{channel: j, alerts: loud}]",
                "5:38", "critical"
            ),
            (
                "channels: {j: {kind: journald}}\nsubscriptions: [{channel: j, alerts: info, quiet_hours: late}]",
                "5:57", "22:00-08:00"
            ),
            ("outgoing: {personal_data: hidden}", "4:27", "masked"),
        ])
    func wrong(text: String, place: String, words: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(text + "\n") }
        #expect(
            error.map { $0.description.contains("sverka.yaml:\(place):") } == true,
            "\(error?.description ?? "")")
        #expect(error.map { $0.description.contains(words) } == true, "\(error?.description ?? "")")
    }

    @Test("never says a secret in an error")
    func secret() {
        let error = #expect(throws: ConfigurationError.self) {
            try read("channels: {a: {kind: webhook, url: \"${U}\", secret: s}}\n", ["U": "s3cret"])
        }
        #expect(error.map { !$0.description.contains("s3cret") } == true)
    }
}
