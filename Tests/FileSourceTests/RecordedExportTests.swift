import Collection
import Foundation
import Records
import TestSupport
import Testing

/// Exports of real systems, which lie beside a developer's checkout; skipped where they do not.
@Suite("Recorded exports")
struct RecordedExportTests {
    private static let folder = ProjectFolders.shared?.appending(path: "onec/commerceml")

    private func fixture(_ files: String...) throws -> ExportFixture {
        let fixture = try ExportFixture()
        try fixture.copy(files, from: #require(Self.folder))
        return fixture
    }

    @Test(
        "a catalogue and offers of 2.07 are read whole",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func wholeExchange() async throws {
        let fixture = try fixture("dobromyslov/import0_1.xml", "dobromyslov/offers0_1.xml")
        let products = try await fixture.read("product")
        #expect(products.rows.count == 36)
        #expect(products.certificate.isCertified)
        #expect(products.rows.allSatisfy { $0["name"] != nil && $0["unit"] != nil })
        let prices = try await fixture.read("price")
        #expect(prices.certificate.isCertified)
        #expect(!prices.rows.isEmpty && prices.rows.allSatisfy { $0["price_type"] == "BASE" })
        let stock = try await fixture.read("stock")
        #expect(stock.certificate.isCertified)
        #expect(Set(stock.rows.map { $0["warehouse"] }).contains("Владивосток"))
        #expect(stock.rows.allSatisfy { $0["quantity"] != nil && $0["warehouse"] != nil })
    }

    @Test(
        "split files of УТ 11 (2.09) are changes, each for its entity",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func changes() async throws {
        let fixture = try fixture(
            "gillbeits/offers___7f304edc-2527-4d3d-b058-6e4ee53de2e0.xml",
            "gillbeits/prices___d66a6b51-ce9c-4e7a-8c7c-25079721107f.xml",
            "gillbeits/rests___1af6e7b8-a026-4690-9752-1c9d64cb914d.xml")
        let prices = try await fixture.read("price")
        let stock = try await fixture.read("stock")
        #expect(Set(prices.rows.map { $0["product"] }).count == 978)
        #expect(Set(stock.rows.map { $0["product"] }).count == 978)
        #expect(!prices.certificate.isCertified && !stock.certificate.isCertified)
        let error = try await fixture.refusal("product")
        #expect(error.kind == .misconfigured)
    }

    @Test(
        "orders of a site in windows-1251 are read with their buyers",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func orders() async throws {
        let fixture = try fixture(
            "carono/orders.xml", "dobromyslov/bitrix-query-response-full.xml")
        let (rows, certificate) = try await fixture.read("order")
        #expect(Set(rows.map(\.id)) == ["20", "132", "133"])
        let order = try #require(rows.first { $0.id == "20" })
        #expect(order["status"] == "[F] Доставлен")
        #expect(order["total"] == "9683.42 RUB")
        #expect(order["date"] == "2007-10-16")
        #expect(certificate.noteCounts["encoding_repaired"] == nil)
        #expect(!certificate.isCertified)
        #expect(try await fixture.read("counterparty").rows.count == 3)
    }

    @Test(
        "an answer without orders is an empty list of changes",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func noOrders() async throws {
        let fixture = try fixture("dobromyslov/bitrix-query-response-empty.xml")
        let (rows, certificate) = try await fixture.read("order")
        #expect(rows.isEmpty && !certificate.isCertified)
    }

    @Test(
        "a catalogue of 2.07 with sizes, in which products are divided by characteristic",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func characteristics() async throws {
        let fixture = try fixture("carono/import.xml", "carono/offers.xml")
        let products = try await fixture.read("product")
        #expect(products.certificate.isCertified && !products.rows.isEmpty)
        let stock = try await fixture.read("stock")
        #expect(stock.rows.contains { $0["characteristic"] != nil })
        #expect(stock.rows.allSatisfy { $0["quantity"] != nil })
    }

    @Test(
        "a catalogue that no 1C wrote is read, too",
        .enabled(if: folder != nil, "needs the recorded exports beside the checkout"))
    func otherWriter() async throws {
        let fixture = try fixture("rshkabko/import_0.xml", "rshkabko/import_1.xml")
        let (rows, _) = try await fixture.read("product")
        #expect(!rows.isEmpty && rows.allSatisfy { $0["name"] != nil })
    }
}
