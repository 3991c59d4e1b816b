import Bitrix24
import Collection
import CollectorTestSupport
import Foundation
import Records
@testable import Sandbox
import TestSupport
import Testing

@Suite("Every fault of a played portal")
struct FaultSwitchTests {
    /// What comes of a fault that is met once, and of one that stays.
    ///
    /// Without a default: whoever adds a fault has to say here what it leads to.
    private static func expected(
        _ fault: SandboxFault
    ) -> (once: ReadingOutcome, always: ReadingOutcome) {
        switch fault {
        // What passes is waited out.
        case .html502, .html504, .reset, .dropped, .slow, .internalError, .diskFull,
            .handlerException:
            (.certified, .refused(.unreachable))
        case .html200, .truncatedJSON, .emptyBatch, .lostCommand, .noLicence:
            (.certified, .refused(.malformed))
        case .queryLimit, .tooMany: (.certified, .refused(.limited))
        case .trickle: (.certified, .certified)
        // What a person has to act upon is not tried again.
        case .overloaded: (.refused(.limited), .refused(.limited))
        case .redirected, .versionMismatch:
            (.refused(.misconfigured), .refused(.misconfigured))
        case .expiredToken, .errorEmpty, .errorZero, .errorNumber:
            (.refused(.refused), .refused(.refused))
        case .errorSentence, .maintenance, .noSession:
            (.refused(.malformed), .refused(.malformed))
        // A page that was read before is noticed; a wrong count at both ends is, too.
        case .repeatedPage: (.certified, .refused(.malformed))
        case .staleTotal: (.certified, .doubted([.count]))
        case .wrongEncoding: (.certified, .refused(.malformed))
        // What came and went meanwhile may be in it or not; the rest is as it was.
        case .rowCreated, .rowDeleted, .rowUpdated: (.certified, .certified)
        }
    }

    @Test("alone leads to the truth or to its own reason", arguments: SandboxFault.allCases)
    func alone(fault: SandboxFault) async throws {
        let expected = Self.expected(fault)
        for (times, outcome) in [(1, expected.once), (100_000, expected.always)] {
            try await SandboxFixture.with(size: 60) { fixture in
                var rule = FaultRule(fault, on: .bitrix24, skip: 1, times: times)
                rule.seconds = 0
                rule.subject =
                    switch fault.place {
                    case .request: "batch"
                    case .batch: ""
                    case .list: "crm.company.list"
                    }
                if times > 1 { rule.skip = 0 }
                fixture.sandbox.inject(rule)
                let reading = try await fixture.judged("counterparty")
                #expect(reading.outcome == outcome, "\(fault), \(times) times: \(reading.why)")
                #expect(fixture.sandbox.counters.faults[fault, default: 0] > 0)
                #expect(reading.complaint == nil)
            }
        }
    }

    @Test("in any mix leads to the truth or to a reason that explains it", arguments: 1...8)
    func mixes(seed: Int) async throws {
        try await SandboxFixture.with(size: 60, seed: UInt64(seed)) { fixture in
            for name in ["counterparty", "order", "price", "payment"] {
                fixture.sandbox.resetCounters()
                var mix = FaultMix(
                    seed: UInt64(seed), rate: 0.02 + 0.02 * Double(seed % 4), systems: [.bitrix24],
                    faults: SandboxFault.allCases)
                mix.seconds = 0
                fixture.sandbox.inject(mix)
                let reading = try await fixture.judged(name)
                #expect(reading.complaint == nil)
            }
        }
    }

    /// Switches that change nothing of what is read by webhook without a limit, and where they are
    /// tried.
    private static let elsewhere: [String: String] = [
        "access-lifetime": "ApplicationSwitchTests", "refresh-lifetime": "ApplicationSwitchTests",
        "refresh-grace": "ApplicationSwitchTests", "uninstalled": "ApplicationSwitchTests",
        "operating-limit": "SandboxFaultTests", "operating-cost": "SandboxFaultTests",
        "operating-block": "SandboxFaultTests",
        "batch-charge": "SandboxFaultTests", "time": "SandboxFaultTests",
        "new-host": "newHost(), below",
        // A browser is sent there, and the collector does not ask for it.
        "redirect-uri": "OAuthTests of the sandbox", "app-info": "OAuthTests of the sandbox",
    ]

    private static let settings: [SwitchSetting] = [
        SwitchSetting(name: "scopes", value: "user", outcome: .refused(.refused)),
        SwitchSetting(name: "admin", value: "off", outcome: .doubted([.rights])),
        SwitchSetting(name: "dismissed", value: "on", outcome: .refused(.refused)),
        SwitchSetting(name: "may-read-crm", value: "off", outcome: .refused(.refused)),
        // Nobody but an administrator is shown all, and that is asked for.
        SwitchSetting(
            name: "visible-share", value: "0.6", outcome: .doubted([.rights]),
            beside: ["admin": "off"]),
        SwitchSetting(name: "code", value: "changed0webhook1", outcome: .refused(.refused)),
        SwitchSetting(name: "requests-per-second", value: "5"),
        SwitchSetting(name: "bucket-depth", value: "250"),
        SwitchSetting(name: "fractional-start", value: "on"),
        SwitchSetting(name: "missing-methods", value: "catalog.,crm.item."),
        SwitchSetting(name: "statuses", value: "docs"),
        SwitchSetting(name: "address-paging", value: "plain"),
        SwitchSetting(name: "start-rounding", value: "exact"),
        SwitchSetting(name: "beyond-end", value: "lastPage"),
        SwitchSetting(name: "catalog-wrapper", value: "bare"),
        SwitchSetting(name: "owner-lists", value: "off"),
        SwitchSetting(name: "row-filter", value: "off"),
        SwitchSetting(name: "cut-statuses", value: "on"),
        SwitchSetting(name: "ignore-iso-dates", value: "on"),
        SwitchSetting(
            name: "removed-fields", value: "company.TITLE", outcome: .refused(.misconfigured)),
        SwitchSetting(name: "item-categories", value: "on", entity: "contact"),
        SwitchSetting(name: "invalid-body", value: "refused"),
        SwitchSetting(name: "unset-multiple", value: "false"),
        SwitchSetting(name: "comments", value: "bb"),
        SwitchSetting(name: "comments", value: "html"),
        SwitchSetting(name: "escape-unicode", value: "on"),
        SwitchSetting(name: "utc-offset", value: "7"),
        SwitchSetting(name: "clock-skew", value: "-90"),
        SwitchSetting(name: "midnight", value: "greenwich"),
        SwitchSetting(name: "state", value: "unpaid", outcome: .refused(.refused)),
        SwitchSetting(name: "state", value: "deleted", outcome: .refused(.refused)),
        SwitchSetting(name: "state", value: "overloaded", outcome: .refused(.limited)),
        SwitchSetting(name: "state", value: "free", outcome: .refused(.refused)),
        SwitchSetting(name: "https-only", value: "on", outcome: .refused(.misconfigured)),
        SwitchSetting(name: "broken-rows", value: "company:55", outcome: .doubted([.skipped])),
    ]

    @Test("every switch of the portal's behaviour has its outcome", arguments: settings)
    func behaviour(setting: SwitchSetting) async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            try fixture.sandbox.portal.settings.change { (options) throws(SandboxTextError) in
                for (name, value) in setting.beside { try options.set(name, to: value) }
                try options.set(setting.name, to: setting.value)
            }
            let reading = try await fixture.judged(setting.entity)
            #expect(reading.outcome == setting.outcome, "\(reading.why)")
            if setting.outcome == .certified {
                #expect(reading.complaint == nil)
                let order = try await fixture.judged("order")
                #expect(order.outcome == .certified, "\(order.why)")
                #expect(order.complaint == nil)
            }
        }
    }

    @Test(
        "a certified snapshot that is wrong in one field is seen",
        arguments: [
            ("counterparty", ["name", "tax_id", "kpp", "phone", "email", "address", "owner"]),
            ("order", ["title", "total", "counterparty", "lines", "status"]),
            ("invoice", ["number", "total", "counterparty", "lines", "status"]),
        ])
    func wrongFields(name: String, fields: [String]) async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            let reading = try await fixture.judged(name)
            #expect(reading.complaint == nil)
            let truth = try #require(fixture.sandbox.world.trueRecords(of: name, in: .bitrix24))
            for field in fields {
                var altered = truth
                let place = try #require(
                    truth.firstIndex { $0.fields[field]?.texts.isEmpty == false }, "\(field)")
                altered[place].fields[field]?.texts = ["another"]
                let judged = JudgedReading(
                    reading.reading, against: altered,
                    mapping: try #require(fixture.mapping[EntityName(name)]), in: .bitrix24,
                    of: fixture.sandbox)
                #expect(judged.complaint?.contains("has \(field) ") == true, "\(field)")
            }
        }
    }

    @Test("a renamed portal without TLS is not followed, and its new host is named")
    func newHost() async throws {
        try await SandboxFixture.with(size: 60, { $0.newHost = "portal.localhost" }) { fixture in
            fixture.sandbox.inject(FaultRule(.redirected, on: .bitrix24, subject: "batch"))
            let reading = try await fixture.judged("counterparty")
            #expect(reading.outcome == .refused(.misconfigured))
            #expect(reading.why.contains("sends on to portal.localhost"), "\(reading.why)")
        }
    }

    @Test("no switch of the portal is left out above")
    func noneLeftOut() {
        let tried = Set(Self.settings.map(\.name)).union(Self.elsewhere.keys)
        #expect(tried == Set(PortalOptions.switches.map(\.name)))
    }
}

extension SandboxFixture {
    /// Reads an entity and judges it against the world.
    func judged(
        _ name: String, from given: Bitrix24Source? = nil
    ) async throws -> JudgedReading {
        let entity = try #require(self.entity(name))
        let source = try given ?? self.source(through: PatienceTransport(to: sandbox))
        let reading = await CollectedReading(of: entity, from: source)
        return JudgedReading(
            reading, against: try #require(sandbox.world.trueRecords(of: name, in: .bitrix24)),
            mapping: try #require(mapping[entity.name]), in: .bitrix24, of: sandbox)
    }
}
