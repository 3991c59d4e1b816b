import Collection
import CollectorTestSupport
import Definitions
import Foundation
import OneC
import Records
@testable import Sandbox
import TestSupport
import Testing

@Suite("Every fault of a played infobase")
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
            .handlerException, .queryLimit, .tooMany, .overloaded, .maintenance:
            (.certified, .refused(.unreachable))
        case .html200, .truncatedJSON: (.certified, .refused(.malformed))
        case .noSession, .noLicence: (.certified, .refused(.limited))
        case .trickle: (.certified, .certified)
        // What a person has to act upon is not tried again.
        case .redirected, .versionMismatch, .errorEmpty, .errorZero, .errorNumber, .errorSentence:
            (.refused(.misconfigured), .refused(.misconfigured))
        case .expiredToken: (.refused(.refused), .refused(.refused))
        // Positions shift when rows come and go: what does not add up is read again, three times.
        case .repeatedPage: (.certified, .refused(.malformed))
        case .rowCreated: (.certified, .doubted([.count, .partial]))
        // A row that was given and is gone by now cannot be taken back.
        case .rowDeleted: (.doubted([.count]), .doubted([.count, .partial]))
        case .rowUpdated: (.certified, .doubted([.partial]))
        // These are ways of the portal alone, and nothing happens.
        case .emptyBatch, .lostCommand, .staleTotal, .wrongEncoding: (.certified, .certified)
        }
    }

    @Test("alone leads to the truth or to its own reason", arguments: SandboxFault.allCases)
    func alone(fault: SandboxFault) async throws {
        let expected = Self.expected(fault)
        for (times, outcome) in [(1, expected.once), (100_000, expected.always)] {
            try await SandboxFixture.run(.bp30) { fixture in
                var rule = FaultRule(
                    fault, on: .onec, subject: "Catalog_Контрагенты", skip: times > 1 ? 0 : 1,
                    times: times)
                rule.seconds = 0
                fixture.sandbox.inject(rule)
                let reading = try await fixture.judged(
                    "counterparty", .bp30)
                #expect(reading.outcome == outcome, "\(fault), \(times) times: \(reading.why)")
                #expect(reading.complaint == nil)
            }
        }
    }

    @Test("in any mix leads to the truth or to a reason that explains it", arguments: 1...8)
    func mixes(seed: Int) async throws {
        let configurations = InfobaseConfiguration.allCases
        let configuration = configurations[seed % configurations.count]
        try await SandboxFixture.run(configuration) { fixture in
            for name in ["counterparty", "product", "order", "price", "payment"]
            where name != "order" || configuration != .bp30 {
                fixture.sandbox.resetCounters()
                var mix = FaultMix(
                    seed: UInt64(seed), rate: 0.02 + 0.03 * Double(seed % 4), systems: [.onec],
                    faults: SandboxFault.allCases)
                mix.seconds = 0
                fixture.sandbox.inject(mix)
                let reading = try await fixture.judged(name, configuration)
                #expect(reading.complaint == nil)
            }
        }
    }

    private static let settings: [SwitchSetting] = [
        SwitchSetting(
            name: "onec-configuration", value: "unf3", entity: "order",
            outcome: .refused(.misconfigured)),
        SwitchSetting(name: "onec-unpublished", value: "Catalog_Валюты"),
        SwitchSetting(
            name: "onec-unpublished", value: "Catalog_Контрагенты",
            outcome: .refused(.misconfigured)),
        SwitchSetting(name: "onec-unpublished", value: "*", outcome: .refused(.misconfigured)),
        SwitchSetting(
            name: "onec-removed-fields", value: "Catalog_Контрагенты.РегистрационныйНомер"),
        SwitchSetting(
            name: "onec-removed-fields", value: "Catalog_Контрагенты.ИНН",
            outcome: .refused(.misconfigured)),
        SwitchSetting(name: "onec-added-fields", value: "Catalog_Контрагенты.КодФилиала"),
        // A real infobase has 15 MB; MetadataTests reads as much.
        SwitchSetting(name: "onec-metadata-bytes", value: "300000"),
        SwitchSetting(
            name: "onec-empty-composition-404", value: "on", outcome: .refused(.misconfigured),
            beside: ["onec-unpublished": "*"]),
        SwitchSetting(name: "onec-inlinecount-ignores-paging", value: "on"),
        SwitchSetting(name: "onec-virtual-count", value: "none"),
        SwitchSetting(name: "onec-virtual-count", value: "own"),
        SwitchSetting(name: "onec-wrong-field-empty", value: "on"),
        SwitchSetting(name: "onec-ignore-unknown", value: "on"),
        SwitchSetting(
            name: "onec-restricted", value: "Catalog_Контрагенты:4", outcome: .refused(.refused)),
        SwitchSetting(name: "onec-wrong-passwords", value: "3"),
        SwitchSetting(name: "onec-lockout-seconds", value: "60"),
        SwitchSetting(
            name: "onec-maintenance", value: "00:00-24:00", outcome: .refused(.unreachable)),
        SwitchSetting(name: "onec-answer-bytes", value: "1000000"),
        SwitchSetting(name: "onec-answer-bytes", value: "10", outcome: .refused(.unreachable)),
        SwitchSetting(name: "onec-sessions", value: "client"),
        SwitchSetting(name: "onec-pool", value: "1"),
        SwitchSetting(name: "onec-pool", value: "0", outcome: .refused(.limited)),
        SwitchSetting(name: "onec-licences", value: "1"),
        SwitchSetting(name: "onec-licences", value: "0", outcome: .refused(.limited)),
        SwitchSetting(name: "onec-session-idle", value: "60"),
        SwitchSetting(name: "onec-cold-start", value: "0.05"),
        SwitchSetting(name: "onec-answer-seconds", value: "0.01"),
    ]

    @Test("every switch of the infobase's behaviour has its outcome", arguments: settings)
    func behaviour(setting: SwitchSetting) async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            var options = fixture.sandbox.infobaseOptions
            for (name, value) in setting.beside { try options.set(name, to: value) }
            try options.set(setting.name, to: setting.value)
            fixture.sandbox.changeInfobase { $0 = options }
            let reading = try await fixture.judged(setting.entity, .ut11)
            #expect(reading.outcome == setting.outcome, "\(reading.why)")
            if setting.outcome == .certified {
                #expect(reading.complaint == nil)
                let price = try await fixture.judged("price", .ut11)
                #expect(price.outcome == .certified, "\(price.why)")
                #expect(price.complaint == nil)
            }
        }
    }

    @Test(
        "a certified snapshot that is wrong in one field is seen",
        arguments: [
            ("counterparty", ["name", "tax_id", "kpp", "phone", "email", "address"]),
            ("order", ["number", "total", "counterparty", "lines"]),
            ("invoice", ["number", "total", "counterparty"]),
            ("payment", ["amount", "counterparty"]),
        ])
    func wrongFields(name: String, fields: [String]) async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            let reading = try await fixture.judged(name, .ut11)
            #expect(reading.complaint == nil)
            let truth = try #require(
                fixture.sandbox.world.trueRecords(of: name, in: .onec, as: .ut11))
            for field in fields {
                var altered = truth
                let place = try #require(
                    truth.firstIndex { $0.fields[field]?.texts.isEmpty == false }, "\(field)")
                altered[place].fields[field]?.texts = ["another"]
                let judged = JudgedReading(
                    reading.reading, against: altered,
                    mapping: try #require(
                        try SandboxFixture.mapping("onec-ut11")[EntityName(name)]),
                    in: .onec, of: fixture.sandbox)
                #expect(judged.complaint?.contains("has \(field) ") == true, "\(field)")
            }
        }
    }

    @Test("no switch of the infobase is left out above")
    func noneLeftOut() {
        #expect(Set(Self.settings.map(\.name)) == Set(InfobaseOptions.switches.map(\.name)))
    }
}

extension SandboxFixture {
    /// Reads an entity under the names of a configuration, in small pages, and judges it against the
    /// world.
    func judged(
        _ name: String, _ configuration: InfobaseConfiguration
    ) async throws -> JudgedReading {
        let entity = try EntityFile.read(
            Self.templates.appending(path: "entities/\(name).yaml"))
        var settings = OneCSource.Settings(pageBytes: 6_000)
        settings.partRows = 12
        let mapping = Self.mappingName(configuration)
        let reading = await CollectedReading(
            of: entity,
            from: try source(mapping, settings: settings, through: PatienceTransport(to: sandbox)))
        return JudgedReading(
            reading,
            against: try #require(
                sandbox.world.trueRecords(of: name, in: .onec, as: configuration)),
            mapping: try #require(try Self.mapping(mapping)[entity.name]), in: .onec, of: sandbox)
    }
}
