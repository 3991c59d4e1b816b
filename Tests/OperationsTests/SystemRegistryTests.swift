import Collection
import Foundation
import OneC
import Records
import Testing

@testable import Operations

@Suite("What jobs share of the systems that they read")
struct SystemRegistryTests {
    private let systems = SystemRegistry()

    private func portal(_ address: String) -> Configuration.Source {
        Configuration.Source(
            name: SourceName("portal"), kind: .bitrix24, address: address, user: "", password: "",
            mapping: "bitrix24")
    }

    private func infobase(_ name: String, password: String = "p") throws -> InfobaseAddress {
        try InfobaseAddress("https://srv.example/\(name)", user: "u", password: password)
    }

    @Test("is the limiter of a portal, and not that of others")
    func limiters() {
        let one = systems.limiter(of: "https://a.example") { RateLimiter(perSecond: 2) }
        let same = systems.limiter(of: "https://a.example") { RateLimiter(perSecond: 5) }
        let other = systems.limiter(of: "https://b.example") { RateLimiter(perSecond: 2) }
        #expect(one != nil && one === same && one !== other)
    }

    @Test("is no limiter for a portal without a limit, whatever a second source says")
    func unlimited() {
        #expect(systems.limiter(of: "https://box.example") { nil } == nil)
        #expect(systems.limiter(of: "https://box.example") { RateLimiter() } == nil)
    }

    @Test("is the operating time of the same credentials")
    func operatingTime() {
        let one = systems.operatingTime(of: portal("https://a.example/rest/1/x/"), limit: 480)
        let same = systems.operatingTime(of: portal("https://a.example/rest/1/x/"), limit: 480)
        let other = systems.operatingTime(of: portal("https://a.example/rest/1/y/"), limit: 480)
        #expect(one === same && one !== other)
    }

    @Test("is the access to an infobase as the same user")
    func accesses() throws {
        let one = systems.access(to: try infobase("buh"))
        #expect(try one === systems.access(to: infobase("buh")))
        #expect(try one !== systems.access(to: infobase("buh", password: "other")))
        #expect(try one !== systems.access(to: infobase("trade")))
    }

    @Test("is how many requests an infobase gets at a time, and it is one again after a reload")
    func requestsAtOnce() throws {
        let one = systems.access(to: try infobase("buh"))
        #expect(one.requestsAtOnce == 1)
        let journal = systems.access(to: try infobase("buh", password: "j"), requestsAtOnce: 3)
        _ = systems.access(to: try infobase("buh"), requestsAtOnce: 2)
        #expect(one.requestsAtOnce == 3 && journal.requestsAtOnce == 3)
        #expect(systems.access(to: try infobase("trade")).requestsAtOnce == 1)
        systems.renew(limitsChanged: false)
        #expect(one.requestsAtOnce == 1)
        _ = systems.access(to: try infobase("buh"), requestsAtOnce: 2)
        #expect(journal.requestsAtOnce == 2)
    }

    @Test("is made anew where the configuration may have changed it, and stays where it may not")
    func renewed() throws {
        let before = systems.limiter(of: "https://a.example") { RateLimiter(perSecond: 2) }
        let access = systems.access(to: try infobase("buh"))
        systems.renew(limitsChanged: false)
        let same = systems.limiter(of: "https://a.example") { RateLimiter(perSecond: 5) }
        #expect(before === same)
        systems.renew(limitsChanged: true)
        let after = systems.limiter(of: "https://a.example") { RateLimiter(perSecond: 5) }
        #expect(before !== after)
        #expect(try access === systems.access(to: infobase("buh")))
    }

    @Test("limits of a portal change by its plan and rate, not by a new webhook")
    func limits() {
        let before = portal("https://a.example/rest/1/old/")
        let renamed = portal("https://a.example/rest/1/new/")
        #expect(PortalLimits(of: [before]) == PortalLimits(of: [renamed]))
        var larger = before
        larger.plan = .enterprise
        var slower = before
        slower.requestsPerSecond = 1
        #expect(PortalLimits(of: [before]) != PortalLimits(of: [larger]))
        #expect(PortalLimits(of: [before]) != PortalLimits(of: [slower]))
        #expect(PortalLimits(of: [before]) == PortalLimits(of: [before, slower]))
    }
}
