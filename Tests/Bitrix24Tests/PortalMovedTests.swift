import Bitrix24
import Collection
import Foundation
import Records
import Synchronization
import TestSupport
import Testing

@Suite("A portal that was renamed")
struct PortalMovedTests {
    private let fixture: PortalFixture

    init() throws { fixture = try PortalFixture() }

    /// Sends on from the old address to another.
    private final class Renamed: HTTPTransport {
        let portal = PortalDouble(PortalFixture.content(companies: 3))
        let target: String
        let hosts = Mutex<[String]>([])

        init(target: String) { self.target = target }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let parts = request.url.split(separator: "/")
            hosts.withLock { $0.append(String(parts[1])) }
            guard parts[1] == "portal.example" else { return try await portal.send(request) }
            let path = parts[2...].joined(separator: "/")
            return HTTPResponse(
                status: 302, headers: [("Location", "\(target)/\(path)")], body: [])
        }
    }

    @Test("is followed within TLS, body and all, once; and the certificate says so")
    func followed() async throws {
        let portal = Renamed(target: "https://new.example")
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 3 && certificate.isCertified)
        #expect(portal.hosts.withLock { $0.count { $0 == "portal.example" } } == 1)
        #expect(certificate.remarks.contains { $0.contains("sends on to new.example") })
        #expect(certificate.remarks.allSatisfy { !$0.contains("s3cretcode") })
    }

    @Test(
        "is not followed out of TLS or to another page, since the address holds the secret",
        arguments: ["http://new.example", "https://new.example/login?back=", ""])
    func refused(target: String) async throws {
        let portal = Renamed(target: target)
        do {
            _ = try await fixture.read(portal)
            Issue.record("nothing was thrown")
        } catch let error as CollectionError {
            #expect(error.kind == .misconfigured)
            #expect(error.message.contains("sends on"))
            #expect(!error.message.contains("s3cretcode"))
        }
        #expect(Set(portal.hosts.withLock { $0 }) == ["portal.example"])
    }
}
