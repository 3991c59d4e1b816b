import Bitrix24
import Collection
import CollectorTestSupport
import Foundation
import Records
@testable import Sandbox
import TestSupport
import Testing

/// Switches of the portal that mean nothing to a webhook.
@Suite("A played portal read as a local application")
struct ApplicationSwitchTests {
    /// Lets time pass after each answer.
    private struct Passing: HTTPTransport {
        let inner = AsyncHTTPTransport()
        let clock: ManualClock
        let seconds: Int

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let response = try await inner.send(request)
            try await clock.sleep(
                until: clock.now.advanced(by: .seconds(seconds)), tolerance: nil)
            return response
        }
    }

    /// Reads companies as an application that was let in at the beginning.
    ///
    /// - Parameters:
    ///   - seconds: How long each call takes.
    ///   - change: How the portal behaves.
    ///   - begun: What happens before the reading, given the refresh token.
    /// - Returns: How the reading ended.
    /// - Throws: What keeps it from beginning.
    private func read(
        eachCallTaking seconds: Int, _ change: (inout PortalOptions) -> Void,
        begun: (SandboxFixture, _ refresh: String) -> Void = { _, _ in }
    ) async throws -> JudgedReading {
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let now: @Sendable () -> Double = { 1_780_000_000 + (clock.now.offset / .seconds(1)) }
        var judged: JudgedReading?
        try await SandboxFixture.with(size: 60, now: now, change) { fixture in
            let server = String(fixture.addresses.bitrixOAuth.dropLast("/oauth/".count))
            let application = try LocalApplication(
                portal: server,
                identity: .init(
                    clientID: fixture.addresses.clientID,
                    clientSecret: fixture.addresses.clientSecret, server: server),
                vault: TokenVault(
                    file: folder.url.appending(path: "tokens"),
                    key: try TokenKey(String(repeating: "ab", count: 32), place: "the test")),
                transport: AsyncHTTPTransport(), policy: RetryPolicy(attempts: 2),
                clock: MonotonicClock(clock), now: { Date(timeIntervalSince1970: now()) })
            let pair = fixture.sandbox.installApplication()
            let lifetime = Int(fixture.sandbox.portal.settings.now.accessLifetime)
            try await application.install(
                accessToken: pair.access, refreshToken: pair.refresh, expiresIn: lifetime)
            begun(fixture, pair.refresh)
            let source = try fixture.source(
                access: application, clock: MonotonicClock(clock),
                through: Passing(clock: clock, seconds: seconds))
            judged = try await fixture.judged("counterparty", from: source)
        }
        return try #require(judged)
    }

    @Test("goes on when its access token ends again and again", arguments: [30.0, 90.0])
    func accessLifetime(lifetime: Double) async throws {
        let reading = try await read(eachCallTaking: 40, { $0.accessLifetime = lifetime })
        #expect(reading.outcome == .certified, "\(reading.why)")
        #expect(reading.complaint == nil)
    }

    @Test("ends, and says why, when its refresh token has ended before it was exchanged")
    func refreshLifetime() async throws {
        let reading = try await read(eachCallTaking: 80) {
            $0.accessLifetime = 200
            $0.refreshLifetime = 60
        }
        #expect(reading.outcome == .refused(.refused))
        #expect(reading.why.contains("'sverka authorize'"), "\(reading.why)")
    }

    @Test(
        "goes on after an exchange whose answer was lost, where the portal has a grace",
        arguments: [(0.0, ReadingOutcome.refused(.refused)), (30.0, .certified)])
    func refreshGrace(grace: Double, outcome: ReadingOutcome) async throws {
        let reading = try await read(eachCallTaking: 40) {
            $0.accessLifetime = 30
            $0.refreshGrace = grace
        } begun: { fixture, refresh in
            let portal = fixture.sandbox.portal
            _ = portal.tokens.refresh(refresh, portal.settings.now, now: 1_780_000_000)
        }
        #expect(reading.outcome == outcome, "\(reading.why)")
    }

    @Test("ends when it was removed from the portal, as soon as its token has to be exchanged")
    func uninstalled() async throws {
        let reading = try await read(eachCallTaking: 40) {
            $0.accessLifetime = 30
            $0.isUninstalled = true
        }
        #expect(reading.outcome == .refused(.refused))
        #expect(reading.why.contains("no longer in the portal"), "\(reading.why)")
    }
}
