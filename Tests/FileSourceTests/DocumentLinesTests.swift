import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Lines of documents in files")
struct DocumentLinesTests {
    private let folder: TemporaryFolder
    private let order: EntityDefinition

    init() throws {
        folder = try TemporaryFolder()
        order = try ExportFixture.entity("order")
    }

    private func collect(
        _ text: String, _ name: String = "order.csv"
    ) async throws -> (rows: [Row], certificate: Certificate) {
        _ = try folder.write(text, to: name)
        let source = FolderSource(name: SourceName("files"), folder: folder.url)
        var rows: [Row] = []
        let certificate = try await source.collect(order, progress: { _, _ in }) { page in
            rows += page.map { Row(record: $0, entity: order) }
        }
        return (rows, certificate)
    }

    private func lines(of row: Row) throws -> [DocumentLine] {
        let place = try #require(order.index(of: FieldName("lines")))
        return try (row.record.fields[place]?.texts ?? []).map { try #require(DocumentLine($0)) }
    }

    private static let header =
        "Ref_Key;Номер;Дата;СуммаДокумента;Номенклатура_Key;Номенклатура;Количество;Цена;"
        + "Сумма;Ставка НДС\n"

    @Test("rows of one id that follow one another are one document, each with a line of it")
    func repeatedHead() async throws {
        let text =
            Self.header
            + "o1;УТ-1;30.01.2026;1 550,50;n1;Болт;2;600;1 200,00;20%\n"
            + "o1;УТ-1;30.01.2026;1 550,50;n2;Гайка;10;5;;НДС22\n"
            + "o1;УТ-1;30.01.2026;1 550,50;n2;Гайка;10;5;;НДС22\n"
            + "o2;УТ-2;31.01.2026;300;;Доставка;1;;300;Без НДС\n"
            + "o3;УТ-3;31.01.2026;0;;;;;;\n"
        let (rows, certificate) = try await collect(text)
        #expect(rows.map(\.id) == ["o1", "o2", "o3"])
        #expect(rows.map { $0["total"] } == ["1550.5 RUB", "300 RUB", "0 RUB"])
        #expect(certificate.isCertified)
        #expect(certificate.deliveredCount == 3)
        #expect(certificate.repeatedCount == 0)

        let first = try lines(of: rows[0])
        #expect(first.map(\.product) == ["n1", "n2", "n2"])
        #expect(first.map(\.name) == ["Болт", "Гайка", "Гайка"])
        #expect(first.map(\.quantity) == [Quantity("2"), Quantity("10"), Quantity("10")])
        #expect(first.map(\.sum) == [Quantity("1200"), Quantity("50"), Quantity("50")])
        #expect(first.map(\.vat) == ["20", "22", "22"])
        #expect(try lines(of: rows[1]).map(\.name) == ["Доставка"])
        #expect(try lines(of: rows[1]).map(\.vat) == [nil])
        #expect(try lines(of: rows[2]).isEmpty)

        // What came is kept, all of it.
        let payload = try JSONDocument(parsing: Array(rows[0].record.payload.utf8)).root
        #expect(payload.elements.map { $0["Номенклатура"]?.string } == ["Болт", "Гайка", "Гайка"])
        #expect(rows[1].record.payload.hasPrefix("{"))
    }

    @Test("rows of one id with another document between them repeat it")
    func apart() async throws {
        let text =
            Self.header + "o1;1;30.01.2026;10;n1;Болт;1;;10;\n"
            + "o2;2;30.01.2026;10;n1;Болт;1;;10;\n"
            + "o1;1;30.01.2026;10;n2;Гайка;1;;10;\n" + "o1;1;30.01.2026;10;n3;Шайба;1;;10;\n"
        let (rows, certificate) = try await collect(text)
        #expect(rows.map(\.id) == ["o1", "o2"])
        #expect(try lines(of: rows[0]).map(\.product) == ["n1"])
        #expect(certificate.repeatedCount == 1)
        // The lines that were left out are missing.
        #expect(!certificate.isCertified)
    }

    @Test("a file that names no goods has a record in each row, as ever")
    func withoutLines() async throws {
        let (rows, certificate) = try await collect(
            "Ref_Key;Номер;Сумма;Количество\no1;1;10;5\no1;1;20;6\n")
        #expect(rows.map(\.id) == ["o1"])
        #expect(rows[0]["total"] == "10 RUB")
        #expect(rows[0]["lines"] == nil)
        #expect(certificate.repeatedCount == 1)
    }

    @Test("a document's rows may be more than are read at once, in a page or a table")
    func manyRows() async throws {
        let count = 12_000
        let rows = (0..<count).map { "o1;1;30.01.2026;10;n\($0);Болт;1;;10;\n" }.joined()
        let text = Self.header + rows + "o2;2;30.01.2026;10;n1;Болт;1;;10;\n"
        let collected = try await collect(text)
        #expect(collected.rows.map(\.id) == ["o1", "o2"])
        #expect(try lines(of: collected.rows[0]).count == count)

        let file = RecordFile(folder.url.appending(path: "order.csv"), entity: order)
        #expect(try file.open() == nil)
        let (table, summary) = try await file.readTable()
        #expect(table.count == 2)
        #expect(summary.recordCount == 2)
        #expect(summary.roles.recognised.contains("Количество → lines.quantity"))
        #expect(!summary.roles.ignored.contains("Цена"))
    }

    @Test("an object of JSON Lines has its lines as a list of objects, or repeats its head too")
    func jsonLines() async throws {
        let listed = try await collect(
            """
            {"id": "o1", "number": "1", "total": 1250, "Товары": [\
            {"Номенклатура_Key": "n1", "Номенклатура": "Болт", "Количество": 2, "Сумма": 1200.0, \
            "СтавкаНДС": "20%"}, {"name": "Доставка", "quantity": "1", "price": 50}]}
            {"id": "o2", "number": "2", "total": 0, "Товары": []}
            """, "order.jsonl"
        ).rows
        #expect(listed.map(\.id) == ["o1", "o2"])
        let read = try lines(of: listed[0])
        #expect(read.map(\.product) == ["n1", nil])
        #expect(read.map(\.name) == ["Болт", "Доставка"])
        #expect(read.map(\.sum) == [Quantity("1200"), Quantity("50")])
        #expect(read.map(\.vat) == ["20", nil])
        #expect(try lines(of: listed[1]).isEmpty)

        let repeated = try await collect(
            """
            {"id": "o1", "total": 30, "Номенклатура": "Болт", "Количество": 1, "line_sum": 10}
            {"id": "o1", "total": 30, "Номенклатура": "Гайка", "Количество": 2, "line_sum": 20}
            """, "order.jsonl"
        ).rows
        #expect(repeated.map(\.id) == ["o1"])
        #expect(try lines(of: repeated[0]).map(\.name) == ["Болт", "Гайка"])
    }

    @Test("the only sum beside goods is the line's, and none is taken for the document's")
    func onlySum() async throws {
        let (rows, certificate) = try await collect(
            "Ref_Key;Номер;Номенклатура;Количество;Сумма\n"
                + "o1;1;Болт;2;1200\no1;1;Гайка;10;350,50\no2;2;Болт;1;600\n")
        #expect(rows.map(\.id) == ["o1", "o2"])
        #expect(rows.map { $0["total"] } == [nil, nil])
        #expect(try lines(of: rows[0]).map(\.sum) == [Quantity("1200"), Quantity("350.5")])
        #expect(certificate.isCertified)
        let source = FolderSource(name: SourceName("files"), folder: folder.url)
        #expect(await source.check(order).map(\.isPassed) == [true])
    }

    @Test("documents whose rows say different things of them leave the snapshot in doubt")
    func disagreeing() async throws {
        let (rows, certificate) = try await collect(
            Self.header + "o1;1;30.01.2026;10;n1;Болт;1;;10;\n"
                + "o1;2;30.01.2026;10;n2;Гайка;1;;10;\n"
                + "o2;3;30.01.2026;30;n1;Болт;1;;10;\n" + "o2;;;;n2;Гайка;1;;20;\n"
                + "o3;4;30.01.2026;10;n1;Болт;1;;10;\n"
                + "o3;4;30.01.2026;11;n1;Болт;1;;10;\n")
        #expect(rows.map { $0["number"] } == ["1", "3", "4"])
        let doubt = try #require(certificate.doubts.first)
        guard case .partial(let detail) = doubt else {
            Issue.record("\(doubt)")
            return
        }
        #expect(detail.hasPrefix("2 documents have rows that say different things"))
        #expect(certificate.doubts.count == 1)
    }

    @Test("rows without end of one id are no document, and end the reading")
    func endless() async throws {
        let rows = String(repeating: "o1;1;;10;n1;Болт;1;;10;\n", count: 100_001)
        let error = try await #require(throws: CollectionError.self) {
            try await collect(Self.header + rows)
        }
        #expect(error.message.contains("order.csv: the rows of 'o1' on end are too many"))
        #expect(error.message.contains("id column"))
    }

    @Test("a member that is called tax is not added to the sum, which may contain it")
    func tax() async throws {
        let rows = try await collect(
            """
            {"id": "o1", "total": 120, "lines": [{"name": "Болт", "sum": 120, "tax": 20}]}
            """, "order.jsonl"
        ).rows
        #expect(try lines(of: rows[0]).map(\.sum) == [Quantity("120")])
    }

    @Test("text where lines should stand is noted as what does not fit its type")
    func textForLines() async throws {
        let (rows, certificate) = try await collect(
            "Ref_Key;Номер;Сумма;Товары\no1;1;10;\"Болт; Гайка\"\no2;2;20;\n")
        #expect(rows.map { $0["total"] } == ["10 RUB", "20 RUB"])
        #expect(try lines(of: rows[0]).isEmpty)
        #expect(
            rows.map(\.record.readingNotes)
                == [[ReadingNote(.typeMismatch, field: FieldName("lines"))], []])
        #expect(certificate.noteCounts["type_mismatch"] == 1)
    }
}
