import Collection
import Definitions
import Foundation
@testable import OneC
import Records
@testable import Sandbox
import Testing

@Suite("HTTP services of an infobase")
struct ServiceTests {
    @Test("a service that says how many rows it has is read whole and certified")
    func named() async throws {
        try await SandboxFixture.run(.bp30, size: 700) { fixture in
            let source = try fixture.source("onec-service")
            let world = fixture.sandbox.world
            let (counterparties, certificate) = try await fixture.read("counterparty", source)
            #expect(counterparties.count == world.leftCount && certificate.isCertified)
            #expect(certificate.announcedCount == world.leftCount)
            #expect(certificate.pages == world.leftCount / 500 + 1)
            let (orders, _) = try await fixture.read("order", source)
            for order in world.infobase.orders {
                let record = try #require(orders[order.key.text])
                // Numbers come as `1 234,56` with spaces that do not break.
                #expect(
                    record["total"]
                        == .money(Money(minorUnits: order.total, currency: order.currency.code)))
                #expect(record["date"] != nil)
                guard case .texts(let lines) = record["lines"] else {
                    Issue.record("\(order.number) has no lines")
                    continue
                }
                let rows = order.lines.map { world.infobase.orderLines[Int($0)] }
                let read = try lines.map { try #require(DocumentLine($0)) }
                #expect(read.map(\.sum) == rows.map { Quantity(units: $0.sumWithVAT, scale: 2) })
                #expect(read.map(\.vat) == rows.map { $0.vat.percent.map { String($0) } })
            }
        }
    }

    @Test(
        "a mandatory field that none of a service's rows has stops its entity, and not the others",
        arguments: [
            ("id: Ссылка", "name: {path: НетТакого, mandatory: true}", "НетТакого", "'name'"),
            ("id: НетТакого", "name: Наименование", "НетТакого", "the id"),
        ])
    func lostField(id: String, field: String, lost: String, what: String) async throws {
        let text = """
            system: onec
            entities:
              product:
                list: hs/exchange/plain/products
                \(id)
                fields: {\(field)}
              contact:
                list: Catalog_КонтактныеЛица
                id: Ref_Key
                fields: {name: {path: Description, mandatory: true}}
            """
        let mapping = try MappingFile.parse(
            text, file: "m.yaml", entities: SandboxFixture.entities())
        try await SandboxFixture.run(.bp30) { fixture in
            let source = OneCSource(
                name: SourceName("service"),
                address: try InfobaseAddress(
                    fixture.addresses.infobase, user: fixture.addresses.login,
                    password: fixture.addresses.password), mapping: mapping,
                transport: fixture.transport, clock: MonotonicClock(fixture.clock))
            let error = try await #require(throws: CollectionError.self) {
                try await fixture.read("product", source)
            }
            #expect(error.kind == .misconfigured)
            #expect(
                error.message.contains(
                    "hs/exchange/plain/products has no \(lost), which the mapping needs for \(what)"
                ))
            let product = try #require(
                try SandboxFixture.entities().first { $0.name.rawValue == "product" })
            #expect(await source.check(product).map(\.detail) == [error.message])
            let (contacts, certificate) = try await fixture.read("contact", source)
            #expect(!contacts.isEmpty && certificate.isCertified)
            // 1C's references say nothing of when a row was made.
            #expect(certificate.appearedCount == nil)
        }
    }

    @Test(
        "a service that does not count is read and stays in doubt",
        arguments: [
            ("plain", "list: hs/exchange/plain/products", "Наименование", "Ссылка"),
            (
                "data",
                "list: hs/exchange/data/products\n    paging: {rows: data, page: page, size: limit, "
                    + "length: 7}", "name", "guid"
            ),
            (
                "items",
                "list: hs/exchange/items/products\n    paging: {rows: items, page: page, size: "
                    + "limit, length: 7}", "Наименование", "Ссылка"
            ),
        ])
    func uncounted(habit: String, list: String, name: String, id: String) async throws {
        let text = """
            system: onec
            entities:
              product:
                \(list)
                id: \(id)
                fields: {name: {path: \(name), mandatory: true}}
            """
        let mapping = try MappingFile.parse(
            text, file: "m.yaml", entities: SandboxFixture.entities())
        try await SandboxFixture.run(.bp30) { fixture in
            let source = OneCSource(
                name: SourceName("service"),
                address: try InfobaseAddress(
                    fixture.addresses.infobase, user: fixture.addresses.login,
                    password: fixture.addresses.password),
                mapping: mapping, transport: fixture.transport,
                clock: MonotonicClock(fixture.clock))
            let (products, certificate) = try await fixture.read("product", source)
            #expect(products.count == fixture.sandbox.world.infobase.products.count)
            #expect(certificate.doubts.count == 1 && certificate.announcedCount == nil)
        }
    }

    @Test(
        "parts by a mark or an address of the answer are followed to the end, at the infobase only")
    func marks() async throws {
        let address = try InfobaseAddress("https://srv.example/base", user: "u", password: "p")
        let transport = ListeningTransport(AsyncHTTPTransport()) { url in
            let rows =
                url.contains("from=2") ? "[{\"id\":\"3\"}]" : "[{\"id\":\"1\"},{\"id\":\"2\"}]"
            let next = url.contains("from=2") ? "null" : "\"https://srv.example/base/hs/x?from=2\""
            return HTTPResponse(
                status: 200, body: Array("{\"d\":\(rows),\"n\":3,\"next\":\(next)}".utf8))
        }
        func source(_ next: String) throws -> OneCSource {
            let text = """
                system: onec
                entities:
                  product:
                    list: hs/x
                    paging: {rows: d, total: n, next: \(next)}
                    id: id
                    fields: {name: id}
                """
            return OneCSource(
                name: SourceName("s"), address: address,
                mapping: try MappingFile.parse(
                    text, file: "m.yaml", entities: SandboxFixture.entities()),
                transport: transport)
        }
        let product = try #require(
            try SandboxFixture.entities().first { $0.name.rawValue == "product" })
        let certificate = try await source("next").collect(product, progress: { _, _ in }) { _ in }
        #expect(certificate.deliveredCount == 3 && certificate.isCertified)
        #expect(
            transport.urls == [
                "https://srv.example/base/hs/x", "https://srv.example/base/hs/x?from=2",
            ])
        #expect(address.service("https://elsewhere.example/base/hs/x", query: []) == nil)
    }

    @Test("old encodings and byte order marks are read, and a failure that is told is told on")
    func answers() throws {
        let cyrillic = try #require("{\"Имя\":\"Щёлково\"}".data(using: .windowsCP1251))
        for body in [Array(cyrillic), Array("\u{FEFF}{\"Имя\":\"Щёлково\"}".utf8)] {
            let document = try ServiceAnswer.document(
                in: HTTPResponse(status: 200, body: body), of: "hs/x", at: "srv")
            #expect(document.root["Имя"]?.string == "Щёлково")
        }
        #expect {
            try ServiceAnswer.document(
                in: HTTPResponse(
                    status: 200,
                    body: Array("{\"success\":false,\"error\":\"Нет прав\"}".utf8)),
                of: "hs/x", at: "srv")
        } throws: { error in
            let refusal = error as? RefusedAnswer
            return refusal?.isTransient == false
                && refusal?.error.message.contains("Нет прав") == true
        }
    }
}
