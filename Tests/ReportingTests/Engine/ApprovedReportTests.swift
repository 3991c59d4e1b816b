import Foundation
import TestSupport
import Testing

@testable import Reporting

/// The approved sample of each report lies in its folder.
@Suite("Reports that come with the program", .tags(.golden))
struct ApprovedReportTests {
    static let cases = ["owner-digest", "run-failed"].flatMap { report in
        ReportLanguage.allCases.map { (report, $0) }
    }

    @Test("have the approved cells and letters", arguments: cases)
    func approved(report: String, language: ReportLanguage) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "report.xlsx")
        let definition = try ReportDefinition(report: report, resources: SampleReport.resources)
        let document = try SampleTables.document(report, language)

        try document.writeWorkbook(to: file)
        let parts = try document.data.parts(definition)
        let mailed = try ReportDocument(
            definition, parts?.last?.data ?? document.data, resources: SampleReport.resources)
        let letter = try ReportLetter(
            definition, mailed,
            file: .init(attached: ["report.xlsx"], place: "/reports/report.xlsx"),
            resources: SampleReport.resources)

        let sample = """
            \(try WorkbookCells.dump(file))
            == \(letter.subject)
            \(letter.text)
            """
        try expectApproved(
            sample, "../../../reports/\(report)/sample.\(language.rawValue).txt")
        #expect(letter.html.contains(document.title.replacing("&", with: "&amp;")))
    }

    @Test("say everything that they need in both languages")
    func complete() throws {
        for name in ReportSummary.names(resources: SampleReport.resources) {
            let summary = try ReportSummary(report: name, resources: SampleReport.resources)
            #expect(Set(summary.question.keys) == ["ru", "en"], "\(name)")
            guard !summary.isDrawnByProgram else { continue }
            let definition = try ReportDefinition(report: name, resources: SampleReport.resources)
            #expect(definition.problems(in: SampleReport.resources) == [], "\(name)")
        }
    }

    @Test("say so where the stages that are listed are not those that failed")
    func failedStages() throws {
        let definition = try ReportDefinition(
            report: "run-failed", resources: SampleReport.resources)
        let data = SampleTables.data("run-failed", .english)
        let none = ReportTable(columns: data.table("stages").columns)

        let whole = try ReportDocument(definition, data, resources: SampleReport.resources)
        let cut = try ReportDocument(
            definition, data.replacing("stages", with: none), resources: SampleReport.resources)

        #expect(whole.warnings == [])
        #expect(cut.warnings.count == 1)
        #expect(cut.warnings.first?.contains("failed stages: expected 1, got 0") == true)
    }

    @Test("warn owners of totals that differ, in the text too", arguments: ReportLanguage.allCases)
    func digestWarnings(language: ReportLanguage) throws {
        let path = "reports/owner-digest/report.yaml"
        let folder = try TemporaryFolder()
        let text = try SampleReport.resources.text(of: path)
        _ = try folder.write(
            text.replacing("otherwise: refuse", with: "otherwise: warn"), to: path)
        let resources = ReportResources(builtin: SamplePlaces.root, override: folder.url)
        let definition = try ReportDefinition(report: "owner-digest", resources: resources)
        let data = SampleTables.data("owner-digest", language)
        let findings = data.table("findings")
        let cut = ReportTable(
            columns: findings.columns, rows: Array(findings.rows.dropLast()))

        let document = try ReportDocument(
            definition, data.replacing("findings", with: cut), resources: resources)
        let letter = try ReportLetter(definition, document, file: .init(), resources: resources)

        let warning = try #require(document.warnings.first)
        #expect(letter.text.contains("! \(warning)"))
    }

    @Test("give each owner their part, and no rows of others")
    func parts() throws {
        let definition = try ReportDefinition(
            report: "owner-digest", resources: SampleReport.resources)
        let parts = try #require(
            try SampleTables.data("owner-digest", .russian).parts(definition))

        #expect(parts.map(\.address) == ["anton@example.ru", "olga@example.ru"])
        #expect(parts.map { $0.data.table("findings").rows.count } == [1, 4])
        #expect(parts.map { $0.data.table("owners").rows.count } == [1, 1])
    }
}
