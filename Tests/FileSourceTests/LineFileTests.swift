import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Lines of documents in a file of their own")
struct LineFileTests {
    private let fixture: ExportFixture
    private let order: EntityDefinition

    init() throws {
        fixture = try ExportFixture()
        order = try ExportFixture.entity("order")
    }

    private static let orders =
        "Ref_Key;Номер;Дата;Сумма\no1;УТ-1;30.01.2026;1550,50\no2;УТ-2;30.01.2026;300\n"
        + "o3;УТ-3;31.01.2026;0\n"
    private static let header = "Заказ;Номенклатура_Key;Номенклатура;Количество;Сумма\n"

    private func source(
        _ intake: IntakeSettings = IntakeSettings(completeness: .asFound)
    )
        -> FolderSource
    {
        FolderSource(name: SourceName("files"), folder: fixture.folder.url, intake: intake)
    }

    private func collect(
        _ source: FolderSource? = nil
    ) async throws -> (rows: [Row], certificate: Certificate) {
        var rows: [Row] = []
        let certificate = try await (source ?? self.source()).collect(
            order, progress: { _, _ in }
        ) { page in
            rows += page.map { Row(record: $0, entity: order) }
        }
        return (rows, certificate)
    }

    private func lines(of row: Row) throws -> [DocumentLine] {
        let place = try #require(order.index(of: FieldName("lines")))
        return try (row.record.fields[place]?.texts ?? []).map { try #require(DocumentLine($0)) }
    }

    @Test("are joined to their documents by the id, in whatever order both stand")
    func joined() async throws {
        try fixture.write(Self.orders, to: "order.csv")
        try fixture.write(
            Self.header + "o2;n3;Доставка;1;300\no1;n1;Болт;2;1200\no9;n1;Болт;1;1\n"
                + "o1;n2;Гайка;10;350,50\n;n2;Гайка;1;5\n", to: "order_lines_2026-01-31.csv")
        let (rows, certificate) = try await collect()
        #expect(rows.map(\.id) == ["o1", "o2", "o3"])
        #expect(rows.map { $0["total"] } == ["1550.5 RUB", "300 RUB", "0 RUB"])
        #expect(try lines(of: rows[0]).map(\.product) == ["n1", "n2"])
        #expect(try lines(of: rows[0]).map(\.sum) == [Quantity("1200"), Quantity("350.5")])
        #expect(try lines(of: rows[1]).map(\.name) == ["Доставка"])
        #expect(try lines(of: rows[2]).isEmpty)

        // What came is kept, all of it.
        let payload = try JSONDocument(parsing: Array(rows[0].record.payload.utf8)).root
        #expect(payload.elements.map { $0["Номенклатура"]?.string } == [nil, "Болт", "Гайка"])

        #expect(certificate.deliveredCount == 3)
        #expect(certificate.noteCounts["line_without_document"] == 2)
        #expect(certificate.noteCounts["document_without_lines"] == 1)
        guard case .partial(let detail)? = certificate.doubts.first else {
            Issue.record("\(certificate.doubts)")
            return
        }
        #expect(detail.hasPrefix("2 lines of order_lines_2026-01-31.csv belong to no document"))
        #expect(certificate.doubts.count == 1)
    }

    @Test("leave the snapshot certified where each of them has its document")
    func certified() async throws {
        try fixture.write(Self.orders, to: "order.csv")
        try fixture.write(Self.header + "o2;n3;Доставка;1;300\n", to: "order_lines.csv")
        let (rows, certificate) = try await collect()
        #expect(try lines(of: rows[1]).map(\.product) == ["n3"])
        #expect(certificate.isCertified)
        #expect(certificate.noteCounts["document_without_lines"] == 2)
        let checks = await source().check(order)
        #expect(checks.map(\.subject) == ["file order.csv", "file order_lines.csv"])
        #expect(checks.last?.detail.contains("1 lines; Номенклатура_Key → lines.product") == true)
    }

    @Test("many of them are kept aside, a document's own lines kept where it has some, and told")
    func many() async throws {
        let count = 20_000
        let items = (0..<count).map { #"{"Заказ": "o\#($0 % 2)", "Товар": "Болт \#($0)"}"# }
        try fixture.write(items.joined(separator: "\n"), to: "order_lines.jsonl")
        try fixture.write(
            """
            {"id": "o0", "total": 1}
            {"id": "o1", "total": 1, "lines": [{"name": "Своя", "sum": 1}]}
            """, to: "order.jsonl")
        let (rows, certificate) = try await collect()
        #expect(try lines(of: rows[0]).count == count / 2)
        #expect(try lines(of: rows[0]).last?.name == "Болт \(count - 2)")
        #expect(try lines(of: rows[1]).map(\.name) == ["Своя"])
        #expect(
            certificate.doubts == [
                .partial(
                    detail: "10000 lines of order_lines.jsonl were not taken, since their "
                        + "documents have others of their own in order.jsonl. Export lines in one "
                        + "of the two files")
            ])
        #expect(certificate.noteCounts["line_left_out"] == count / 2)
    }

    @Test("of a document whose rows say the same need not be taken; that others are not is told")
    func twice() async throws {
        let orders = "Ref_Key;Номер;СуммаДокумента;Номенклатура;Количество;Сумма\n"
        let lines = "Заказ;Номенклатура;Количество;Сумма\n"
        try fixture.write(orders + "o1;УТ-1;1200;Болт;2;1200\n", to: "order.csv")
        try fixture.write(lines + "o1;Болт;2;1200\n", to: "order_lines.csv")
        let same = try await collect()
        #expect(try self.lines(of: same.rows[0]).count == 1)
        #expect(same.certificate.isCertified)
        try fixture.write(
            lines + "o1;Болт;2;1200\no1;Гайка;10;350,50\n", to: "order_lines.csv")
        let more = try await collect().certificate
        #expect(more.noteCounts["line_left_out"] == 2 && !more.isCertified)
    }

    @Test("of which the columns say nothing are refused, with the file's name")
    func unknownColumns() async throws {
        try fixture.write(Self.orders, to: "order.csv")
        try fixture.write("Заказ;Количество\no1;2\n", to: "order_lines.csv")
        let error = try await #require(throws: CollectionError.self) { try await collect() }
        #expect(error.message.contains("order_lines.csv"))
        #expect(error.message.contains("product or name of lines"))
    }

    @Test("that were written long before their documents leave the snapshot in doubt")
    func leftOver() async throws {
        try fixture.write(Self.header + "o1;n1;Болт;2;1200\n", to: "order_lines.csv")
        try fixture.write(Self.orders, to: "order.csv", modified: 7 * 3_600)
        let certificate = try await collect().certificate
        #expect(
            certificate.doubts == [
                .partial(
                    detail: "order_lines.csv was written more than six hours before order.csv; it "
                        + "is perhaps left over from an earlier export")
            ])
    }

    @Test("have to come with their documents, once they did")
    func bothOrNone() async throws {
        let intake = IntakeSettings(
            completeness: .asFound, ledger: fixture.folder.url.appending(path: "state/taken.json"))
        try fixture.write(Self.orders, to: "order.csv")
        try fixture.write(Self.header + "o1;n1;Болт;2;1200\n", to: "order_lines.csv")
        let source = source(intake)
        _ = try await collect(source)
        try source.settle(order.name)

        try fixture.write(Self.orders, to: "order.csv", modified: 60)
        let left = try await #require(throws: CollectionError.self) { try await collect(source) }
        #expect(left.message.contains("none of its lines ('order_lines')"))
        try FileManager.default.removeItem(
            at: fixture.folder.url.appending(path: "order_lines.csv"))
        let gone = try await #require(throws: CollectionError.self) { try await collect(source) }
        #expect(gone.kind == .unreachable)

        try fixture.write(Self.header + "o1;n1;Болт;3;1200\n", to: "order_lines.csv", modified: 60)
        #expect(try lines(of: try await collect(source).rows[0]).map(\.quantity) == [Quantity("3")])
    }
}
