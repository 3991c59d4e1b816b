@testable import Bitrix24
import Collection
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A local application")
struct LocalApplicationTests {
    private let folder: TemporaryFolder
    private let key: TokenKey

    init() throws {
        folder = try TemporaryFolder()
        key = try TokenKey(String(repeating: "ab", count: 32), place: "the test")
    }

    private var file: URL { folder.url.appending(path: "tokens") }

    private func application(
        _ server: TokenServer, at seconds: Double = 1_000_000, key: TokenKey? = nil,
        clock: MonotonicClock = MonotonicClock(ManualClock())
    ) throws -> LocalApplication {
        try LocalApplication(
            portal: "https://portal.example/",
            identity: .init(clientID: "local.1", clientSecret: "s3cret"),
            vault: TokenVault(file: file, key: key ?? self.key), transport: server,
            policy: RetryPolicy(attempts: 2), clock: clock,
            now: { Date(timeIntervalSince1970: seconds) })
    }

    private func message(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "nothing was thrown"
        } catch { return (error as? CollectionError)?.message ?? "\(error)" }
    }

    @Test("takes a code, keeps its tokens encrypted, and uses them until they end")
    func life() async throws {
        let server = TokenServer()
        try await application(server).install(code: "good")
        let bytes = try Data(contentsOf: file)
        for secret in ["access", "refresh", "s3cret"] {
            #expect(!String(decoding: bytes, as: UTF8.self).contains(secret))
        }
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)

        // Another process, within the hour.
        let second = try application(server, at: 1_003_000)
        #expect(try await second.token(afterRejected: nil) == "access1")
        #expect(server.state.withLock { $0.exchanges } == 1)
        // And one just before the hour ends.
        let third = try application(server, at: 1_003_590)
        #expect(try await third.token(afterRejected: nil) == "access2")
        #expect(try await third.token(afterRejected: nil) == "access2")
        // The secrets stood in the body of the form, and in no address.
        #expect(
            server.state.withLock { $0.forms.allSatisfy { $0.contains("client_secret=s3cret") } })
    }

    @Test("exchanges a token that the portal calls expired, once, and repeats the call")
    func expired() async throws {
        let server = TokenServer()
        let application = try application(server)
        try await application.install(
            accessToken: "stale", refreshToken: "refresh0", expiresIn: 3_600)
        let client = PortalClient(
            access: application,
            pipeline: RequestPipeline(
                transport: server, limiter: nil, clock: MonotonicClock(ManualClock())),
            operating: OperatingTime(limit: nil))
        #expect(try await client.isAdministrator() == true)
        #expect(server.state.withLock { $0.exchanges } == 1)
        #expect(try TokenVault(file: file, key: key).read()?.refresh == "refresh1")
    }

    @Test("many calls at once make one exchange, and so do many processes")
    func once() async throws {
        let server = TokenServer()
        // The lock is waited for in real time, which passes while the other one works.
        let first = try application(server, clock: .system)
        try await first.install(accessToken: "old", refreshToken: "refresh0", expiresIn: 10)
        let second = try application(server, clock: .system)
        async let a = first.token(afterRejected: nil)
        async let b = first.token(afterRejected: nil)
        async let c = second.token(afterRejected: nil)
        let tokens = try await [a, b, c]
        #expect(tokens == ["access1", "access1", "access1"])
        #expect(server.state.withLock { $0.exchanges } == 1)
    }

    @Test("the file tells during an exchange that one is under way, and holds the old pair")
    func writeAhead() async throws {
        let kept = Mutex<ApplicationTokens?>(nil)
        let vault = TokenVault(file: file, key: key)
        let server = TokenServer { kept.withLock { $0 = (try? vault.read()) ?? nil } }
        let application = try application(server)
        try await application.install(accessToken: "old", refreshToken: "refresh0", expiresIn: 10)
        _ = try await application.token(afterRejected: nil)
        let during = try #require(kept.withLock { $0 })
        #expect(during.refresh == "refresh0" && during.exchangeBegan == 1_000_000)
        let after = try #require(try vault.read())
        #expect(after.refresh == "refresh1" && after.exchangeBegan == nil)
    }

    @Test("an answer lost to a kill is said, after the access token has been used to its end")
    func lostAnswer() async throws {
        let server = TokenServer()
        let first = try application(server)
        try await first.install(accessToken: "access0", refreshToken: "refresh0", expiresIn: 60)
        server.state.withLock { $0.losesAnswer = true }
        await #expect(throws: CancellationError.self) {
            _ = try await first.token(afterRejected: nil)
        }
        // The next start: the old access token lives for another half minute.
        let second = try application(server, at: 1_000_030)
        #expect(try await second.token(afterRejected: nil) == "access0")
        let third = try application(server, at: 1_000_061)
        let message = await message { _ = try await third.token(afterRejected: nil) }
        #expect(message.contains("cut off before its answer was on the disk"))
        #expect(message.contains("run 'sverka authorize' again"))
    }

    @Test("a refresh token that is taken once more makes good what a kill has lost")
    func grace() async throws {
        let server = TokenServer()
        server.state.withLock { $0.hasGrace = true }
        let first = try application(server)
        try await first.install(accessToken: "access0", refreshToken: "refresh0", expiresIn: 60)
        server.state.withLock { $0.losesAnswer = true }
        await #expect(throws: CancellationError.self) {
            _ = try await first.token(afterRejected: nil)
        }
        // The next start, when the old access token has ended too.
        let second = try application(server, at: 1_000_061)
        #expect(try await second.token(afterRejected: nil) == "access2")
        let kept = try #require(try TokenVault(file: file, key: key).read())
        #expect(kept.refresh == "refresh2" && kept.exchangeBegan == nil)
    }

    @Test("a refresh token that is no longer taken is said with what to do")
    func dismissed() async throws {
        let server = TokenServer()
        let application = try application(server)
        try await application.install(accessToken: "a", refreshToken: "gone", expiresIn: 0)
        let message = await message { _ = try await application.token(afterRejected: nil) }
        #expect(message.contains("invalid_grant") && message.contains("Run 'sverka authorize'"))
        #expect(!message.contains("cut off"))
    }

    @Test(
        "other refusals are told apart, whatever their status",
        arguments: [
            (200, #"{"error":"wrong_client"}"#, "client_id and client_secret"),
            (400, #"{"error":"invalid_client"}"#, "client_id and client_secret"),
            (401, #"{"error":"NOT_INSTALLED"}"#, "make it anew there"),
            (402, #"{"error":"PAYMENT_REQUIRED"}"#, "subscription has ended"),
            (502, "<html></html>", "run later"), (503, "{}", "run later"),
        ])
    func refusals(status: Int, body: String, words: String) async throws {
        let server = TokenServer()
        let application = try application(server)
        try await application.install(accessToken: "a", refreshToken: "refresh0", expiresIn: 0)
        server.state.withLock { $0.refusal = (status, body) }
        let message = await message { _ = try await application.token(afterRejected: nil) }
        #expect(message.contains(words), "\(message)")
        #expect(!message.contains("s3cret") && !message.contains("refresh0"))
        // What is kept still serves when the server is well again.
        server.state.withLock { $0.refusal = nil }
        #expect(try await application.token(afterRejected: nil) == "access1")
    }

    @Test("tokens under another key, or a file of something else, are said to be so")
    func wrongKey() async throws {
        let server = TokenServer()
        try await application(server).install(code: "good")
        let other = try TokenKey(String(repeating: "cd", count: 32), place: "the test")
        let application = try application(server, key: other)
        var message = await message { _ = try await application.token(afterRejected: nil) }
        #expect(message.contains("cannot be decrypted"))
        try Data("hello".utf8).write(to: file)
        message = await self.message { _ = try await application.token(afterRejected: nil) }
        #expect(message.contains("is not a file of tokens"))
    }

    @Test("without tokens, with a stale code or without encryption nothing is sent on")
    func refusesToBegin() async throws {
        let server = TokenServer()
        let application = try application(server)
        let none = await message { _ = try await application.token(afterRejected: nil) }
        #expect(none.contains("has no tokens for portal.example yet. Run 'sverka authorize'"))
        let stale = await message { try await application.install(code: "bad") }
        #expect(stale.contains("lives thirty seconds"))
        #expect(throws: CollectionError.self) {
            try LocalApplication(
                portal: "http://portal.example", identity: .init(clientID: "", clientSecret: ""),
                vault: TokenVault(file: file, key: key), transport: server)
        }
    }

    @Test("a key file that others may read is refused; 64 digits and Base64 are read")
    func keyFiles() throws {
        let file = folder.url.appending(path: "key")
        try (String(repeating: "0f", count: 32) + "\n")
            .write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect {
            try TokenKey(file: file)
        } throws: { error in
            (error as? CollectionError)?.message.contains("chmod 600") == true
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(throws: Never.self) { try TokenKey(file: file) }
        #expect(throws: Never.self) {
            try TokenKey(Data(repeating: 7, count: 32).base64EncodedString(), place: "x")
        }
        #expect(throws: CollectionError.self) { try TokenKey("short", place: "x") }
    }
}
