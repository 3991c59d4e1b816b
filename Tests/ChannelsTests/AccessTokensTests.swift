import Foundation
import Synchronization
import Testing

@testable import Channels

@Suite("Access tokens")
struct AccessTokensTests {
    private func settings(_ address: String) -> AccessTokens.Settings {
        AccessTokens.Settings(
            address: address + "/token", clientID: "id", clientSecret: "s&1",
            refreshToken: "first", scope: "mail")
    }

    @Test("are fetched once, and again when they end, with the refresh token that came last")
    func refreshed() async throws {
        let replies = [
            GatewayDouble.Reply(
                body: #"{"access_token":"A1","expires_in":3600,"refresh_token":"second"}"#),
            GatewayDouble.Reply(body: #"{"access_token":"A2","expires_in":3600}"#),
        ]
        try await GatewayDouble.run(replies) { gateway, address in
            let clock = Clock()
            let tokens = AccessTokens(settings(address), now: { clock.now })
            var found = [try await tokens.current()]
            clock.advance(3_500)
            found.append(try await tokens.current())
            clock.advance(50)
            found.append(try await tokens.current())
            #expect(found == ["A1", "A1", "A2"])
            #expect(gateway.received.count == 2)
            #expect(gateway.received[0].body.contains("client_secret=s%261"))
            #expect(gateway.received[1].body.contains("refresh_token=second"))
        }
    }

    @Test(
        "go on with the refresh token that came last in the next program, until another is configured"
    )
    func rotated() async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "tokens-\(UUID().uuidString)/mail.token")
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        let reply = GatewayDouble.Reply(
            body: #"{"access_token":"A1","expires_in":3600,"refresh_token":"second"}"#)
        try await GatewayDouble.run([reply, reply, reply]) { gateway, address in
            _ = try await AccessTokens(settings(address), rotatedIn: file).current()
            _ = try await AccessTokens(settings(address), rotatedIn: file).current()
            var other = settings(address)
            other.refreshToken = "allowed again"
            _ = try await AccessTokens(other, rotatedIn: file).current()

            #expect(
                refreshTokens(gateway) == [
                    "refresh_token=first", "refresh_token=second", "refresh_token=allowed%20again",
                ])
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[
                .posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test("go on with the refresh token that another source on the same file got meanwhile")
    func shared() async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "tokens-\(UUID().uuidString)/mail.token")
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        try await GatewayDouble.run(["second", "third", "fourth"].map(reply)) { gateway, address in
            let clock = Clock()
            let service = AccessTokens(
                settings(address), rotatedIn: file, now: { clock.now })
            let night = AccessTokens(settings(address), rotatedIn: file, now: { clock.now })
            _ = try await service.current()
            _ = try await night.current()
            clock.advance(3_600)
            _ = try await service.current()
            #expect(
                refreshTokens(gateway) == [
                    "refresh_token=first", "refresh_token=second", "refresh_token=third",
                ])
        }
    }

    @Test("are fetched one after the other by sources on the same file, and once by one source")
    func together() async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "tokens-\(UUID().uuidString)/mail.token")
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        try await GatewayDouble.run(["second", "third", "fourth"].map(reply)) { gateway, address in
            let sources = [
                AccessTokens(settings(address), rotatedIn: file),
                AccessTokens(settings(address), rotatedIn: file),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for source in sources + sources {
                    group.addTask { _ = try await source.current() }
                }
                try await group.waitForAll()
            }
            #expect(
                refreshTokens(gateway) == ["refresh_token=first", "refresh_token=second"])
        }
    }

    /// What a server answers that gives a new refresh token with each use.
    private func reply(_ next: String) -> GatewayDouble.Reply {
        GatewayDouble.Reply(
            body: #"{"access_token":"A","expires_in":3600,"refresh_token":"\#(next)"}"#)
    }

    /// The refresh tokens that the server was asked with, in order.
    private func refreshTokens(_ gateway: GatewayDouble) -> [String] {
        gateway.received.map { request in
            request.body.split(separator: "&").first { $0.hasPrefix("refresh_token=") }
                .map(String.init) ?? ""
        }
    }

    @Test("that are refused are told without any token")
    func refused() async throws {
        let reply = GatewayDouble.Reply(status: 400, body: #"{"error":"invalid_grant first"}"#)
        try await GatewayDouble.run([reply]) { _, address in
            let error = await #expect(throws: ChannelFailure.self) {
                try await AccessTokens(settings(address)).current()
            }
            #expect(error?.kind == .authentication)
            #expect(error.map { !"\($0) \($0.reply)".contains("first") } == true)
        }
    }
}

/// A clock that a test sets.
private final class Clock: Sendable {
    private let seconds = Mutex(0.0)
    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}
