import Foundation
import Testing

@testable import Sandbox

@Suite("Infobase registers")
struct InfobaseRegisterTests {
    private func rows(_ client: SandboxClient, _ path: String) async throws -> [[String: Any]] {
        let separator = path.contains("?") ? "&" : "?"
        let answer = try await client.odata("\(path)\(separator)$format=json;odata=nometadata")
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
        return answer.object?["value"] as? [[String: Any]] ?? []
    }

    private func withTrade<Result>(
        _ configuration: InfobaseConfiguration = .ut11,
        _ body: (SandboxClient, Sandbox) async throws -> Result
    ) async throws -> Result {
        try await withSandbox(
            size: 60, configure: { $0.infobase.configuration = configuration }, body)
    }

    private static let prices = "InformationRegister_ЦеныНоменклатуры_RecordType"
    private static let stock = "AccumulationRegister_ТоварыНаСкладах"

    @Test("a slice has the last price of each product, characteristic and kind")
    func sliceLast() async throws {
        try await withTrade { (client, sandbox) async throws in
            let records = sandbox.world.infobase
            let expected = Set(
                records.prices.filter(\.isLast).map { price in
                    let variant =
                        price.characteristic < 0
                        ? GUID.zero : records.characteristics[Int(price.characteristic)].key
                    return [
                        records.products[Int(price.product)].key.text, variant.text,
                        price.kind.key.text, String(price.price),
                    ]
                })
            let found = try await rows(client, "\(Self.prices)/SliceLast()")
            #expect(found.count == expected.count)
            #expect(
                Set(
                    found.map { row in
                        [
                            row["Номенклатура_Key"] as? String ?? "",
                            row["Характеристика_Key"] as? String ?? "",
                            row["ВидЦены_Key"] as? String ?? "",
                            String(Int(((row["Цена"] as? Double ?? 0) * 100).rounded())),
                        ]
                    }) == expected)
        }
    }

    @Test("a slice knows nothing of what came after its moment, and obeys its condition")
    func sliceParameters() async throws {
        try await withTrade { (client, sandbox) async throws in
            let records = sandbox.world.infobase
            let middle = records.prices.map(\.period).sorted()[records.prices.count / 2]
            let moment = Moment.local(Int64(middle))
            let early = try await rows(
                client, "\(Self.prices)/SliceLast(Period=datetime'\(moment)')")
            #expect(!early.isEmpty)
            #expect(early.allSatisfy { ($0["Period"] as? String ?? "") <= moment })

            let kind = PriceKind.retail.key.text
            let condition = "Condition='ВидЦены_Key eq guid''\(kind)'''"
            let inPath = try await rows(client, "\(Self.prices)/SliceLast(\(condition))")
            let afterMark = try await rows(client, "\(Self.prices)/SliceLast?\(condition)")
            #expect(!inPath.isEmpty && inPath.count == afterMark.count)
            #expect(inPath.allSatisfy { $0["ВидЦены_Key"] as? String == kind })
            let first = try await rows(client, "\(Self.prices)/SliceFirst()")
            #expect(first.count >= inPath.count)
            let page = try await rows(
                client, "\(Self.prices)/SliceLast()?$orderby=Номенклатура_Key&$top=7&$skip=3")
            #expect(page.count == 7)
        }
    }

    @Test("a small firm's prices are records of their own, an accountant's have no characteristics")
    func otherPrices() async throws {
        try await withTrade(.unf3) { (client, sandbox) async throws in
            let found = try await rows(
                client, "InformationRegister_ЦеныНоменклатуры/SliceLast()")
            #expect(found.count == sandbox.world.infobase.prices.count { $0.isLast })
            #expect(found.first?["Recorder"] == nil)
        }
        try await withTrade(.bp30) { (client, _) async throws in
            let found = try await rows(client, "\(Self.prices)/SliceLast()")
            let keys = found.map { "\($0["Номенклатура_Key"] ?? "")\($0["ТипЦен_Key"] ?? "")" }
            #expect(!keys.isEmpty && Set(keys).count == keys.count)
        }
    }

    @Test("a balance is what lies in each warehouse")
    func balance() async throws {
        try await withTrade { (client, sandbox) async throws in
            let records = sandbox.world.infobase
            let expected = Set(
                records.stock.map {
                    [
                        records.products[Int($0.product)].key.text,
                        sandbox.world.characteristicKey($0.characteristic).text,
                        $0.warehouse.key.text, String($0.quantity), String($0.reserved),
                    ]
                })
            let found = try await rows(client, "\(Self.stock)/Balance()")
            func thousandths(_ value: Any?) -> String {
                String(Int(((value as? Double ?? 0) * 1000).rounded()))
            }
            let seen = Set(
                found.map { row in
                    [
                        row["Номенклатура_Key"] as? String ?? "",
                        row["Характеристика_Key"] as? String ?? "",
                        row["Склад_Key"] as? String ?? "", thousandths(row["ВНаличииBalance"]),
                        thousandths(row["КОтгрузкеBalance"]),
                    ]
                })
            #expect(seen == expected)
        }
    }

    @Test("a balance may be of an earlier moment, of one warehouse, and of few dimensions")
    func balanceParameters() async throws {
        try await withTrade { (client, sandbox) async throws in
            let before = Moment.local(Int64(TradeBuilder.firstDay))
            #expect(
                try await rows(client, "\(Self.stock)/Balance(Period=datetime'\(before)')")
                    .isEmpty)
            let main = Warehouse.main.key.text
            let own = try await rows(
                client, "\(Self.stock)/Balance(Condition='Склад_Key eq guid''\(main)''')")
            #expect(own.count == sandbox.world.infobase.stock.count { $0.warehouse == .main })
            let few = try await rows(client, "\(Self.stock)/Balance(Dimensions='Склад')")
            #expect(few.count == Set(sandbox.world.infobase.stock.map(\.warehouse)).count)
            #expect(Set(few[0].keys) == ["Склад_Key", "ВНаличииBalance", "КОтгрузкеBalance"])
            let turnovers = try await rows(client, "\(Self.stock)/Turnovers()")
            let both = try await rows(client, "\(Self.stock)/BalanceAndTurnovers()")
            #expect(turnovers.count == both.count)
            for row in both {
                let numbers = ["OpeningBalance", "Receipt", "Expense", "ClosingBalance"].map {
                    row["ВНаличии\($0)"] as? Double ?? .nan
                }
                #expect(abs(numbers[0] + numbers[1] - numbers[2] - numbers[3]) < 0.0005)
            }
        }
    }

    @Test("an accountant's stock is the balance of accounts 41.01 and 10.01 by item and warehouse")
    func accounting() async throws {
        try await withTrade(.bp30) { (client, sandbox) async throws in
            let balance = "AccountingRegister_Хозрасчетный/Balance"
            let found = try await rows(client, "\(balance)()")
            let total = found.reduce(0) { $0 + ($1["КоличествоBalance"] as? Double ?? 0) }
            let expected = sandbox.world.infobase.stock.reduce(0) { $0 + $1.quantity }
            #expect(abs(total - Double(expected) / 1000) < 0.01)
            #expect(
                found.allSatisfy {
                    $0["ExtDimension1_Type"] as? String == "StandardODATA.Catalog_Номенклатура"
                })
            func goods(_ account: String) async throws -> Set<String> {
                let rows = try await rows(
                    client, "\(balance)?AccountCondition='Account/Code eq ''\(account)'''")
                return Set(
                    rows.filter { $0["КоличествоBalance"] as? Double != 0 }.map { row in
                        "\(row["ExtDimension1"] ?? "") \(row["ExtDimension2"] ?? "")"
                    })
            }
            let (sold, used) = (try await goods("41.01"), try await goods("10.01"))
            #expect(!sold.intersection(used).isEmpty && !sold.subtracting(used).isEmpty)
            #expect(try await goods("60.01").isEmpty)
        }
    }

    @Test("record sets hold the rows of a recorder, without the recorder in each")
    func recordSets() async throws {
        try await withTrade { (client, _) async throws in
            let sets = try await rows(client, Self.stock)
            let flat = try await client.odata("\(Self.stock)_RecordType/$count")
            let lines = sets.flatMap { $0["RecordSet"] as? [[String: Any]] ?? [] }
            #expect(String(lines.count) == flat.text.dropFirst())
            #expect(lines.allSatisfy { $0["Recorder"] == nil && $0["RecordType"] != nil })
            #expect(
                (sets.first?["Recorder_Type"] as? String)?
                    .hasPrefix("UnavailableEntities.UnavailableEntity_") == true)
        }
    }

    @Test(
        "functions that a register does not have are refused",
        arguments: [
            ("AccumulationRegister_ТоварыНаСкладах/SliceLast()", 400, "6"),
            ("AccumulationRegister_ТоварыНаСкладах_RecordType/Balance()", 400, "6"),
            ("Catalog_Контрагенты/Balance()", 400, "6"),
            ("AccumulationRegister_ТоварыНаСкладах/Balance(Когда=1)", 400, "12"),
            ("AccumulationRegister_ТоварыНаСкладах/Balance(Period=datetime'вчера')", 400, "1"),
            ("AccumulationRegister_ТоварыНаСкладах/Balance(Condition='Нет eq 1')", 400, "14"),
        ])
    func refused(path: String, status: Int, code: String) async throws {
        try await withTrade { (client, _) async throws in
            let answer = try await client.odata("\(path)?$format=json")
            #expect(answer.status == status)
            let error = answer.object?["odata.error"] as? [String: Any]
            #expect(error?["code"] as? String == code, "\(answer.text)")
        }
    }
}
