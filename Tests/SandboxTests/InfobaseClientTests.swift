import Foundation
import TestSupport
import Testing

@testable import Sandbox

@Suite(
    "Infobase read by python-1c-odata", .serialized,
    .enabled(
        if: ExternalTool.pythonHas("python_1c_odata"), "python has no python-1c-odata"))
struct InfobaseClientTests {
    @Test(
        "somebody else's client reads every set, equal to the world",
        arguments: InfobaseConfiguration.allCases)
    func everything(configuration: InfobaseConfiguration) async throws {
        try await withSandbox(
            size: 120, configure: { $0.infobase.configuration = configuration }
        ) { client, sandbox in
            let folder = try TemporaryFolder()
            let file = folder.url.appending(path: "expected.json")
            let expected = WorldExpectation(world: sandbox.world, configuration: configuration)
            try JSONSerialization.data(withJSONObject: expected.sets).write(to: file)
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "Fixtures/read_infobase.py")
            let python = try #require(ExternalTool.python)
            let addresses = client.addresses
            let arguments = [
                script.path, addresses.infobase, addresses.login, addresses.password, file.path,
            ]
            let outcome = try await ExternalTool.runAside(python, arguments)
            #expect(outcome.status == 0, "\(String(decoding: outcome.output, as: UTF8.self))")
        }
    }
}

/// What each set has to hold, told from the world and not from the sandbox's descriptions of sets.
struct WorldExpectation {
    let world: World
    let configuration: InfobaseConfiguration

    private typealias Row = [String: Any]

    /// Rows by the path that is read, each with the fields that matter.
    var sets: [String: Any] {
        var sets = common
        switch configuration {
        case .bp30: sets.merge(accountant) { first, _ in first }
        case .unf3: sets.merge(smallFirm) { first, _ in first }
        case .ut11, .erp2: sets.merge(trade) { first, _ in first }
        }
        return sets
    }

    private var records: InfobaseRecords { world.infobase }

    private func roubles(_ kopecks: Kopecks) -> Double { Double(kopecks) / 100 }
    private func units(_ thousandths: Thousandths) -> Double { Double(thousandths) / 1000 }

    private var common: [String: [Row]] {
        let folders = configuration.isTrade
        let counterparties = world.counterparties
            .filter { !folders || !$0.flags.contains(.folder) }
            .map { record -> Row in
                let isFolder = record.flags.contains(.folder)
                return [
                    "Ref_Key": record.key.text, "Description": record.description,
                    "ИНН": isFolder ? NSNull() : record.taxID as Any,
                    "КПП": isFolder ? NSNull() : record.kpp as Any,
                    "DeletionMark": record.flags.contains(.deleted),
                    "РегистрационныйНомер": record.registrationNumber,
                ]
            }
        let products = records.products.map { product -> Row in
            [
                "Ref_Key": product.key.text, "Description": product.description,
                "Code": product.codeText, "Артикул": product.article, "IsFolder": false,
                "ЕдиницаИзмерения_Key": product.measure.key.text,
                "DeletionMark": product.isDeleted,
            ]
        }
        let users = records.users.map { user -> Row in
            ["Ref_Key": user.key.text, "Description": user.description]
        }
        let contacts = records.contacts.map { contact -> Row in
            ["Ref_Key": contact.key.text, "Description": contact.description]
        }
        let journal = world.operations.map { operation -> Row in
            [
                "НомерЗаписи": String(operation.id), "Статус": operation.status,
                "ИдентификаторОбъекта": operation.objectID,
            ]
        }
        let accounts = records.bankAccounts.map { account -> Row in
            ["Ref_Key": account.key.text, "НомерСчета": account.number]
        }
        return [
            "Catalog_Контрагенты": counterparties, "Catalog_Номенклатура": products,
            "Catalog_Пользователи": users, configuration.contactPersons: contacts,
            configuration.bankAccounts: accounts,
            "InformationRegister_ЖурналОбменаБитрикс24": journal,
            configuration.bankReceipts: receipts(isCash: false),
            configuration.cashReceipts: receipts(isCash: true),
            configuration.invoices: invoices,
        ]
    }

    private func receipts(isCash: Bool) -> [Row] {
        let amount = configuration.isTrade ? "Сумма" : "СуммаПлатежа"
        return records.receipts.filter { $0.isCash == isCash }.map { receipt in
            [
                "Ref_Key": receipt.key.text, "Number": receipt.number.text,
                "Date": Moment.local(Int64(receipt.date)), "Posted": receipt.isPosted,
                "СуммаДокумента": roubles(receipt.amount),
                "РасшифровкаПлатежа": receipt.settlements.map { [amount: roubles($0.amount)] },
            ]
        }
    }

    private var invoices: [Row] {
        records.invoices.map { invoice in
            [
                "Ref_Key": invoice.key.text, "Number": invoice.number.text,
                "Date": Moment.local(Int64(invoice.date)),
                "СуммаДокумента": roubles(invoice.total),
                "Контрагент_Key": records.orders[Int(invoice.order)].counterpartyKey.text,
            ]
        }
    }

    private func orders(_ section: String, sum: String) -> [Row] {
        records.orders.map { order in
            [
                "Ref_Key": order.key.text, "Number": order.number.text,
                "Date": Moment.local(Int64(order.date)), "Posted": order.isPosted,
                "Контрагент_Key": order.counterpartyKey.text,
                "СуммаДокумента": roubles(order.total),
                section: order.lines.map { place -> Row in
                    let line = records.orderLines[Int(place)]
                    return [
                        "Номенклатура_Key": records.products[Int(line.product)].key.text,
                        "Количество": units(line.quantity), "Цена": roubles(line.price),
                        sum: roubles(line.sumWithVAT), "Отменено": line.isCancelled,
                    ]
                },
            ]
        }
    }

    private func prices(_ kind: String) -> [Row] {
        records.prices.filter(\.isLast).map { price in
            [
                "Номенклатура_Key": records.products[Int(price.product)].key.text,
                "Характеристика_Key": world.characteristicKey(price.characteristic).text,
                kind: price.kind.key.text, "Цена": roubles(price.price),
            ]
        }
    }

    private var accountant: [String: [Row]] {
        [
            "InformationRegister_СтатусыДокументов": records.invoices.map { invoice in
                ["Документ": invoice.key.text, "Статус": invoice.state.name]
            }
        ]
    }

    private var smallFirm: [String: [Row]] {
        [
            "Document_ЗаказПокупателя": orders("Запасы", sum: "Всего"),
            "InformationRegister_ЦеныНоменклатуры/SliceLast()": prices("ВидЦен_Key"),
            "AccumulationRegister_Запасы/Balance()": records.stock.filter {
                $0.quantity != 0 || $0.reserved != 0
            }.map { balance in
                [
                    "Номенклатура_Key": records.products[Int(balance.product)].key.text,
                    "Характеристика_Key": world.characteristicKey(balance.characteristic).text,
                    "СтруктурнаяЕдиница": balance.warehouse.key.text,
                    "КоличествоBalance": units(balance.quantity),
                ]
            },
        ]
    }

    private var trade: [String: [Row]] {
        [
            "Document_ЗаказКлиента": orders("Товары", sum: "СуммаСНДС"),
            "Catalog_Партнеры": records.partners.map { partner in
                ["Ref_Key": partner.key.text, "Description": partner.description]
            },
            "InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast()": prices("ВидЦены_Key"),
            "AccumulationRegister_СвободныеОстатки/Balance()": records.stock.filter {
                $0.quantity != 0 || $0.reserved != 0
            }.map { balance in
                [
                    "Номенклатура_Key": records.products[Int(balance.product)].key.text,
                    "Характеристика_Key": world.characteristicKey(balance.characteristic).text,
                    "Склад_Key": balance.warehouse.key.text,
                    "ВНаличииBalance": units(balance.quantity),
                    "ВРезервеСоСкладаBalance": units(balance.reserved),
                ]
            },
        ]
    }
}
