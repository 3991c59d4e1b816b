import Collection
import Foundation
import Records
import TestSupport
import Testing

@testable import Sandbox

@Suite("An exchange as the sandbox writes it")
struct SandboxExchangeTests {
    private static let world = World(WorldOptions(size: 60, seed: 6))

    /// A folder with the files in a form.
    private func exchange(_ form: [String]) throws -> ExportFixture {
        var options = CommerceMLOptions()
        for text in form { try options.set(text) }
        let fixture = try ExportFixture()
        var export = CommerceMLExport(Self.world, options)
        try export.write(to: fixture.folder.url)
        return fixture
    }

    private func read(_ entity: String, _ form: [String]) async throws -> [String: String] {
        let (rows, certificate) = try await exchange(form).read(entity)
        #expect(certificate.isCertified, "\(entity): \(certificate.doubts)")
        let field = ["product": "name", "stock": "quantity"][entity] ?? entity
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0[field] ?? "") })
    }

    @Test(
        "says the same in whatever form it comes",
        arguments: [
            ["encoding=windows-1251"], ["zip=on"], ["goods-per-file=7"],
            ["encoding=windows-1251", "zip=on", "goods-per-file=7"],
        ])
    func forms(form: [String]) async throws {
        for entity in ["product", "price", "stock"] {
            let usual = try await read(entity, [])
            let other = try await read(entity, form)
            #expect(!usual.isEmpty && other == usual, "\(entity)")
        }
        let products = try await read("product", form)
        #expect(Set(products.keys) == Set(Self.world.infobase.products.map(\.key.text)))
    }

    @Test("has the orders with their buyers and lines, and the counterparties")
    func documents() async throws {
        let fixture = try exchange(["documents=on"])
        let (orders, _) = try await fixture.read("order")
        let known = Dictionary(
            uniqueKeysWithValues: Self.world.infobase.orders.map { ($0.key.text, $0) })
        #expect(Set(orders.map(\.id)) == Set(known.keys))
        for row in orders {
            let order = try #require(known[row.id])
            #expect(row["number"] == order.number.text)
            #expect(row["counterparty"] == order.counterpartyKey.text)
            let place = row.entity.fields.firstIndex { $0.name.rawValue == "lines" }
            let lines = place.flatMap { row.record.fields[$0]?.texts } ?? []
            let own = order.lines.count {
                !Self.world.infobase.orderLines[Int($0)].isCancelled
            }
            #expect(lines.count == own)
        }
        let (counterparties, _) = try await fixture.read("counterparty")
        let kept = Self.world.counterparties.filter {
            $0.flags.isDisjoint(with: [.folder, .deleted])
        }
        #expect(Set(counterparties.map(\.id)).isSuperset(of: kept.map(\.key.text)))
        #expect(counterparties.contains { $0["tax_id"] != nil && $0["phone"] != nil })
    }

    @Test("is refused where its end is missing", arguments: [["cut=on"], ["cut=on", "zip=on"]])
    func cut(form: [String]) async throws {
        _ = try await exchange(form).refusal("price")
    }
}
