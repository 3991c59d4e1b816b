import Bitrix24
import Collection
import Records
@testable import Sandbox
import Synchronization
import Testing

@Suite("The requests that a portal is read with")
struct SandboxRequestTests {
    /// Remembers which methods were called, `batch` for all that stand in one.
    private final class Listening: HTTPTransport {
        private let inner = AsyncHTTPTransport()
        private let heard = Mutex<[String]>([])

        var methods: [String] { heard.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let method = String(request.url.split(separator: "/").last ?? "")
            heard.withLock { $0.append(method) }
            return try await inner.send(request)
        }
    }

    @Test("are for companies with all that belongs to them the fewest that batch allows, and two")
    func fewest() async throws {
        try await SandboxFixture.with(size: 2_600) { fixture in
            let reading = try await fixture.read("counterparty")
            let world = fixture.sandbox.world
            let least = [
                world.companies.count, world.requisites.count, world.addresses.count,
                world.portal.bankDetails.count,
            ].reduce(0) { $0 + ($1 + 2_499) / 2_500 }
            // One asks for rights, scopes, fields and counts, and one for counts and rights again.
            #expect(reading.certificate.requests <= least + 2)
            #expect(reading.certificate.doubts == [])
        }
    }

    @Test(
        "begin and end with one for everything that is known beforehand",
        arguments: SandboxFixture.entityNames)
    func together(name: String) async throws {
        try await SandboxFixture.with { fixture in
            let listening = Listening()
            let reading = try await fixture.read(name, from: fixture.source(through: listening))
            #expect(reading.certificate.isCertified)
            let methods = listening.methods
            #expect(methods.first == "batch" && methods.last == "batch")
            let alone = methods.filter { method in
                method == "profile" || method == "scope" || method.hasSuffix(".fields")
                    || method.hasPrefix("crm.") && method != "crm.status.list"
            }
            #expect(alone == [])
        }
    }

    @Test("are not for the pages of a list that is counted empty")
    func empty() async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            let listening = Listening()
            let source = try fixture.source(through: listening)
            let reading = try await fixture.read("counterparty", from: source)
            #expect(reading.certificate.isCertified)
            // Together; requisites, bank details, companies, addresses; together. No contact has
            // requisites.
            #expect(listening.methods == Array(repeating: "batch", count: 6))
        }
    }
}
