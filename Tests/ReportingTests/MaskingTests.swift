import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("What leaves the house")
struct MaskingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func cells(_ write: (URL) throws -> Void) throws -> String {
        let file = folder.url.appending(path: "report.xlsx")
        try write(file)
        return try WorkbookCells.dump(file)
    }

    @Test("shows no telephone, address or whole name of a person in the night's workbook")
    func night() throws {
        let report = SampleReport.small()
        let whole = try cells {
            try NightlyAuditWorkbook(resources: SampleReport.resources).write(report, to: $0)
        }
        let masked = try cells {
            try NightlyAuditWorkbook(resources: SampleReport.resources, masksPersonalData: true)
                .write(report, to: $0)
        }

        for secret in [
            "Кузнецова Анна Петровна", "+74951234567", "buh@example.ru", "Светлова Ольга",
            "Крылова Нина",
        ] {
            #expect(whole.contains(secret), "\(secret)")
            #expect(!masked.contains(secret), "\(secret)")
        }
        #expect(masked.contains("ИП Кузнецова А. П."))
        #expect(masked.contains("••• 67"))
        #expect(masked.contains("b•••@example.ru"))
        // A company is no person, and its number stays.
        #expect(masked.contains("ООО «Ромашка»") && masked.contains("7707083893"))
        // As many rows as before, on as many sheets.
        #expect(masked.split(separator: "\n").count == whole.split(separator: "\n").count)
    }

    @Test("hides persons in sheets, pages and texts of reports that are definitions")
    func definitions() throws {
        let definition = try ExchangeReport.definition()
        let whole = try ExchangeReport.document()
        let masked = try ReportDocument(
            definition, ExchangeReport.data(), masksPersonalData: true,
            resources: ExchangeReport.resources)
        let cells = try cells { try masked.writeWorkbook(to: $0) }

        #expect(whole.page().contains("Светлова Ольга Ильинична"))
        for text in [cells, masked.page(), masked.textTables().map { "\($0)" }.joined()] {
            #expect(!text.contains("Светлова Ольга"))
            #expect(text.contains("Светлова О. И."))
        }
    }

    @Test("is whole where the definition says that its readers may see everything")
    func owners() throws {
        let definition = try ReportDefinition(
            report: "owner-digest", resources: SampleReport.resources)
        let document = try ReportDocument(
            definition, SampleTables.data("owner-digest", .russian), masksPersonalData: true,
            resources: SampleReport.resources)

        #expect(!definition.isMaskedOutside)
        #expect(document.page().contains("Светлова Ольга"))
    }
}
