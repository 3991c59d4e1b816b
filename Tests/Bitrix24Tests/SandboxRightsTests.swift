import Bitrix24
import Collection
import Foundation
import Records
import Sandbox
import TestSupport
import Testing

@Suite("Rights in a portal")
struct SandboxRightsTests {
    private func message(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "nothing was thrown"
        } catch { return (error as? CollectionError)?.message ?? "\(error)" }
    }

    @Test("an owner who is no administrator makes the snapshot uncertified with that reason")
    func notAdministrator() async throws {
        try await SandboxFixture.with({ options in
            options.isAdministrator = false
            options.visibleShare = 0.6
        }) { fixture in
            let reading = try await fixture.read("counterparty")
            guard case .rightsLost(let detail) = reading.certificate.doubts.first else {
                Issue.record("no doubt about rights")
                return
            }
            #expect(detail.contains("no administrator"))
        }
    }

    @Test("rights lost between two nights are said, whatever else looks right")
    func lostOvernight() async throws {
        try await SandboxFixture.with { fixture in
            let before = try await fixture.read("contact")
            #expect(before.certificate.isCertified)
            fixture.sandbox.changePortal { options in
                options.isAdministrator = false
                options.visibleShare = 0.5
            }
            let after = try await fixture.read("contact")
            #expect(after.records.count < before.records.count)
            #expect(!after.certificate.isCertified)
        }
    }

    @Test("rights lost while reading are found at the end")
    func lostMeanwhile() async throws {
        try await SandboxFixture.with { fixture in
            let sandbox = fixture.sandbox
            let entity = try #require(fixture.entity("contact"))
            let certificate = try await fixture.source().collect(entity) { _, _ in
                sandbox.changePortal { $0.isAdministrator = false }
            } deliver: { _ in
            }
            guard case .rightsLost = certificate.doubts.last else {
                Issue.record("no doubt about rights")
                return
            }
        }
    }

    @Test("a scope that was not granted stops the entity, by its name")
    func scope() async throws {
        try await SandboxFixture.with({ $0.scopes = ["crm", "user"] }) { fixture in
            let message = await message { _ = try await fixture.read("product") }
            #expect(message.contains("has not granted the scope catalog"))
            let contacts = try await fixture.read("contact")
            #expect(contacts.certificate.isCertified)
        }
    }

    @Test("a dismissed owner is said to be one")
    func dismissed() async throws {
        try await SandboxFixture.with({ $0.isDismissed = true }) { fixture in
            let message = await message { _ = try await fixture.read("contact") }
            #expect(message.contains("dismissed"))
            #expect(message.contains("as an administrator who works there"))
        }
    }

    @Test("an application reads what a webhook reads, through the end of its token")
    func application() async throws {
        try await SandboxFixture.with({ $0.accessLifetime = 3_600 }) { fixture in
            let folder = try TemporaryFolder()
            let addresses = fixture.addresses
            let application = try LocalApplication(
                portal: String(addresses.bitrixREST.dropLast("/rest/".count)),
                identity: .init(
                    clientID: addresses.clientID, clientSecret: addresses.clientSecret,
                    server: String(addresses.bitrixOAuth.dropLast("/oauth/".count))),
                vault: TokenVault(
                    file: folder.url.appending(path: "tokens"),
                    key: try TokenKey(String(repeating: "1f", count: 32), place: "the test")),
                transport: AsyncHTTPTransport(), clock: MonotonicClock(ManualClock()))
            try await application.install(code: fixture.sandbox.authorizationCode())
            let source = try fixture.source(access: application)
            var contacts = try await fixture.read("contact", from: source)
            #expect(contacts.certificate.isCertified)
            // The portal ends the token early; the reading goes on with a new one.
            fixture.sandbox.inject(
                FaultRule(.expiredToken, on: .bitrix24, subject: "batch", times: 1))
            contacts = try await fixture.read("contact", from: source)
            #expect(contacts.certificate.isCertified)
            #expect(fixture.sandbox.counters.tokenRequests == 2)
            fixture.sandbox.changePortal { $0.isUninstalled = true }
            let message = await message { _ = try await fixture.read("contact", from: source) }
            #expect(message.contains("install"), "\(message)")
        }
    }
}
