import TestSupport
import Testing

@testable import Reporting

@Suite("Values of fields in reports")
struct FieldValueTests {
    private func texts(masked: Bool) throws -> [String] {
        let definition = try ReportDefinition(
            report: "owner-digest", resources: SampleReport.resources)
        let document = try ReportDocument(
            definition, SampleTables.data("owner-digest", .russian), masksPersonalData: masked,
            resources: SampleReport.resources)
        let columns = definition.table("findings")?.columns ?? [:]
        var values = document.values
        values.masks = masked
        let table = document.data.table("findings")
        return table.rows.flatMap { row in
            ["left_value", "right_value"].compactMap { column in
                table.index(of: column).map {
                    values.text(
                        row[$0], columns[column], ReportRow(columns: table.columns, values: row))
                }
            }
        }.map { $0.replacing("\u{A0}", with: " ") }
    }

    @Test("are written by their field's type: an amount as one, a number of a company as it is")
    func typed() throws {
        let texts = try texts(masked: false)
        #expect(texts.contains("150 000 ₽"), "\(texts)")
        #expect(texts.contains("931 177,25 $"), "\(texts)")
        #expect(texts.contains("7707083893"), "\(texts)")
    }

    @Test("are hidden before they are written, where they may not leave the house")
    func masked() throws {
        let texts = try texts(masked: true).filter { !$0.isEmpty }
        #expect(!texts.isEmpty)
        #expect(texts.allSatisfy { $0 == "•••" }, "\(texts)")
    }
}
