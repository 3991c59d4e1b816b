import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("A report's definition")
struct ReportDefinitionTests {
    @Test("is read whole")
    func whole() throws {
        let definition = try ExchangeReport.definition()

        #expect(definition.period == .month)
        #expect(definition.parameters == ["top": "3"])
        #expect(definition.data.map(\.name) == ["totals", "kinds", "trend", "causes"])
        #expect(definition.sheets.map(\.title) == ["overview", "kinds", "owner"])
        #expect(definition.controlTotals.map(\.consequence) == [.refuse, .warn])
        #expect(definition.problems(in: ExchangeReport.resources) == [])
    }

    @Test(
        "complains with line and column",
        arguments: [
            ("period: month", "period: fortnight", "4:9: 'fortnight' is not one of: month, week"),
            ("table: trend", "table: tred", "there is no table 'tred' under 'data'; there are:"),
            ("sum(kinds.entries)", "sun(kinds.entries)", "is no number of a table"),
            ("also: [before, year_before]", "also: [before]", "add 'also: [year_before]'"),
            (
                "query: reports/test_kinds", "query: ../../etc/passwd",
                "a file of sql/queries/reports"
            ),
            ("money: {format: money", "money: {form: money", "unknown key 'form'"),
            ("parameters: {top: 3}", "parameters: {run_id: 3}", "is set by the program"),
            ("chart: waterfall", "chart: pie", "'pie' is not one of: bar, column, line, waterfall"),
            ("when: \">= 100\"", "when: \"many\"", "as in '>= 5'"),
            (
                "money: {format: money", "money: {format: value",
                "a value needs 'entity' and 'field', the columns with the entity and the field"
            ),
            ("report: exchange", "report: exchanges", "its folder 'exchange'"),
        ])
    func complains(part: String, wrong: String, message: String) throws {
        let folder = try TemporaryFolder()
        let file = SamplePlaces.fixtures.appending(path: "overrides/reports/exchange/report.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(
                "# A report of the tests: every kind of block, format and reference.\n", with: ""
            )
            .replacing("question:\n  ru: Что сделал обмен?\n", with: "question: {ru: x,\n")
            .replacing("  en: What did the exchange do?\n", with: " en: y}\n")
        #expect(text.contains(part))
        let target = folder.url.appending(path: "reports/exchange")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        try Data(text.replacing(part, with: wrong, maxReplacements: 1).utf8)
            .write(to: target.appending(path: "report.yaml"))
        let resources = ReportResources(builtin: SamplePlaces.root, override: folder.url)

        let error = #expect(throws: ReportError.self) {
            try ReportDefinition(report: "exchange", resources: resources)
        }

        let description = error?.description ?? ""
        #expect(description.contains(message), "\(description)")
        #expect(description.hasPrefix("reports/exchange/report.yaml:"))
    }

    @Test(
        "names numbers by table and column",
        arguments: [
            ("totals.entries", "first totals entries"), ("sum(kinds.failed)", "sum kinds failed"),
            ("count(kinds)", "count kinds "), ("last(trend.found)", "last trend found"),
            ("kinds.entries[object_kind=a=b]", "first kinds entries object_kind=a=b"),
            ("sum(kinds.entries[severity=error])", "sum kinds entries severity=error"),
        ])
    func references(text: String, shown: String) throws {
        let reference = try #require(CellReference(text))
        let condition = reference.condition.map { " \($0.column)=\($0.value)" } ?? ""

        #expect("\(reference.taking) \(reference.table) \(reference.column)\(condition)" == shown)
    }

    @Test(
        "takes nothing else for a number",
        arguments: ["", "a", "a.b.c", "avg(a.b)", "A.b", "a.b[c]"])
    func noReferences(text: String) {
        #expect(CellReference(text) == nil)
    }
}

@Suite("A report's period")
struct ReportPeriodTests {
    private func days(_ period: ReportPeriod?) -> String {
        guard let period else { return "none" }
        return
            "\(period.firstDay(in: ExchangeReport.zone))…\(period.lastDay(in: ExchangeReport.zone))"
    }

    @Test(
        "is written by a person",
        arguments: [
            ("2024-02", "2024-02-01…2024-02-29"), ("2026-W53", "2026-12-28…2027-01-03"),
            ("2025-W53", "none"), ("2026-11-25", "2026-11-25…2026-11-25"),
            ("2026-10-01..2026-10-15", "2026-10-01…2026-10-15"),
            ("2026-10-15..2026-10-01", "none"), ("2026-13", "none"), ("2026-02-30", "none"),
            ("last month", "none"),
        ])
    func written(text: String, shown: String) {
        #expect(days(ReportPeriod(text, in: ExchangeReport.zone)) == shown)
    }

    @Test(
        "is the last that is over",
        arguments: [
            (ReportDefinition.PeriodKind.month, "2024-01-01…2024-01-31"),
            (.week, "2024-01-22…2024-01-28"), (.day, "2024-01-31…2024-01-31"),
        ])
    func last(kind: ReportDefinition.PeriodKind, shown: String) {
        // The first of February in Moscow, still January in Greenwich.
        let now = Date(timeIntervalSince1970: 1_706_735_400)

        #expect(days(.lastComplete(kind, before: now, in: ExchangeReport.zone)) == shown)
    }

    @Test(
        "is compared with the one before and the year before",
        arguments: [
            ("2024-03", ReportComparison.before, "2024-02-01…2024-02-29"),
            ("2024-02", .yearBefore, "2023-02-01…2023-02-28"),
            ("2026-W48", .before, "2026-11-16…2026-11-22"),
            ("2026-W48", .yearBefore, "2025-11-24…2025-11-30"),
            ("2026-11-25", .weekBefore, "2026-11-18…2026-11-18"),
            ("2026-10-11..2026-10-20", .before, "2026-10-01…2026-10-10"),
        ])
    func earlier(text: String, comparison: ReportComparison, shown: String) throws {
        let period = try #require(ReportPeriod(text, in: ExchangeReport.zone))

        #expect(days(period.earlier(comparison, in: ExchangeReport.zone)) == shown)
    }
}
