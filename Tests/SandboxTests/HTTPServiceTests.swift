import Foundation
import Testing

@testable import Sandbox

@Suite("HTTP service")
struct HTTPServiceTests {
    private func call(
        _ client: SandboxClient, _ path: String, method: String = "GET"
    ) async throws -> SandboxClient.Answer {
        let credentials = Data("\(client.addresses.login):\(client.addresses.password)".utf8)
        return try await client.send(
            method, client.addresses.infobase + "hs/exchange/" + path,
            headers: ["Authorization": "Basic \(credentials.base64EncodedString())"])
    }

    @Test("a bare array has every counterparty, named as in 1C")
    func plain() async throws {
        try await withSandbox(size: 60) { (client, sandbox) async throws in
            let answer = try await call(client, "plain/counterparties")
            let rows = try #require(
                try JSONSerialization.jsonObject(with: answer.body) as? [[String: Any]])
            #expect(rows.count == sandbox.world.leftCount)
            let first = try #require(
                sandbox.world.counterparties.first { !$0.flags.contains(.folder) })
            let row = try #require(rows.first { $0["Ссылка"] as? String == first.key.text })
            #expect(row["ИНН"] as? String == first.taxID)
            #expect(row["НаименованиеПолное"] as? String == first.fullName)
        }
    }

    @Test("pages of a service give together what the world has", arguments: ServiceEntity.allCases)
    func pages(entity: ServiceEntity) async throws {
        try await withSandbox(size: 60) { (client, sandbox) async throws in
            let all = entity.rows(of: sandbox.world).count
            var seen = 0
            var page = 1
            while true {
                let answer = try await call(client, "data/\(entity.rawValue)?page=\(page)&limit=50")
                let rows = try #require(answer.object?["data"] as? [[String: Any]])
                seen += rows.count
                if rows.count < 50 { break }
                page += 1
            }
            #expect(seen == all && all > 0)
            let named = try await call(
                client, "named/\(entity.rawValue)?offset=\(all - 1)&limit=50")
            #expect((named.object?[entity.title] as? [Any])?.count == 1)
            #expect(named.object?["Итого"] as? Int == all)
        }
    }

    @Test("numbers, dates and flags are written as people read them, where that is the habit")
    func habits() async throws {
        try await withSandbox(size: 60) { (client, sandbox) async throws in
            let named = try await call(client, "named/orders?limit=1000")
            let rows = try #require(named.object?["Заказы"] as? [[String: Any]])
            let order = try #require(
                sandbox.world.infobase.orders.first { $0.total > 100_000_000 }
                    ?? sandbox.world.infobase.orders.first)
            let row = try #require(rows.first { $0["Ссылка"] as? String == order.key.text })
            let sum = try #require(row["Сумма"] as? String)
            #expect(
                sum.replacing("\u{A0}", with: "").replacing(",", with: ".")
                    == ODataValue.money(order.total).text)
            #expect(order.total < 100_000 || sum.contains("\u{A0}"))
            #expect((row["Дата"] as? String)?.hasPrefix(Moment.russianDate(order.date)) == true)
            #expect(row["Проведен"] as? String == (order.isPosted ? "Да" : "Нет"))
            #expect((row["Товары"] as? [Any])?.count == order.lines.count)

            let items = try await call(client, "items/orders?limit=2")
            #expect(Array(items.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
            #expect(items.contentType.hasPrefix("text/html"))
            #expect(items.text.dropFirst().hasPrefix("{\"success\":true"))
        }
    }

    @Test("knows only its own paths and methods, asks for the password, and can fail inside")
    func refusals() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            #expect(try await call(client, "plain/unknown").status == 404)
            #expect(try await call(client, "plain/users", method: "POST").status == 405)
            let nobody = try await client.send(
                "GET", client.addresses.infobase + "hs/exchange/plain/users")
            #expect(nobody.status == 401)
            sandbox.inject(FaultRule(.handlerException, on: .onec, subject: "hs/"))
            let failed = try await call(client, "plain/users")
            #expect(failed.status == 500 && failed.text.contains("Поле объекта не обнаружено"))
            let late = try await call(client, "data/orders?from=2100-01-01T00:00:00")
            #expect((late.object?["data"] as? [Any])?.isEmpty == true)
        }
    }
}
