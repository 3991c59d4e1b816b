import Bitrix24
import Collection
import Foundation
import Records
@testable import Sandbox
import TestSupport
import Testing

@Suite("A portal that misbehaves")
struct SandboxFaultTests {
    @Test(
        "what passes by itself is waited out, and the snapshot is the truth",
        arguments: [
            SandboxFault.html502, .html504, .html200, .truncatedJSON, .reset, .dropped,
            .internalError, .queryLimit, .emptyBatch, .lostCommand,
        ])
    func passing(fault: SandboxFault) async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            fixture.sandbox.inject(
                FaultRule(fault, on: .bitrix24, subject: "batch", skip: 1, times: 2))
            let reading = try await fixture.read("counterparty")
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "counterparty"))
            #expect(reading.certificate.doubts == [])
            #expect(reading.certificate.retries == 2 && reading.certificate.waits >= 1)
            #expect(reading.certificate.failureCounts.values.reduce(0, +) == 2)
        }
    }

    @Test(
        "a method that is blocked for its operating time is waited for as long as the portal says")
    func blocked() async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            fixture.sandbox.inject(
                FaultRule(.tooMany, on: .bitrix24, subject: "batch", skip: 1, times: 1))
            let reading = try await fixture.read("counterparty")
            #expect(reading.certificate.doubts == [])
            #expect(reading.certificate.failureCounts == ["429": 1])
            #expect(reading.certificate.waitedMilliseconds >= 60_000)
        }
    }

    @Test("a record with broken text is left out, counted and a doubt; its neighbours are read")
    func brokenText() async throws {
        try await SandboxFixture.with(
            size: 130, { $0.brokenRows = ["company:55", "company:57", "requisite:99"] }
        ) { fixture in
            let companies = try await fixture.read("counterparty")
            let missing = fixture.ids(of: "counterparty")
                .subtracting(companies.records.map(\.id.rawValue))
            #expect(missing == ["55", "57"])
            #expect(companies.certificate.noteCounts["skipped_unreadable"] == 2)
            #expect(companies.certificate.doubts.contains(.recordsSkipped(count: 2)))
            #expect(
                companies.certificate.doubts.contains { doubt in
                    if case .partial(let detail) = doubt {
                        detail.contains("1 of the rows in crm.requisite.list")
                    } else {
                        false
                    }
                })
            // The counts agree: nothing else is missing.
            #expect(companies.certificate.listedCount == companies.certificate.announcedCount)
        }
    }

    @Test(
        "a deal that is deleted while payments are read takes them with it, no more",
        arguments: SandboxFixture.PaymentWay.allCases)
    func deletedOwner(way: SandboxFixture.PaymentWay) async throws {
        try await SandboxFixture.with(size: 60, { way.set(&$0) }) { fixture in
            let before = try await fixture.read("payment")
            fixture.sandbox.inject(
                FaultRule(.rowDeleted, on: .bitrix24, subject: "crm.deal.list", skip: 1, times: 8))
            let reading = try await fixture.read("payment")
            let deleted = Set(
                fixture.sandbox.portalChanges.filter { $0.table == "deal" }.map { String($0.id) })
            #expect(!deleted.isEmpty)
            #expect(reading.certificate.isCertified, "\(reading.certificate.doubts)")
            let left = Set(reading.records.map(\.id))
            let gone = Set(before.records.map(\.id)).subtracting(left)
            let owners = Dictionary(
                uniqueKeysWithValues: fixture.sandbox.world.portal.payments.map {
                    (String($0.id), String($0.ownerID))
                })
            for id in gone { #expect(deleted.contains(owners[id.rawValue] ?? ""), "\(id)") }
        }
    }

    @Test("with the portal's own limit of requests nothing is refused")
    func requestLimit() async throws {
        let time = ManualClock()
        try await SandboxFixture.with(
            size: 400, now: { 1_700_000_000 + (time.now.offset / .seconds(1)) }
        ) { options in
            options.requestsPerSecond = 1
            options.bucketDepth = 5
            // Many requests are wanted here.
            SandboxFixture.PaymentWay.byOwner.set(&options)
        } body: { fixture in
            let clock = MonotonicClock(time)
            let source = try fixture.source(
                limiter: RateLimiter(perSecond: 1, burst: 5, clock: clock), clock: clock)
            let reading = try await fixture.read("payment", from: source)
            #expect(reading.certificate.isCertified)
            #expect(reading.certificate.requests > 10)
            #expect(reading.certificate.failureCounts.isEmpty)
            #expect(reading.certificate.waitedMilliseconds >= 4_000)
        }
    }

    @Test("a portal that allows less than was thought is learnt from its refusals")
    func learntLimit() async throws {
        let time = ManualClock()
        try await SandboxFixture.with(
            size: 400, now: { 1_700_000_000 + (time.now.offset / .seconds(1)) }
        ) { options in
            options.requestsPerSecond = 1
            options.bucketDepth = 5
            SandboxFixture.PaymentWay.byOwner.set(&options)
        } body: { fixture in
            let clock = MonotonicClock(time)
            let source = try fixture.source(
                limiter: RateLimiter(perSecond: 2, burst: 50, clock: clock), clock: clock)
            let reading = try await fixture.read("payment", from: source)
            #expect(reading.certificate.isCertified)
            let refusals = reading.certificate.failureCounts["503"] ?? 0
            #expect(refusals > 0 && refusals * 3 < reading.certificate.requests)
        }
    }

    @Test(
        "operating time is waited for before a method is refused, and after where nothing is told",
        arguments: PortalOptions.BatchCharge.allCases, PortalOptions.TimeDetail.allCases)
    func operatingTime(
        charge: PortalOptions.BatchCharge, detail: PortalOptions.TimeDetail
    ) async throws {
        let time = ManualClock()
        let clock = MonotonicClock(time)
        try await SandboxFixture.with(
            size: 4_600, now: { 1_700_000_000 + (time.now.offset / .seconds(1)) }
        ) { options in
            options.operatingLimit = 120
            // A full batch of commands costs a hundred; three that pay for themselves fill the limit.
            options.operatingCost = charge == .batch ? 40 : 2
            options.batchCharge = charge
            options.timeDetail = detail
        } body: { fixture in
            let source = try fixture.source(
                operating: OperatingTime(limit: 120, clock: clock), clock: clock)
            let reading = try await fixture.read("counterparty", from: source)
            #expect(reading.certificate.isCertified)
            #expect(
                Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "counterparty"))
            #expect(reading.certificate.waitedMilliseconds > 60_000)
            let refused = fixture.sandbox.counters.methods.filter { $0.value.refused > 0 }
            if detail == .plain {
                #expect(!reading.certificate.failureCounts.isEmpty)
            } else {
                #expect(reading.certificate.failureCounts.isEmpty)
                #expect(refused.isEmpty)
            }
        }
    }

    @Test(
        "a method that is blocked is waited for, until its time is forgotten or as long as it takes",
        arguments: [nil, 60, 300] as [Double?])
    func block(seconds: Double?) async throws {
        let time = ManualClock()
        let clock = MonotonicClock(time)
        try await SandboxFixture.with(
            size: 4_600, now: { 1_700_000_000 + (time.now.offset / .seconds(1)) }
        ) { options in
            options.operatingLimit = 120
            options.operatingBlock = seconds
            options.operatingCost = 2
            options.timeDetail = .plain
        } body: { fixture in
            let source = try fixture.source(
                operating: OperatingTime(limit: 120, clock: clock), clock: clock)
            let reading = try await fixture.read("counterparty", from: source)
            #expect(reading.certificate.isCertified)
            #expect(
                Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "counterparty"))
            #expect(!reading.certificate.failureCounts.isEmpty)
        }
    }
}
