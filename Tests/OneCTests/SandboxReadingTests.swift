import Collection
import CollectorTestSupport
import Definitions
import OneC
import Records
@testable import Sandbox
import Synchronization
import Testing

/// What a record of the sandbox's world says, in Sverka's words.
private typealias Expected = [String: [String: FieldValue]]

@Suite("Reading a played infobase")
struct SandboxReadingTests {
    @Test(
        "every entity is read whole under the names of every configuration",
        arguments: InfobaseConfiguration.allCases)
    func everything(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let mapping = SandboxFixture.mappingName(configuration)
            let source = try fixture.source(mapping)
            let sections = try SandboxFixture.mapping(mapping)
            for entity in try SandboxFixture.entities() where sections[entity.name] != nil {
                let name = entity.name.rawValue
                let (records, certificate) = try await fixture.read(name, source)
                #expect(certificate.isCertified, "\(name): \(certificate.doubts)")
                #expect(certificate.announcedCount == certificate.announcedCountAfter)
                #expect(certificate.deliveredCount == records.count)
                #expect(certificate.listedCount == certificate.announcedCount, "\(name)")
                #expect(certificate.repeatedCount == 0)
                let unknown = certificate.noteCounts["unknown_key", default: 0]
                #expect(unknown == 0, "\(name): \(certificate.noteCounts)")
                let truth = fixture.sandbox.world.trueRecords(
                    of: name, in: .onec, as: configuration)
                #expect(Set(records.keys) == Set(try #require(truth).map(\.id)), "\(name)")
            }
        }
    }

    @Test(
        "products have article, barcodes, group, unit, rate and kind",
        arguments: InfobaseConfiguration.allCases)
    func products(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let source = try fixture.source(SandboxFixture.mappingName(configuration))
            let (records, _) = try await fixture.read("product", source)
            let world = fixture.sandbox.world.infobase
            #expect(world.characteristics.contains { !$0.barcode.isEmpty })
            for product in world.products {
                let record = try #require(records[product.key.text])
                // Those of characteristics are of variants, where the configuration has them.
                let variants = world.characteristics[
                    Int(
                        product.characteristics.lowerBound)..<Int(
                            product.characteristics.upperBound)]
                let barcodes =
                    ([product.barcode] + (configuration == .bp30 ? variants.map(\.barcode) : []))
                    .filter { !$0.isEmpty }
                #expect(record["name"].text == cleaned(product.description))
                #expect(record["article"].text == cleaned(product.article))
                #expect(Set(record["barcode"].texts) == Set(barcodes))
                #expect(
                    Set(record["characteristics"].texts)
                        == Set(configuration == .bp30 ? [] : variants.map(\.description)))
                #expect(
                    record["group"].text
                        == cleaned(world.productGroups[Int(product.group)].description))
                #expect(record["unit"].text == product.measure.symbol)
                // An accountant's base knows of the general rate only that it is the general one.
                let rate =
                    configuration.isTrade
                    ? product.vat.percent
                    : product.vat.percent.map { [18, 20].contains($0) ? 22 : $0 }
                #expect(record["vat"].text == rate.map(String.init))
                #expect(record["kind"].text == "\(product.kind)")
                #expect(record["code"].text == product.codeText)
                #expect(record["is_deleted"] == .boolean(product.isDeleted))
            }
        }
    }

    @Test(
        "counterparties have what stands in other lists: bank accounts, and a partner's code",
        arguments: InfobaseConfiguration.allCases)
    func counterparties(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let source = try fixture.source(SandboxFixture.mappingName(configuration))
            let world = fixture.sandbox.world
            let (records, _) = try await fixture.read("counterparty", source)
            for counterparty in world.counterparties where !counterparty.flags.contains(.folder) {
                let record = try #require(records[counterparty.key.text])
                let accounts = world.infobase.bankAccounts.filter {
                    $0.owner == counterparty.key && !$0.isDeleted
                }
                #expect(Set(record["bank_account"].texts) == Set(accounts.map(\.number)))
                #expect(record["tax_id"].text == cleaned(counterparty.taxID))
                // The legal address, also where another stands before it.
                let addresses = counterparty.contactRows.filter {
                    [.legalAddress, .personAddress].contains($0.kind)
                }
                #expect(record["address"].text == addresses.first?.text)
                let code = record["code"].text
                #expect(
                    configuration.isTrade
                        ? code?.hasPrefix("ЦБ-") == true
                        : code == cleaned(counterparty.codeText))
            }
        }
    }

    @Test("the plain preset tells things apart by their code, whatever the configuration")
    func plain() async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            let source = try fixture.source("onec-plain")
            let world = fixture.sandbox.world.infobase
            let (products, certificate) = try await fixture.read("product", source)
            #expect(Set(products.keys) == Set(world.products.map(\.codeText)))
            #expect(certificate.isCertified)
            let (stock, _) = try await fixture.read("stock", source)
            let codes = Set(stock.values.compactMap { $0["product"].text })
            #expect(!codes.isEmpty && codes.isSubset(of: products.keys))
            // One row of a product, of all warehouses together.
            #expect(stock.count == codes.count)
            #expect(stock.values.allSatisfy { $0["warehouse"].text == "Все склады" })
            let (prices, certified) = try await fixture.read("price", source)
            #expect(certified.isCertified, "\(certified.doubts)")
            // Only the kind that the portal keeps has a name, by which it is compared.
            let kinds = prices.values.compactMap { $0["price_type"].text }
            #expect(Set(kinds) == ["Розничная"] && kinds.count < prices.count)
        }
    }

    @Test("the plain preset reads the stock of a small firm from its own register")
    func plainSmallFirm() async throws {
        try await SandboxFixture.run(.unf3) { fixture in
            let source = try fixture.source("onec-plain")
            let (stock, certificate) = try await fixture.read("stock", source)
            #expect(certificate.isCertified && !stock.isEmpty)
            let entity = try #require(
                try SandboxFixture.entities().first { $0.name.rawValue == "stock" })
            let checks = await source.check(entity)
            #expect(checks.filter { !$0.isPassed } == [])
        }
    }

    @Test(
        "prices and stocks have products, names of kinds and warehouses, and exact numbers",
        arguments: InfobaseConfiguration.allCases)
    func registers(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let source = try fixture.source(SandboxFixture.mappingName(configuration))
            let world = fixture.sandbox.world
            let (prices, _) = try await fixture.read("price", source)
            var found = 0
            for price in world.infobase.prices where price.isLast {
                if configuration == .bp30, price.characteristic >= 0 { continue }
                let product = world.infobase.products[Int(price.product)].key.text
                let record = prices.values.first {
                    $0["product"].text == product
                        && $0["characteristic"].text == world.characteristic(price.characteristic)
                        && $0["price_type"].text == price.kind.title
                }
                #expect(record?["price"] == .money(Money(minorUnits: price.price)))
                found += 1
            }
            #expect(found > 0)
            let (stocks, _) = try await fixture.read("stock", source)
            for stock in world.infobase.stock {
                let product = world.infobase.products[Int(stock.product)].key.text
                // Accounting does not tell characteristics apart.
                let together = world.infobase.stock.filter {
                    configuration == .bp30 && $0.product == stock.product
                        && $0.warehouse == stock.warehouse
                }
                let units =
                    together.isEmpty ? stock.quantity : together.reduce(0) { $0 + $1.quantity }
                let rows = stocks.values.filter {
                    $0["product"].text == product && $0["warehouse"].text == stock.warehouse.title
                }
                let quantity = Quantity(units: units, scale: 3)
                #expect(rows.contains { $0["quantity"] == .quantity(quantity) })
            }
        }
    }

    @Test("goods that stand on two accounts are one stock of all their units")
    func twoAccounts() async throws {
        try await SandboxFixture.run(.bp30) { fixture in
            let reading = try await fixture.judged("stock", .bp30)
            #expect(reading.outcome == .certified, "\(reading.why)")
            #expect(reading.complaint == nil)
            let certificate = try #require(reading.reading.certificate)
            #expect(
                certificate.listedCount > certificate.deliveredCount + certificate.skippedCount)
            // In small pages the rows of one stock come in several of them.
            #expect(certificate.pages > 3)
        }
    }

    @Test(
        "virtual tables are certified however they are counted, and it is told when by their keys",
        arguments: InfobaseVirtualCount.allCases)
    func virtualTables(counting: InfobaseVirtualCount) async throws {
        try await SandboxFixture.run(.ut11, { $0.virtualCount = counting }) { fixture in
            let source = try fixture.source("onec-ut11")
            for name in ["price", "stock"] {
                let (records, certificate) = try await fixture.read(name, source)
                #expect(certificate.isCertified, "\(certificate.doubts)")
                #expect(certificate.listedCount > 0)
                #expect(certificate.announcedCount == certificate.listedCount)
                #expect(certificate.announcedCountAfter == certificate.listedCount)
                #expect(certificate.deliveredCount == records.count)
                let isTold = certificate.remarks.contains { $0.contains("a second time") }
                #expect(isTold == (counting == .none))
            }
        }
    }

    @Test("a count that is cut off on its way is asked for again, and not taken for none")
    func cutCount() async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            let isFirst = Mutex(true)
            let transport = ListeningTransport(fixture.transport) { url in
                guard url.contains("$inlinecount"),
                    isFirst.withLock({ first in
                        defer { first = false }
                        return first
                    })
                else { return nil }
                return HTTPResponse(status: 200, body: Array(#"{"odata.count":"#.utf8))
            }
            let source = try fixture.source("onec-ut11", through: transport)
            let (_, certificate) = try await fixture.read("price", source)
            #expect(certificate.isCertified, "\(certificate.doubts)")
            #expect(certificate.retries == 1)
            #expect(!certificate.remarks.contains { $0.contains("a second time") })
        }
    }

    @Test("keys that read otherwise the second time leave a table that 1C does not count in doubt")
    func otherKeys() async throws {
        try await SandboxFixture.run(.ut11, { $0.virtualCount = .none }) { fixture in
            // The second reading asks for no price.
            let transport = ListeningTransport(fixture.transport) { url in
                url.contains("/SliceLast(") && url.contains("$select=") && !url.contains("$count")
                    && !url.contains("$inlinecount") && !url.contains(",Цена")
                    ? HTTPResponse(status: 200, body: Array(#"{"value":[]}"#.utf8)) : nil
            }
            let source = try fixture.source("onec-ut11", through: transport)
            let (_, certificate) = try await fixture.read("price", source)
            #expect(!certificate.isCertified)
            #expect(
                certificate.doubts.contains(
                    .countDiffers(announced: 0, delivered: certificate.listedCount)))
        }
    }

    @Test(
        "orders and payments have dates, sums, parties and lines",
        arguments: InfobaseConfiguration.allCases)
    func documents(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let source = try fixture.source(SandboxFixture.mappingName(configuration))
            let world = fixture.sandbox.world
            let (payments, _) = try await fixture.read("payment", source)
            for receipt in world.infobase.receipts {
                let record = try #require(payments[receipt.key.text])
                #expect(record["amount"] == Self.money(receipt.amount, receipt.currency))
                #expect(record["counterparty"].text == receipt.counterpartyKey.text)
                #expect(record["number"].text == receipt.voucherNumber)
                #expect(record["purpose"].text == cleaned(receipt.purpose))
            }
            let (invoices, _) = try await fixture.read("invoice", source)
            for invoice in world.infobase.invoices {
                let record = try #require(invoices[invoice.key.text])
                #expect(record["total"] == Self.money(invoice.total, invoice.currency))
                // Trade's invoices have no lines of their own.
                guard !configuration.isTrade else { continue }
                let order = world.infobase.orders[Int(invoice.order)]
                try expectLines(record["lines"], of: order, in: world, configuration)
            }
            // Accounting keeps no orders.
            guard configuration != .bp30 else { return }
            let (orders, _) = try await fixture.read("order", source)
            for order in world.infobase.orders {
                let record = try #require(orders[order.key.text])
                #expect(record["total"] == Self.money(order.total, order.currency))
                try expectLines(record["lines"], of: order, in: world, configuration)
                #expect(record["counterparty"].text == order.counterpartyKey.text)
                #expect(record["number"].text == order.number.text)
                let lines = order.lines.filter {
                    !world.infobase.orderLines[Int($0)].isCancelled
                }
                #expect(record["line_count"] == .integer(Int64(lines.count)))
                #expect(
                    record["other_id"].text == (order.dealID == 0 ? nil : String(order.dealID)))
                if !order.isPosted { #expect(record["status"].text == "draft") }
                if configuration.isTrade {
                    #expect(record["paid"] == Self.money(order.paid, order.currency))
                }
            }
            #expect(Set(world.infobase.orders.map(\.currency)).count > 1)
        }
    }

    private static func money(_ amount: Kopecks, _ currency: Currency) -> FieldValue {
        .money(Money(minorUnits: amount, currency: currency.code))
    }

    /// Expects the lines of an order that count; services of accounting stand after goods.
    private func expectLines(
        _ value: FieldValue?, of order: CustomerOrder, in world: World,
        _ configuration: InfobaseConfiguration
    ) throws {
        let lines = try value?.texts.map { try #require(DocumentLine($0)) } ?? []
        let all = order.lines.map { world.infobase.orderLines[Int($0)] }
            .filter { !$0.isCancelled }
        let kinds = all.map { world.infobase.products[Int($0.product)].kind }
        let expected =
            configuration == .bp30
            ? zip(all, kinds).filter { $1 == .goods }.map(\.0)
                + zip(all, kinds).filter { $1 != .goods }.map(\.0)
            : all
        #expect(lines.count == expected.count)
        for (line, row) in zip(lines, expected) {
            let product = world.infobase.products[Int(row.product)]
            #expect(line.product == product.key.text)
            #expect(line.name?.hasPrefix(cleaned(product.description) ?? "?") == true)
            #expect(line.quantity == Quantity(units: row.quantity, scale: 3))
            #expect(line.sum == Quantity(units: row.sumWithVAT, scale: 2))
            #expect(line.vat == row.vat.percent.map { String($0) })
        }
    }

    @Test("amounts are taken for roubles, with a word, where currencies are not published")
    func withoutCurrencies() async throws {
        try await SandboxFixture.run(
            .ut11, { $0.unpublished = ["Catalog_Валюты"] }
        ) { fixture in
            let (orders, certificate) = try await fixture.read("order", fixture.source("onec-ut11"))
            for order in fixture.sandbox.world.infobase.orders {
                #expect(orders[order.key.text]?["total"] == Self.money(order.total, .rouble))
            }
            #expect(certificate.isCertified)
            #expect(certificate.remarks.contains { $0.contains("Catalog_Валюты") })
        }
    }

    @Test(
        "contacts, users and the exchange's journal are read field by field",
        arguments: InfobaseConfiguration.allCases)
    func others(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let source = try fixture.source(SandboxFixture.mappingName(configuration))
            let world = fixture.sandbox.world
            let (contacts, _) = try await fixture.read("contact", source)
            for contact in world.infobase.contacts {
                let record = try #require(contacts[contact.key.text])
                #expect(record["name"].text == cleaned(contact.description))
                let phones = [contact.phone, contact.secondPhone].compactMap { $0?.text }
                #expect(record["phone"].texts == phones)
                #expect(record["company"].texts.isEmpty == false)
            }
            let (users, _) = try await fixture.read("user", source)
            for user in world.infobase.users where user.serviceName.isEmpty {
                let record = try #require(users[user.key.text])
                #expect(record["is_active"] == .boolean(!user.isInvalid))
                #expect(record["department"].texts == [user.department])
            }
            let (operations, _) = try await fixture.read("operation", source)
            for operation in world.operations {
                let record = try #require(operations[String(operation.id)])
                #expect(record["operation"].text == operation.action.rawValue)
                #expect(record["timestamp"] == .instant(epochSeconds: operation.timestamp / 1_000))
                #expect(record["error_code"].text == operation.failure?.rawValue)
            }
        }
    }

    @Test(
        "the configuration is recognised and loses nothing that is mandatory",
        arguments: InfobaseConfiguration.allCases)
    func recognition(configuration: InfobaseConfiguration) async throws {
        try await SandboxFixture.run(configuration) { fixture in
            let metadata = try await fixture.source("onec-bp30").metadata()
            let names = ["bp30", "ut11", "unf3", "erp2"].map { "onec-\($0)" }
            let recognition = ConfigurationRecognition(
                metadata,
                candidates: try names.map {
                    .init(name: $0, mapping: try SandboxFixture.mapping($0))
                })
            let best = try #require(recognition.best)
            // What tells ERP from trade is production and accounting, which the sandbox has not.
            let expected = configuration == .erp2 ? "ut11" : configuration.rawValue
            #expect(best.name == "onec-\(expected)" && best.unreadable.isEmpty)
            #expect(best.sections.allSatisfy { $0.lostLists.isEmpty })
            #expect(best.signs.found == best.signs.all)
            let other = try #require(recognition.proposals.last)
            #expect(!other.unreadable.isEmpty)
        }
    }

    private func cleaned(_ text: String) -> String? {
        let text = TextCleaning.trimmed(text)
        return text.isEmpty ? nil : text
    }
}

extension Optional where Wrapped == FieldValue {
    /// A text's content.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The texts of a field that holds several.
    var texts: [String] { if case .texts(let texts) = self { texts } else { [] } }
}

extension World {
    /// The reference of a characteristic's place; `nil` for none.
    fileprivate func characteristic(_ place: Int32) -> String? {
        place < 0 ? nil : infobase.characteristics[Int(place)].key.text
    }
}
