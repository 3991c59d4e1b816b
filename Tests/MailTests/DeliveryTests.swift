import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite(
    "Delivery",
    .enabled(if: ExternalTool.pythonHas("aiosmtpd"), "python has no aiosmtpd"),
    .enabled(if: TestCertificate.isPossible, "there is no openssl to make a certificate with"))
struct DeliveryTests {
    private let message: MailMessage
    private let bytes: Data

    init() throws {
        message = try sampleMessage()
        bytes = try message.composed()
    }

    private func send(
        _ server: SMTPServer, to recipients: [MailAddress]? = nil
    ) async -> [DeliveryResult] {
        let connection = SMTPConnection(server)
        var results: [DeliveryResult] = []
        for recipient in recipients ?? message.to {
            results.append(await connection.send(bytes, from: message.from, to: recipient))
        }
        return results
    }

    private func plain(_ server: TestMailServer) -> SMTPServer {
        SMTPServer(host: "127.0.0.1", port: server.port, security: .none, messageTimeout: 20)
    }

    @Test("brings each recipient the very bytes that were composed")
    func plainText() async throws {
        let server = try TestMailServer(["plain"])

        let results = await send(plain(server))

        #expect(results.map(\.error) == [nil, nil])
        #expect(try server.message(1) == bytes)
        #expect(try server.message(2) == bytes)
        #expect(try server.envelope(1).to == ["buh@example.ru"])
        #expect(try server.envelope(2).to == ["cfo@example.ru"])
        #expect(try server.envelope(1).from == "sverka@example.ru")
    }

    @Test(
        "uses STARTTLS and the password", arguments: [SMTPServer.Security.startTLS, .implicitTLS])
    func encrypted(security: SMTPServer.Security) async throws {
        let certificate = try TestCertificate()
        let server = try TestMailServer([security.rawValue, "auth"] + certificate.flags)

        let results = await send(
            SMTPServer(
                host: "localhost", port: server.port, security: security,
                credentials: .init(user: "sverka", password: "päss wörd"),
                certificateFile: certificate.certificate, messageTimeout: 20))

        #expect(results.map(\.error) == [nil, nil])
        #expect(try server.message(2) == bytes)
        #expect(try server.envelope(1).tls)
        #expect(try server.envelope(1).user == "sverka")
    }

    @Test("refuses a certificate that is not trusted")
    func untrusted() async throws {
        let certificate = try TestCertificate()
        let server = try TestMailServer(["starttls"] + certificate.flags)

        let results = await send(
            SMTPServer(host: "localhost", port: server.port, messageTimeout: 20))

        #expect(results.map(\.error?.kind) == [.tls, .tls])
        #expect(server.messageCount == 0)
    }

    @Test("refuses a server without STARTTLS")
    func noStartTLS() async throws {
        let server = try TestMailServer(["plain"])

        let results = await send(
            SMTPServer(host: "127.0.0.1", port: server.port, messageTimeout: 20))

        #expect(results.map(\.error?.kind) == [.tls, .tls])
        #expect(server.messageCount == 0)
    }

    @Test("says that a password is wrong, and never says it")
    func wrongPassword() async throws {
        let server = try TestMailServer(["plain", "auth"])
        var settings = plain(server)
        settings.credentials = .init(user: "sverka", password: "t0p-secret")

        let results = await send(settings)

        #expect(results.map(\.error?.kind) == [.authentication, .authentication])
        #expect(results.first?.error?.code == 535)
        #expect(!"\(results)".contains("t0p-secret"))
        #expect(!"\(settings)".contains("t0p-secret"))
    }

    @Test("tells the recipient who is refused from the one who is not")
    func oneRefused() async throws {
        let server = try TestMailServer(["plain", "refuse=buh@example.ru"])

        let results = await send(plain(server))

        #expect(results.map(\.isAccepted) == [false, true])
        #expect(results[0].error?.kind == .permanent)
        #expect(results[0].error?.code == 550)
        #expect(results[0].error.map { !"\($0)".contains("buh@") } == true)
        #expect(try server.message(1) == bytes)
        #expect(server.messageCount == 1)
    }

    @Test("keeps the server's last words, without addresses")
    func replies() async throws {
        let server = try TestMailServer(["plain", "refuse=buh@example.ru"])

        let results = await send(plain(server))

        #expect(results[0].error?.reply == "550 5.1.1 no such user <address>")
        #expect(results[1].reply == "250 2.0.0 kept as 1 for <address>")
    }

    @Test("signs in by the mechanism that was chosen", arguments: ["PLAIN", "LOGIN"])
    func mechanism(name: String) async throws {
        let server = try TestMailServer(["plain", "auth"])
        var settings = plain(server)
        settings.credentials = .init(user: "sverka", password: "päss wörd")
        settings.authentication = SMTPServer.Authentication(rawValue: name.lowercased())

        let results = await send(settings)

        #expect(results.map(\.error) == [nil, nil])
        #expect(try server.envelope(1).mechanism == name)
    }

    @Test("signs in with an access token, and never says it", arguments: ["t0ken", "wr0ng-t0ken"])
    func accessToken(token: String) async throws {
        let server = try TestMailServer(["plain", "auth=XOAUTH2"])
        var settings = plain(server)
        settings.credentials = .init(user: "sverka", accessToken: token)

        let results = await send(settings)

        if token == "t0ken" {
            #expect(results.map(\.error) == [nil, nil])
            #expect(try server.envelope(1).mechanism == "XOAUTH2")
        } else {
            #expect(results.map(\.error?.kind) == [.authentication, .authentication])
            #expect(!"\(results) \(settings)".contains(token))
        }
    }

    @Test("reaches a server by its address of IPv6")
    func addressOfIPv6() async throws {
        let server = try TestMailServer(["plain", "v6"])
        var settings = plain(server)
        settings.host = "::1"

        let results = await send(settings)

        #expect(results.map(\.error) == [nil, nil])
    }

    @Test("refuses a certificate of another host")
    func otherHost() async throws {
        let certificate = try TestCertificate(for: "DNS:mail.example.ru")
        let server = try TestMailServer(["starttls"] + certificate.flags)

        let results = await send(
            SMTPServer(
                host: "localhost", port: server.port,
                certificateFile: certificate.certificate, messageTimeout: 20))

        #expect(results.map(\.error?.kind) == [.tls, .tls])
        #expect(server.messageCount == 0)
    }

    @Test("goes on over a new connection when the server has served its number")
    func enough() async throws {
        let server = try TestMailServer(["plain", "each=2"])
        let recipients = try (1...7).map { try MailAddress("\($0)@example.ru") }

        let results = await send(plain(server), to: recipients)

        #expect(results.map(\.error) == Array(repeating: nil, count: 7))
        #expect(server.messageCount == 7)
    }

    @Test("gives up a server that hangs after the last byte, and says that it may have arrived")
    func hangs() async throws {
        let server = try TestMailServer(["hangs"])
        var settings = plain(server)
        settings.messageTimeout = 1

        let results = await send(settings, to: [message.to[0]])

        #expect(results[0].error?.kind == .connection)
        #expect(results[0].error?.mayHaveArrived == true)
    }

    @Test("calls \"not now\" temporary")
    func busy() async throws {
        let server = try TestMailServer(["plain", "busy=cfo@example.ru"])

        let results = await send(plain(server))

        #expect(results.map(\.error?.kind) == [nil, .temporary])
        #expect(results[1].error?.code == 451)
    }

    @Test("survives a server that goes away in the middle of the message")
    func dies() async throws {
        let server = try TestMailServer(["dies"])
        let long = bytes + Data(repeating: UInt8(ascii: "x"), count: 8_000_000)

        let result = await SMTPConnection(plain(server))
            .send(long, from: message.from, to: message.to[0])

        #expect(result.error?.kind == .connection)
        #expect(result.error?.mayHaveArrived == false)
        #expect(result.error?.code == nil)
    }

    @Test("says that nobody listens")
    func nobody() async throws {
        let port = try TestMailServer(["plain"]).port  // The server has ended, its port is free.

        let results = await send(
            SMTPServer(host: "127.0.0.1", port: port, security: .none, connectTimeout: 5))

        #expect(results.map(\.error?.kind) == [.connection, .connection])
    }

    @Test("ends when its task is cancelled")
    func cancelled() async throws {
        let server = try TestMailServer(["plain"])
        let (settings, message, bytes) = (plain(server), message, bytes)
        let task = Task {
            // Cancelled before it starts, so that no time has to pass.
            withUnsafeCurrentTask { $0?.cancel() }
            return await SMTPConnection(settings)
                .send(bytes, from: message.from, to: message.to[0])
        }

        let result = await task.value

        #expect(result.error?.kind == .cancelled)
    }
}
