import Foundation
import TestSupport
import Testing

@Suite("sverka run nightly over folders of files", .timeLimit(.minutes(5)))
struct FilesTests {
    private let program = BuiltProgram()

    private static let configuration = """
        company: {name: "ООО «Пример»", language: ru}
        data: data
        sources:
          left: {name: 1c, kind: files, folder: left}
          right: {name: crm, kind: files, folder: right}
        entities: [contact, order, payment, price, stock]

        """

    /// Exports of two systems: for each entity the left and the right file.
    private static let files: [(name: String, text: String)] = [
        ("left/contact.csv", "id;ФИО;Телефон\n1;Иванов Пётр Сергеевич;+7 495 123-45-67\n"),
        ("right/contact.csv", "ID,name,PHONE\n7,Петр Иванов,84951234567\n8,Кто Ещё,\n"),
        (
            "left/order.csv",
            """
            Идентификатор;Номер;Дата;Сумма;Статус
            x1;ТД-1;31.01.2026;1 200,00;Закрыт
            x2;ТД-2;01.02.2026;50;КОбеспечению

            """
        ),
        (
            "right/order.csv",
            """
            ID,TITLE,date,OPPORTUNITY,STAGE_ID,ORIGIN_ID
            5,Заказ 1,2026-01-31,1200.00,WON,x1
            6,Заказ 2,2026-02-01,55.00,PREPARATION,x2

            """
        ),
        ("left/payment.csv", "id;Номер;Дата;Сумма\np1;17;02.02.2026;1200\n"),
        ("right/payment.csv", "id,number,date,sum\n3,17,2026-02-02,1200.00\n"),
        ("left/price.csv", "id;Номенклатура;Вид цены;Цена\n1;g1;BASE;100,50\n2;g2;BASE;20\n"),
        ("right/price.csv", "id,productId,price_type,PRICE\n4,g1,BASE,100.50\n5,g2,BASE,21\n"),
        ("left/stock.csv", "id;Номенклатура;Склад;Остаток\n1;g1;Основной;10,500\n"),
        ("right/stock.csv", "id,productId,warehouse,amount\n9,g1,Основной,10.5\n"),
    ]

    @Test("compares contacts, orders, payments, prices and stocks as their definitions say")
    func entities() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.configuration, to: "sverka.yaml")
        for side in ["left", "right"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: side), withIntermediateDirectories: false)
        }
        for file in Self.files { _ = try folder.write(file.text, to: file.name) }

        let night = try await program.run(["run", "nightly"], in: folder.url)
        let findings = try await program.run(["findings", "--format", "csv"], in: folder.url)

        #expect(night.exitCode == 0, "\(night.errors)")
        let rows = findings.output.split(separator: "\n").dropFirst().map(String.init)
        #expect(rows.count == 3, "\(findings.output)")
        #expect(rows.contains { $0.contains("contact,missing") && $0.contains("Кто Ещё") })
        #expect(rows.contains { $0.contains("order,mismatch") && $0.contains("55 RUB") })
        #expect(rows.contains { $0.contains("price,mismatch") && $0.contains("21 RUB") })
    }
}
