import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting
@testable import Spreadsheet

@Suite("Sheets of the nightly audit's workbook")
struct WorkbookLayoutTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Our files with changes of a company over them.
    private func resources(_ changes: [String: (String) -> String]) throws -> ReportResources {
        for (path, change) in changes {
            let ours = try? String(
                contentsOf: SamplePlaces.root.appending(path: path), encoding: .utf8)
            let file = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(change(ours ?? "").utf8).write(to: file)
        }
        return ReportResources(builtin: SamplePlaces.root, override: folder.url)
    }

    private func lines(
        of report: AuditReport, _ resources: ReportResources = SampleReport.resources
    ) throws -> [[String]] {
        let file = folder.url.appending(path: "audit.xlsx")
        try NightlyAuditWorkbook(resources: resources).write(report, to: file)
        // What a line says of a whole sheet has no look.
        return try WorkbookCells.dump(file).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }.filter { $0.count >= 5 }
    }

    private static let definition = "reports/nightly-audit/report.yaml"

    @Test("say of each entity how it stood the night before and a week earlier")
    func entities() throws {
        var report = SampleReport.small()
        var order = report.entities[0]
        order.definition.name = EntityName("order")
        order.definition.title = LocalizedText(["ru": "Заказ", "en": "Order"])
        order.counts = AuditCounts(byKind: [.missing: 7])
        order.previous = AuditCounts(byKind: [.missing: 5, .mismatch: 4])
        order.weekBefore = nil
        report.entities.append(order)

        let cells = try lines(of: report).filter { $0[0] == "Сводка" }

        let row = try #require(cells.first { $0[3] == "Заказ" })[1].dropFirst()
        let numbers = cells.filter { $0[1].dropFirst() == row && $0[2] == "number" }
        #expect(numbers.map { $0[3] } == ["7", "9", "-2"])
    }

    @Test("print the summary on one page and keep what was compared on the next sheet")
    func summary() throws {
        let file = folder.url.appending(path: "audit.xlsx")
        var report = SampleReport.small()
        report.entities.append(report.entities[0])
        try NightlyAuditWorkbook(resources: SampleReport.resources).write(report, to: file)
        let archive = try Data(contentsOf: file)
        func part(_ number: Int) -> String {
            var bytes = Data()
            let found = ZipDirectory.parts(of: archive)?
                .first { $0.name == "xl/worksheets/sheet\(number).xml" }
            _ = found?.inflate(from: archive, into: { bytes.append(contentsOf: $0) })
            return String(decoding: bytes, as: UTF8.self)
        }
        let names = try lines(of: SampleReport.small()).map { $0[0] }

        // One page high is what the file says by saying nothing.
        #expect(part(1).contains("<pageSetup"))
        #expect(!part(1).contains("fitToHeight=\"0\""))
        #expect(part(2).contains("fitToHeight=\"0\""))
        #expect(Array(names.uniqued().prefix(3)) == ["Сводка", "Сопоставлено", "По группам"])
    }

    @Test("are those that the definition names, in its order")
    func chosen() throws {
        let resources = try resources([
            Self.definition: { text in
                text.replacing(
                    /workbook: \[.*\]/, with: "workbook: [findings, summary]"
                ).replacing(/summary: \[brief.*\]/, with: "summary: [by_severity, brief]")
            }
        ])

        let cells = try lines(of: SampleReport.small(), resources)

        #expect(cells.map { $0[0] }.uniqued() == ["Расхождения", "Сводка"])
        let titles = cells.filter { $0[0] == "Сводка" }.map { $0[3] }
        let severity = try #require(titles.firstIndex(of: "По важности"))
        let brief = try #require(titles.firstIndex(of: "Коротко"))
        #expect(severity < brief)
        #expect(!titles.contains("По видам расхождений"))
    }

    @Test(
        "are refused with line and column where there are none of the name",
        arguments: [
            ("method]", "methods]", "'methods' is not one of: summary, compared, groups"),
            ("by_entity, chart]", "by_entities, chart]", "'by_entities' is not one of: brief"),
            ("[sources, links", "[links, links", "'links' is there twice"),
            ("name: findings_new", "name: findings_old", "'findings_old' is not one of: findings"),
        ])
    func refused(part: String, wrong: String, message: String) throws {
        let resources = try resources([Self.definition: { $0.replacing(part, with: wrong) }])

        let error = #expect(throws: ReportError.self) {
            try NightlyAuditWorkbook(resources: resources)
        }

        let description = error?.description ?? ""
        #expect(description.contains(message), "\(description)")
        #expect(description.contains(#/^reports/nightly-audit/report\.yaml:\d+:\d+: /#))
    }

    @Test("show amounts of any currency as numbers with its sign")
    func currencies() throws {
        var report = SampleReport.small()
        let index = try #require(
            report.findings.firstIndex { $0.finding.field == FieldName("credit") })
        report.findings[index].finding.leftValue = "931177.25 USD"
        report.findings[index].finding.rightValue = "931178.5 CHF"
        report.findings[index].finding.atStake = Money(minorUnits: 125, currency: "USD")

        let cells = try lines(of: report).filter { $0[0] == "Расхождения" && $0[2] == "number" }

        func look(_ number: String) -> String? { cells.first { $0[3] == number }?[4] }
        #expect(look("931177.25")?.contains("\"$\"") == true)
        #expect(look("931178.5")?.contains("\"CHF\"") == true)
        #expect(look("1.25")?.contains("\"$\"") == true)
    }

    @Test("have no problem as they come, and name those of words and letters")
    func problems() throws {
        #expect(try NightlyAuditWorkbook(resources: SampleReport.resources).problems() == [])
        let resources = try resources([
            "templates/mail/nightly-audit/ru/text.mustache": { _ in "{{#worst}}{{tytle}}{{/worst}}"
            },
            "reports/nightly-audit/words.en.yaml": { _ in "kinds: [1, 2]\n" },
        ])

        let problems = try NightlyAuditWorkbook(resources: resources).problems()

        #expect(problems.count == 2)
        #expect(
            problems.first?.hasPrefix(
                "templates/mail/nightly-audit/ru/text.mustache:1:11: there is nothing called 'tytle'"
            )
                == true, "\(problems)")
        #expect(
            problems.last?.hasPrefix("reports/nightly-audit/words.en.yaml:1:") == true,
            "\(problems)")
    }

    @Test("come with a letter whose rows have the names that its templates may use")
    func rowNames() throws {
        var report = SampleReport.small()
        report.failures = [
            AuditReport.Failure(entity: LocalizedText(["ru": "Заказ"]), source: "", message: "x")
        ]
        let definition = try AuditDefinition(
            report: "nightly-audit", resources: SampleReport.resources)
        let words = try Words(
            report: definition.name, language: .russian, resources: SampleReport.resources)
        var context = MailContext(
            report: report, words: words, definition: definition, totals: [], limit: 10)
        let values = context.values(name: nil, place: nil)

        let found = values.compactMapValues { $0 as? [[String: Any]] }
            .mapValues { rows in Set(rows.flatMap(\.keys)) }
        #expect(found == MailContext.rowNames)
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order of the first of each.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
