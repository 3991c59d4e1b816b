import Collection
import Definitions
import OneC
import Records
@testable import Sandbox
import Testing

@Suite("What goes wrong in a played infobase")
struct SandboxFaultTests {
    @Test("a wrong password is asked once for all entities, since 1C locks accounts")
    func wrongPassword() async throws {
        try await SandboxFixture.run(.bp30) { fixture in
            let source = try fixture.source("onec-bp30", password: "wrong")
            for entity in ["counterparty", "product", "invoice"] {
                await #expect {
                    _ = try await fixture.read(entity, source)
                } throws: { error in
                    let error = error as? CollectionError
                    return error?.kind == .refused
                        && error?.message.contains("User or password is wrong") == true
                }
            }
            let entity = try #require(try SandboxFixture.entities().first)
            #expect(await source.check(entity).map(\.isPassed) == [false])
            #expect(fixture.sandbox.infobase.sessions.counters.wrongPasswords == 1)
        }
    }

    @Test("a mandatory field that an update took away stops its entity, not the others")
    func lostField() async throws {
        let change: (inout InfobaseOptions) -> Void = {
            $0.removedFields = ["Catalog_Контрагенты.ИНН", "Catalog_Номенклатура.Артикул"]
        }
        var fingerprints: [String] = []
        try await SandboxFixture.run(.bp30) {
            fingerprints.append(try await $0.source("onec-bp30").metadata().fingerprint)
        }
        try await SandboxFixture.run(.bp30, change) { fixture in
            let source = try fixture.source("onec-bp30")
            await #expect {
                _ = try await fixture.read("counterparty", source)
            } throws: { error in
                (error as? CollectionError)?.message.contains("Catalog_Контрагенты has no ИНН")
                    == true
            }
            let (products, certificate) = try await fixture.read("product", source)
            #expect(!products.isEmpty && certificate.isCertified)
            #expect(products.values.allSatisfy { $0["article"] == nil })
            #expect(
                certificate.remarks.contains {
                    $0.contains("does not publish Catalog_Номенклатура.Артикул")
                })
            fingerprints.append(try await source.metadata().fingerprint)
            let mapping = try SandboxFixture.mapping("onec-bp30")
            let recognition = ConfigurationRecognition(
                try await source.metadata(),
                candidates: [.init(name: "onec-bp30", mapping: mapping)])
            let best = try #require(recognition.best)
            #expect(best.unreadable == [EntityName("counterparty")])
            #expect(
                best.sections[0].lostFields
                    == [LostField(FieldName("tax_id"), places: ["ИНН"])])
        }
        #expect(Set(fingerprints).count == 2)
    }

    @Test("a further list that is not published leaves the entity in doubt")
    func lostList() async throws {
        let hidden = "Document_ПриходныйКассовыйОрдер"
        try await SandboxFixture.run(.bp30, { $0.unpublished = [hidden] }) { fixture in
            let (payments, certificate) = try await fixture.read(
                "payment", fixture.source("onec-bp30"))
            #expect(!payments.isEmpty && !certificate.isCertified)
            let doubt = try #require(certificate.doubts.first)
            guard case .partial(let detail) = doubt else {
                Issue.record("\(doubt)")
                return
            }
            #expect(detail.contains("does not publish \(hidden)"))
        }
    }

    @Test("rows hidden by rights refuse the reading, or are left out with a doubt")
    func rights() async throws {
        try await SandboxFixture.run(.bp30, { $0.restrictedEvery = ["Catalog_Контрагенты": 4] }) {
            fixture in
            await #expect {
                _ = try await fixture.read("counterparty", fixture.source("onec-bp30"))
            } throws: { error in
                (error as? CollectionError)?.message.contains("may not read every row") == true
            }
            let settings = OneCSource.Settings(isAllowedOnly: true)
            let (records, certificate) = try await fixture.read(
                "counterparty", fixture.source("onec-bp30", settings: settings))
            #expect(!records.isEmpty && !certificate.isCertified)
        }
    }

    @Test("one session of 1C serves an entity, and another takes its place when it is lost")
    func session() async throws {
        try await SandboxFixture.run(.bp30, { $0.sessionMode = .client }) { fixture in
            var settings = OneCSource.Settings(usesSession: true)
            settings.pageBytes = 6_000
            let sessions = fixture.sandbox.infobase.sessions
            let losing = ListeningTransport(fixture.transport) { url in
                if url.contains("$skip=49") { sessions.reset() }
                return nil
            }
            let source = try fixture.source("onec-bp30", settings: settings, through: losing)
            let (records, certificate) = try await fixture.read("counterparty", source)
            #expect(records.count == fixture.sandbox.world.leftCount && certificate.isCertified)
            #expect(sessions.counters.most <= 1)
        }
    }

    @Test("several requests at once take as many sessions of 1C and no more, and read the same")
    func sessionsAtOnce() async throws {
        try await SandboxFixture.run(.bp30, size: 300, { $0.sessionMode = .client }) { fixture in
            var settings = OneCSource.Settings(usesSession: true, pageBytes: 6_000)
            settings.requestsAtOnce = 3
            let source = try fixture.source("onec-bp30", settings: settings)
            let (records, certificate) = try await fixture.read("counterparty", source)
            #expect(records.count == fixture.sandbox.world.leftCount && certificate.isCertified)
            try #require(certificate.pages >= 4)
            #expect((2...3).contains(fixture.sandbox.infobase.sessions.counters.most))
        }
    }

    @Test("rows that nothing tells apart are not added up, which leaves the stock in doubt")
    func toldApart() async throws {
        try await SandboxFixture.run(.bp30, { $0.virtualCount = .none }) { fixture in
            var mapping = try SandboxFixture.mapping("onec-bp30")
            let stock = EntityName("stock")
            let place = try #require(mapping.entities.firstIndex { $0.entity == stock })
            mapping.entities[place].sum?.rows.removeAll { $0 == "Account_Key" }
            let source = OneCSource(
                name: SourceName("infobase"),
                address: try InfobaseAddress(
                    fixture.addresses.infobase, user: fixture.addresses.login,
                    password: fixture.addresses.password),
                mapping: mapping, transport: fixture.transport)
            let certificate = try await fixture.read("stock", source).certificate
            let doubt = try #require(certificate.doubts.first)
            guard case .recordsSkipped(let count) = doubt else {
                Issue.record("\(doubt)")
                return
            }
            #expect(count > 0 && certificate.repeatedCount == count)
            #expect(certificate.remarks.contains { $0.contains("'sum: rows'") })
            let whole = try await fixture.read("stock", fixture.source("onec-bp30")).certificate
            #expect(whole.isCertified, "\(whole.doubts)")
        }
    }

    @Test("an infobase that lets nobody in is waited for as long as patience lasts")
    func patience() async throws {
        try await SandboxFixture.run(.bp30) { fixture in
            fixture.sandbox.inject(FaultRule(.maintenance, on: .onec, times: 9))
            let (records, certificate) = try await fixture.read(
                "counterparty", fixture.source("onec-bp30"))
            #expect(records.count == fixture.sandbox.world.leftCount && certificate.isCertified)
            #expect(certificate.retries == 9 && certificate.waitedMilliseconds > 600_000)
            // Who checks is told at once.
            fixture.sandbox.inject(FaultRule(.maintenance, on: .onec, times: 1))
            let entity = try #require(try SandboxFixture.entities().first)
            let checks = try await fixture.source("onec-bp30").check(entity)
            #expect(checks.map(\.isPassed) == [false])
            #expect(checks.first?.detail.contains("closed for maintenance") == true)
            fixture.sandbox.inject(FaultRule(.noLicence, on: .onec, times: 9))
            var settings = OneCSource.Settings()
            settings.patience = .seconds(300)
            await #expect {
                _ = try await fixture.read(
                    "product", fixture.source("onec-bp30", settings: settings))
            } throws: { error in
                (error as? CollectionError)?.message.contains("No free 1C licence") == true
            }
        }
    }
}
