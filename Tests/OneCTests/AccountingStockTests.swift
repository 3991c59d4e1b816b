import Collection
@testable import OneC
import Records
import Testing

@Suite("Stock of Accounting 3.0")
struct AccountingStockTests {
    /// What a balance is kept by, in order: a reference and its set.
    typealias Dimension = (key: String, set: String)

    private static let warehouse: Dimension = ("w", "Catalog_Склады")
    private static let batch: Dimension = ("b", "Document_ПоступлениеТоваровУслуг")

    private static func goods(_ key: String) -> Dimension { (key, "Catalog_Номенклатура") }

    private static func row(
        _ dimensions: [Dimension], _ quantity: Int?, account: String = "a", firm: String = "f"
    ) -> String {
        let parts = dimensions.enumerated().map { number, dimension in
            """
            "ExtDimension\(number + 1)":"\(dimension.key)",\
            "ExtDimension\(number + 1)_Type":"StandardODATA.\(dimension.set)",
            """
        }
        return "{" + parts.joined()
            + #""Account_Key":"\#(account)","Организация_Key":"\#(firm)","КоличествоBalance":"#
            + (quantity.map { String($0) } ?? "null") + "}"
    }

    /// What a reading makes of rows.
    private func gathered(
        _ rows: [String]
    ) throws -> (entity: EntityDefinition, records: [Record], certificate: Certificate) {
        let entity = try #require(
            try SandboxFixture.entities().first { $0.name.rawValue == "stock" })
        let section = try #require(try SandboxFixture.mapping("onec-bp30")[entity.name])
        var tables = LookupTables()
        tables["warehouse"] = ["w": ["Основной склад"]]
        var gathering = EntityGathering(entity, label: "1c", clock: .system)
        gathering.begin(section, isOnly: true)
        gathering.decode(with: RecordDecoder(section, entity: entity, lookups: tables))
        let json = try JSONDocument(parsing: "[\(rows.joined(separator: ","))]")
        var records = try gathering.take(Array(json.root.elements))
        #expect(records.isEmpty, "what is added up is given at the end")
        while let part = try gathering.takeSums() { records += part }
        records.sort { $0.id < $1.id }
        return (entity, records, gathering.finish(Traffic()))
    }

    @Test("the warehouse stands second, or third behind the batch")
    func warehouses() throws {
        let (entity, records, certificate) = try gathered([
            Self.row([Self.goods("g"), Self.warehouse], 5),
            Self.row([Self.goods("h"), Self.batch, Self.warehouse], 3),
            Self.row([("c", "Catalog_Контрагенты"), Self.goods("g")], 2),
        ])
        #expect(records.map(\.id.rawValue) == ["g#w", "h#w"])
        let index = try #require(entity.index(of: FieldName("warehouse")))
        #expect(records.allSatisfy { $0[index] == .text("Основной склад") })
        #expect(certificate.doubts == [] && certificate.remarks == [])
        #expect(certificate.noteCounts["skipped_not_goods"] == 1)
    }

    @Test("what lies on several accounts, is of several firms or came in batches is one stock")
    func addedUp() throws {
        let rows = [
            Self.row([Self.goods("g"), Self.warehouse], 5),
            Self.row([Self.goods("h"), Self.warehouse], 4),
            Self.row([Self.goods("g"), Self.warehouse], 2, account: "10.01"),
            Self.row([Self.goods("g"), Self.warehouse], -1, firm: "other"),
            Self.row([Self.goods("g"), Self.batch, Self.warehouse], 30),
            Self.row([Self.goods("g"), ("v", "Catalog_Склады")], 7),
        ]
        let (entity, records, certificate) = try gathered(rows)
        let index = try #require(entity.index(of: FieldName("quantity")))
        #expect(records.map(\.id.rawValue) == ["g#v", "g#w", "h#w"])
        let expected = [7, 36, 4].map { FieldValue.quantity(Quantity(units: $0, scale: 0)) }
        #expect(records.compactMap { $0[index] } == expected)
        #expect(certificate.doubts == [] && certificate.deliveredCount == 3)
        // What it was made of is told, in the same order whatever came first.
        let document = try JSONDocument(parsing: Array(records[1].payload.utf8))
        #expect(document.root.elements.count { $0.kind == .object } == 4)
        let backwards = try gathered(rows.reversed()).records
        #expect(backwards[1].payload == records[1].payload)
    }

    @Test("what adds up to nothing is left out as a row of nothing is")
    func zero() throws {
        let (_, records, certificate) = try gathered([
            Self.row([Self.goods("g"), Self.warehouse], 5),
            Self.row([Self.goods("g"), Self.warehouse], -5, account: "10.01"),
            Self.row([Self.goods("h"), Self.warehouse], 0),
            Self.row([Self.goods("i"), Self.warehouse], 1),
        ])
        #expect(records.map(\.id.rawValue) == ["i#w"])
        #expect(certificate.deliveredCount == 1 && certificate.doubts == [])
        #expect(certificate.noteCounts["skipped_without_quantity"] == 2)
    }

    @Test("what had to be mended in rows is said of their sum once, in an order of its own")
    func notes() throws {
        let unknown: Dimension = ("v", "Catalog_Склады")
        let records = try gathered([
            Self.row([Self.goods("g"), unknown], 5),
            Self.row([Self.goods("g"), unknown], 2, account: "10.01"),
        ]).records
        let notes = try #require(records.first).readingNotes
        #expect(notes.contains(ReadingNote(.unknownKey, field: FieldName("warehouse"))))
        #expect(Set(notes).count == notes.count)
        #expect(notes.map(\.kind.rawValue) == notes.map(\.kind.rawValue).sorted())
    }

    @Test("a sum that no quantity can hold ends the reading, and is not taken for another number")
    func tooLarge() throws {
        let large = 900_000_000_000_000_000
        let rows = (0..<11).map {
            Self.row([Self.goods("g"), Self.warehouse], large, account: "\($0)")
        }
        #expect {
            try gathered(rows)
        } throws: { error in
            (error as? CollectionError)?.message.contains("more than a quantity can hold") == true
        }
    }

    @Test("what a person has in use lies in no warehouse, and leaves nothing in doubt")
    func inUse() throws {
        let person: Dimension = ("p", "Catalog_ФизическиеЛица")
        let handed: Dimension = ("d", "Document_ПередачаМатериаловВЭксплуатацию")
        let (_, records, certificate) = try gathered([
            Self.row([Self.goods("keyboard"), ("b", "Document_ПартияМатериаловВЭксплуатации")], 1),
            Self.row([Self.goods("keyboard"), person, handed], 1),
            Self.row([Self.goods("gloves"), handed], 2),
            Self.row([Self.goods("boots"), person], 1),
            Self.row([Self.goods("g"), Self.warehouse], 5),
        ])
        #expect(records.map(\.id.rawValue) == ["g#w"])
        #expect(certificate.doubts == [] && certificate.remarks == [])
        #expect(certificate.noteCounts["skipped_in_use"] == 4)
    }

    @Test("a row that is kept by sum only has no quantity, and leaves nothing in doubt")
    func sumOnly() throws {
        let certificate = try gathered([Self.row([Self.goods("g"), Self.batch], nil)]).certificate
        #expect(certificate.doubts == [])
        #expect(certificate.noteCounts["skipped_without_quantity"] == 1)
    }

    @Test("goods of which nothing says where they lie leave the snapshot in doubt")
    func nowhere() throws {
        let none = try gathered([Self.row([Self.goods("g"), Self.batch], 0)]).certificate
        #expect(none.doubts == [] && none.noteCounts["skipped_without_quantity"] == 1)
        let some = try gathered([
            Self.row([Self.goods("g"), Self.batch], 7),
            Self.row([Self.goods("h"), Self.warehouse], 1),
        ])
        #expect(some.records.map(\.id.rawValue) == ["h#w"])
        #expect(some.certificate.doubts == [.recordsSkipped(count: 1)])
        #expect(
            some.certificate.remarks.contains {
                $0.hasPrefix("1 rows were left out as 'not_in_warehouse'")
            })
    }
}
