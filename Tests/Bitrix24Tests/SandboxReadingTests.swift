import Bitrix24
import Collection
import Foundation
import Records
@testable import Sandbox
import TestSupport
import Testing

@Suite("Reading a whole portal")
struct SandboxReadingTests {
    @Test("every entity is read whole and certified", arguments: SandboxFixture.entityNames)
    func everyEntity(name: String) async throws {
        try await SandboxFixture.with { fixture in
            let reading = try await fixture.read(name)
            let ids = Set(reading.records.map(\.id.rawValue))
            #expect(ids.count == reading.records.count)
            #expect(ids == fixture.ids(of: name))
            let certificate = reading.certificate
            #expect(certificate.doubts == [])
            #expect(certificate.remarks == [])
            #expect(certificate.announcedCount == certificate.announcedCountAfter)
            #expect(certificate.listedCount == certificate.announcedCount)
            #expect(certificate.deliveredCount == reading.records.count)
            #expect(certificate.repeatedCount == 0)
            // Pages by position do not show what came meanwhile.
            #expect(certificate.appearedCount == (name == "user" ? nil : 0))
            #expect(certificate.failureCounts.isEmpty && certificate.retries == 0)
            // What is looked up is found, and what is read fits its type.
            #expect(certificate.noteCounts.keys.allSatisfy { $0.hasPrefix("skipped_") })
            let requests = fixture.sandbox.counters.requests
            #expect(certificate.requests == requests)
        }
    }

    @Test("bank accounts, prices, stock, lines and states are those of the portal")
    func values() async throws {
        try await SandboxFixture.with { fixture in
            let portal = fixture.sandbox.world.portal
            let companies = try await fixture.read("counterparty").values("bank_account")
            var accounts: [String: Set<String>] = [:]
            for detail in portal.bankDetails where detail.isActive {
                accounts[String(detail.companyID), default: []].insert(detail.number)
            }
            for (id, value) in companies {
                guard case .texts(let read) = value else { continue }
                #expect(Set(read).isSubset(of: accounts[id] ?? []))
            }
            #expect(!companies.isEmpty)

            let prices = try await fixture.read("price").values("price")
            for price in portal.prices {
                #expect(prices[String(price.id)] == .money(Money(minorUnits: price.price)))
            }
            let stock = try await fixture.read("stock").values("warehouse")
            #expect(stock.values.allSatisfy { $0 != .text("") } && !stock.isEmpty)

            let orders = try await fixture.read("order")
            let lines = orders.values("line_count")
            for deal in portal.deals where !deal.isRecurring && !deal.rows.isEmpty {
                #expect(lines[String(deal.id)] == .integer(Int64(deal.rows.count)))
            }
            try Self.expectDocuments(orders, of: fixture.sandbox.world)
            let states = Set(orders.values("status").values)
            let known: Set<FieldValue> = [
                .text("NEW"), .text("PREPARATION"), .text("PREPAYMENT_INVOICE"),
                .text("EXECUTING"), .text("FINAL_INVOICE"), .text("WON"), .text("LOSE"),
                .text("PAID"),
            ]
            #expect(states.isSubset(of: known) && states.count > 4, "\(states)")
        }
    }

    /// Expects totals in the currencies of the deals, and their rows in the order of the portal.
    private static func expectDocuments(_ orders: SandboxFixture.Reading, of world: World) throws {
        let (totals, lines) = (orders.values("total"), orders.values("lines"))
        for deal in world.portal.deals where !deal.isRecurring {
            let id = String(deal.id)
            #expect(
                totals[id]
                    == .money(
                        Money(minorUnits: deal.opportunity, currency: deal.currency.code)))
            let read = try lines[id]?.texts.map { try #require(DocumentLine($0)) } ?? []
            let rows = deal.rows.map { world.portal.dealRows[Int($0)] }
            #expect(
                read.map(\.product) == rows.map { $0.productID > 0 ? String($0.productID) : nil })
            #expect(read.map(\.quantity) == rows.map { Quantity(units: $0.quantity, scale: 3) })
            #expect(read.map(\.sum) == rows.map { Quantity(units: $0.sum, scale: 2) })
            #expect(read.map(\.vat) == rows.map { $0.vat.percent.map { String($0) } })
            #expect(read.allSatisfy { $0.name != nil })
        }
        #expect(Set(world.portal.deals.map(\.currency)).count > 1)
    }

    @Test("contacts have all their companies")
    func companies() async throws {
        try await SandboxFixture.with { fixture in
            let companies = try await fixture.read("contact").values("company")
            let contacts = fixture.sandbox.world.portal.contacts
            #expect(contacts.contains { $0.secondCompanyID > 0 })
            for contact in contacts {
                #expect(
                    companies[String(contact.id)]?.texts ?? []
                        == contact.companyIDs.map { String($0) })
            }
        }
    }

    @Test(
        "articles and barcodes are found by the name of the catalogue's property, but of variants")
    func properties() async throws {
        try await SandboxFixture.with { fixture in
            let reading = try await fixture.read("product")
            let (articles, barcodes) = (reading.values("article"), reading.values("barcode"))
            let products = fixture.sandbox.world.portal.products
            #expect(products.contains { $0.kind == .offer && !$0.barcode.isEmpty })
            for product in products {
                let id = String(product.id)
                let isRead = product.kind != .offer
                #expect(
                    articles[id]
                        == (isRead && !product.article.isEmpty ? .text(product.article) : nil))
                #expect(
                    barcodes[id]
                        == (isRead && !product.barcode.isEmpty ? .texts([product.barcode]) : nil))
            }
            #expect(reading.certificate.remarks == [])
        }
    }

    @Test(
        "a property that the catalogue does not have is told of, and the goods are read all the same"
    )
    func missingProperty() async throws {
        try await SandboxFixture.with { fixture in
            var fixture = fixture
            for index in fixture.mapping.entities.indices {
                fixture.mapping.entities[index].properties = [
                    MappingProperty(name: "article", codes: ["NO_SUCH"], titles: ["Нет такого"])
                ]
            }
            let reading = try await fixture.read("product")
            #expect(reading.values("article").isEmpty && !reading.records.isEmpty)
            #expect(reading.certificate.isCertified)
            #expect(reading.certificate.remarks.contains { $0.contains("Нет такого or NO_SUCH") })
            let entity = try #require(fixture.entity("product"))
            let checks = await (try fixture.source()).check(entity)
            #expect(checks.filter { !$0.isPassed } == [])
            #expect(checks.contains { $0.detail.contains("no property Нет такого") })
        }
    }

    @Test("a portal that takes one owner at a time, and cuts its directories, gives the same")
    func stubborn() async throws {
        try await SandboxFixture.with({ options in
            options.takesOwnerLists = false
            options.cutsStatuses = true
            options.catalogWrapper = .bare
            options.addressPaging = .plain
            options.escapesUnicode = true
        }) { fixture in
            for name in ["order", "product", "counterparty"] {
                let reading = try await fixture.read(name)
                #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: name))
                #expect(reading.certificate.doubts == [])
                #expect(reading.certificate.noteCounts["unknown_key"] == nil)
            }
        }
    }

    @Test("a box without newer methods is read by the older ones, and the certificate says so")
    func oldBox() async throws {
        try await SandboxFixture.with({ options in
            options.missingMethods = ["catalog.", "crm.item.", "sale."]
        }) { fixture in
            let products = try await fixture.read("product")
            #expect(products.certificate.doubts == [] && !products.records.isEmpty)
            #expect(
                products.certificate.remarks.contains { $0.contains("crm.product.list was read") })
            let portal = fixture.sandbox.world.portal
            let old = portal.products.filter { $0.kind != .offer }
            #expect(
                products.values("article").count == old.count { !$0.article.isEmpty })
            #expect(
                products.values("barcode").count == old.count { !$0.barcode.isEmpty })
            let orders = try await fixture.read("order")
            #expect(orders.records.count == portal.deals.count { !$0.isRecurring })
            #expect(!orders.values("line_count").isEmpty)
            try Self.expectDocuments(orders, of: fixture.sandbox.world)
            let companies = try await fixture.read("contact").values("company")
            #expect(companies.values.contains { $0.texts.count == 1 })
            for name in ["stock", "invoice", "payment"] {
                let absent = try await #require(throws: EntityNotGiven.self) {
                    _ = try await fixture.read(name)
                }
                #expect(absent.reason.contains(name == "stock" ? "catalog." : "crm.item."))
                let entity = try #require(fixture.entity(name))
                let checks = await (try fixture.source()).check(entity)
                #expect(checks.contains { $0.subject == "not given by this system" && $0.isPassed })
            }
            let prices = try await fixture.read("price")
            #expect(Set(prices.values("price_type").values) == [.text("Розничная")])
            #expect(prices.values("price").count == prices.records.count)
        }
    }

    @Test("an exchange's journal in a smart process is read field by field")
    func journal() async throws {
        try await SandboxFixture.with(mapping: "bitrix24-journal") { fixture in
            let reading = try await fixture.read("operation")
            let operations = fixture.sandbox.world.operations
            #expect(reading.certificate.doubts == [])
            #expect(reading.certificate.announcedCount == operations.count)
            #expect(reading.records.count == operations.count)
            func values(_ field: String) -> [String: FieldValue] { reading.values(field) }
            let (moments, kinds) = (values("timestamp"), values("object_kind"))
            let (codes, targets) = (values("error_code"), values("target_system"))
            let (states, details) = (values("status"), values("details"))
            for operation in operations {
                let id = String(operation.id)
                #expect(moments[id] == .instant(epochSeconds: operation.timestamp / 1_000))
                #expect(kinds[id] == .text(operation.object.rawValue))
                #expect(codes[id] == operation.failure.map { .text($0.rawValue) })
                #expect(targets[id] == .text(operation.target))
                #expect(states[id] == .text(operation.status))
                #expect(details[id] == (operation.details.isEmpty ? nil : .text(operation.details)))
            }
            let entity = try #require(fixture.entity("operation"))
            let checks = await (try fixture.source()).check(entity)
            #expect(checks.filter { !$0.isPassed } == [])
        }
    }

    @Test(
        "the older dialect of a plain exchange is read",
        arguments: ["counterparty", "product", "price", "stock", "order"])
    func plain(name: String) async throws {
        try await SandboxFixture.with(mapping: "bitrix24-plain") { fixture in
            let reading = try await fixture.read(name)
            #expect(!reading.records.isEmpty && reading.certificate.doubts == [])
            // Without one, a price or a stock is compared with nothing.
            let scope = ["price": "price_type", "stock": "warehouse"][name]
            if let scope { #expect(reading.values(scope).count == reading.records.count) }
        }
    }

    @Test("all is well is what a check says of a portal where all is well")
    func check() async throws {
        try await SandboxFixture.with(now: { Date().timeIntervalSince1970 }) { fixture in
            for entity in fixture.entities {
                let checks = try await fixture.source().check(entity)
                #expect(checks.filter { !$0.isPassed } == [])
            }
        }
    }
}

extension SandboxFixture {
    /// The ids that an entity has in the portal, by the world behind it.
    func ids(of name: String) -> Set<String> {
        Set((sandbox.world.trueRecords(of: name, in: .bitrix24) ?? []).map(\.id))
    }
}
