import Foundation
import Testing

@testable import Sandbox

@Suite("Infobase queries")
struct InfobaseQueryTests {
    private func rows(_ client: SandboxClient, _ path: String) async throws -> [[String: Any]] {
        let answer = try await client.odata("\(path)&$format=json;odata=nometadata")
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
        return answer.object?["value"] as? [[String: Any]] ?? []
    }

    private func withTrade<Result>(
        _ body: (SandboxClient, Sandbox) async throws -> Result
    ) async throws -> Result {
        try await withSandbox(size: 80, configure: { $0.infobase.configuration = .ut11 }, body)
    }

    private func keys(_ rows: [[String: Any]]) -> Set<String> {
        Set(rows.compactMap { $0["Ref_Key"] as? String })
    }

    private static let orders = "Document_ЗаказКлиента"

    @Test("documents are found by their dates, each in one month")
    func months() async throws {
        try await withTrade { (client, sandbox) async throws in
            var found: [String] = []
            for month in 0..<36 {
                func first(_ month: Int) -> String {
                    let number = String(month % 12 + 101).dropFirst()
                    return "datetime'\(2024 + month / 12)-\(number)-01T00:00:00'"
                }
                let filter = "Date ge \(first(month)) and Date lt \(first(month + 1))"
                let page = try await rows(
                    client, "\(Self.orders)?$filter=\(filter)&$select=Ref_Key&$orderby=Date")
                found += page.compactMap { $0["Ref_Key"] as? String }
            }
            #expect(found.count == Set(found).count)
            #expect(Set(found) == Set(sandbox.world.infobase.orders.map(\.key.text)))
        }
    }

    @Test("parts of dates, sums and arithmetic are compared as numbers")
    func numbers() async throws {
        try await withTrade { (client, sandbox) async throws in
            let orders = sandbox.world.infobase.orders
            let dear = try await rows(
                client,
                "\(Self.orders)?$select=Ref_Key&$filter=СуммаДокумента mul 2 gt 100000.5")
            #expect(keys(dear) == Set(orders.filter { $0.total * 2 > 10_000_050 }.map(\.key.text)))
            let march = try await rows(
                client, "\(Self.orders)?$select=Ref_Key&$filter=month(Date) eq 3")
            #expect(
                keys(march)
                    == Set(
                        orders.filter { Moment.local(Int64($0.date)).dropFirst(5).hasPrefix("03") }
                            .map(\.key.text)))
            for (function, value) in [
                ("year(datetime'2026-03-01T10:20:30')", 2026),
                ("dayofyear(datetime'2026-03-01T10:20:30')", 60),
                ("dayofweek(datetime'2026-03-01T10:20:30')", 7),
                ("quarter(datetime'2026-04-01T10:20:30')", 2),
                ("second(datetime'2026-04-01T10:20:30')", 30),
                ("day(dateadd(datetime'2026-01-31T00:00:00','month',1))", 28),
                (
                    "datedifference(datetime'2026-01-01T00:00:00',datetime'2026-03-01T00:00:00','day')",
                    59
                ),
                ("round(2.6)", 3), ("-3 add 5", 2), ("substring('12345',2,2)", 23),
            ] {
                let literal = function.hasPrefix("substring") ? "'\(value)'" : "\(value)"
                let all = try await client.odata(
                    "Catalog_Валюты/$count?$filter=\(function) eq \(literal)")
                #expect(all.text.dropFirst() == "4", "\(function)")
            }
        }
    }

    @Test("paths lead through references, in filters and in orders")
    func paths() async throws {
        try await withTrade { (client, sandbox) async throws in
            let order = try #require(sandbox.world.infobase.orders.first)
            let taxID = sandbox.world.counterparties[Int(order.counterparty)].taxID
            let found = try await rows(
                client,
                "\(Self.orders)?$select=Ref_Key,Контрагент_Key&$filter=Контрагент/ИНН eq '\(taxID)'"
            )
            #expect(keys(found).contains(order.key.text))
            let owners = Set(
                sandbox.world.counterparties.filter { $0.taxID == taxID }.map(\.key.text))
            #expect(found.allSatisfy { owners.contains($0["Контрагент_Key"] as? String ?? "") })
            let byTotal = try await rows(
                client, "\(Self.orders)?$select=СуммаДокумента&$orderby=СуммаДокумента desc")
            let totals = byTotal.compactMap { $0["СуммаДокумента"] as? Double }
            #expect(totals == totals.sorted(by: >))
            let byName = try await rows(
                client, "\(Self.orders)?$orderby=Контрагент/Description,Date&$select=Ref_Key")
            #expect(byName.count == sandbox.world.infobase.orders.count)
        }
    }

    @Test("a lambda looks into the lines")
    func lambda() async throws {
        try await withTrade { (client, sandbox) async throws in
            let records = sandbox.world.infobase
            func fits(_ line: OrderLine) -> Bool { line.quantity > 10_000 }
            let some = try await rows(
                client,
                "\(Self.orders)?$select=Ref_Key&$filter=Товары/any(d: d/Количество gt 10)")
            let all = try await rows(
                client,
                "\(Self.orders)?$select=Ref_Key&$filter=Товары/all(d: d/Количество gt 10)")
            let lines = { (order: CustomerOrder) in
                order.lines.map { records.orderLines[Int($0)] }
            }
            #expect(
                keys(some)
                    == Set(
                        records.orders.filter { lines($0).contains(where: fits) }.map(\.key.text)))
            #expect(
                keys(all)
                    == Set(records.orders.filter { lines($0).allSatisfy(fits) }.map(\.key.text)))
        }
    }

    @Test("a field of several types is found only by a cast")
    func casts() async throws {
        try await withTrade { (client, sandbox) async throws in
            let receipt = try #require(sandbox.world.infobase.receipts.first { !$0.isCash })
            let set = "Document_ПоступлениеБезналичныхДенежныхСредств?$select=Ref_Key&$filter="
            let key = receipt.counterpartyKey.text
            #expect(try await rows(client, "\(set)Контрагент eq guid'\(key)'").isEmpty)
            let cast = try await rows(
                client, "\(set)Контрагент eq cast(guid'\(key)','Catalog_Контрагенты')")
            #expect(keys(cast).contains(receipt.key.text))
            let kind = try await rows(client, "\(set)isof(Контрагент,'Catalog_Контрагенты')")
            #expect(kind.count == sandbox.world.infobase.receipts.count { !$0.isCash })
            #expect(try await rows(client, "\(set)isof(Контрагент,'Catalog_Партнеры')").isEmpty)
        }
    }

    @Test("references can be unfolded, presented and followed")
    func references() async throws {
        try await withTrade { (client, sandbox) async throws in
            let order = try #require(sandbox.world.infobase.orders.first)
            let name = sandbox.world.counterparties[Int(order.counterparty)].description
            let found = try await rows(
                client,
                "\(Self.orders)?$filter=Ref_Key eq guid'\(order.key.text)'&$expand=Контрагент"
                    + "&$select=Ref_Key,Контрагент_Key,Контрагент____Presentation,Presentation")
            let row = try #require(found.first)
            #expect((row["Контрагент"] as? [String: Any])?["Description"] as? String == name)
            #expect(row["Контрагент____Presentation"] as? String == name)
            #expect((row["Presentation"] as? String)?.contains(order.number.text) == true)
            let path = "\(Self.orders)(guid'\(order.key.text)')"
            let followed = try await client.odata("\(path)/Контрагент?$format=json")
            #expect(followed.object?["Description"] as? String == name)
            let lines = try await rows(client, "\(path)/Товары?$top=100")
            #expect(lines.count == order.lines.count)
            let atom = try await client.odata("\(Self.orders)?$top=2&$expand=Контрагент")
            #expect(atom.text.contains("<m:inline>"))
        }
    }

    @Test("the three kinds of JSON differ in what they say of themselves")
    func formats() async throws {
        try await withTrade { (client, _) async throws in
            let path = "\(Self.orders)?$top=1&$format=application/json;odata="
            let none = try await client.odata(path + "nometadata").text
            let minimal = try await client.odata(path + "minimalmetadata").text
            let full = try await client.odata(path + "fullmetadata").text
            #expect(!none.contains("odata.metadata") && !none.contains("navigationLinkUrl"))
            #expect(minimal.contains("odata.metadata") && minimal.contains("navigationLinkUrl"))
            #expect(!minimal.contains("odata.type"))
            #expect(full.contains("odata.type") && full.contains("odata.editLink"))
        }
    }

    @Test("a section as a set of its own has the rows of all objects, object by object")
    func sections() async throws {
        try await withTrade { (client, sandbox) async throws in
            let whole = try await rows(
                client, "\(Self.orders)?$select=Ref_Key,Товары&$orderby=Ref_Key")
            let inline = whole.flatMap { $0["Товары"] as? [[String: Any]] ?? [] }
            let set = "\(Self.orders)_Товары"
            var paged: [[String: Any]] = []
            while true {
                let page = try await rows(
                    client, "\(set)?$orderby=Ref_Key&$top=50&$skip=\(paged.count)")
                paged += page
                if page.count < 50 { break }
            }
            #expect(NSArray(array: paged) == NSArray(array: inline))
            #expect(paged.count == sandbox.world.infobase.orderLines.count)
        }
    }
}
