import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting
@testable import Spreadsheet

@Suite("Nightly audit's workbook")
struct NightlyAuditWorkbookTests {
    private let folder: TemporaryFolder
    private let file: URL
    private let workbook: NightlyAuditWorkbook

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "audit.xlsx")
        workbook = try NightlyAuditWorkbook(resources: SampleReport.resources)
    }

    @Test("has the approved cells", arguments: ReportLanguage.allCases)
    func approved(language: ReportLanguage) throws {
        try workbook.write(SampleReport.small(language), to: file)

        try expectApproved(
            WorkbookCells.dump(file),
            "../../../reports/nightly-audit/sample.\(language.rawValue).txt")
    }

    @Test("has the same bytes whatever the findings' order")
    func deterministic() throws {
        var report = SampleReport.small()
        try workbook.write(report, to: file)
        let first = try Data(contentsOf: file)

        report.findings.reverse()
        try workbook.write(report, to: file)

        #expect(try Data(contentsOf: file) == first)
    }

    @Test("is not written when its control totals differ")
    func controlTotals() throws {
        var report = SampleReport.small()
        report.counts.byKind[.missing, default: 0] += 1

        let error = #expect(throws: ReportError.self) { try workbook.write(report, to: file) }

        #expect(
            error?.description.contains("findings_by_kind: expected 15, got 14") == true)
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test("says at the top that records are not accounted for")
    func unaccounted() throws {
        var report = SampleReport.small()
        report.entities[0].left.recordCount += 5

        try workbook.write(report, to: file)

        let cells = try WorkbookCells.dump(file)
        #expect(cells.contains("Сводка\tA4\ttext\tКонтрольная сумма не сошлась"))
        #expect(cells.contains("НЕ СХОДИТСЯ"))
    }

    @Test("says at the top what could not be read at all")
    func unread() throws {
        var report = SampleReport.small()
        let order = LocalizedText(["ru": "Заказ", "en": "Order"])
        report.failures = [
            AuditReport.Failure(entity: order, source: "1С", message: "no field 'Номер'"),
            AuditReport.Failure(entity: order, source: "", message: "no source gives it"),
        ]

        try workbook.write(report, to: file)

        let cells = try WorkbookCells.dump(file)
        #expect(!report.isCertified)
        #expect(cells.contains("Не удалось прочитать: 1С, Заказ. no field 'Номер'"))
        #expect(cells.contains("Не удалось прочитать: Заказ. no source gives it"))
    }

    @Test("costs what each entity's findings cost, where they differ")
    func costs() throws {
        var counts = AuditCounts(byKind: [.missing: 3, .mismatch: 2])
        counts.minutesByKind = [.missing: 10 + 10 + 15]
        let costs = CostModel(
            minutesByKind: [.mismatch: 5], hourlyCost: Money(minorUnits: 60_000))

        #expect(costs.minutes(of: .missing, in: counts) == 35)
        #expect(costs.minutes(for: counts) == 45)
    }

    @Test("says at the top that a snapshot is not whole", arguments: ReportLanguage.allCases)
    func uncertified(language: ReportLanguage) throws {
        var report = SampleReport.small(language)
        report.entities[0].right.certificate.doubts = [
            .suddenDrop(previous: 97_900, current: 9_770),
            .countDiffers(announced: 21, delivered: 1),
            .changedWhileReading(before: 1, after: 2), .recordsSkipped(count: 22),
            .rightsLost(detail: "crm"), .partial(detail: "stopped"),
        ]

        try workbook.write(report, to: file)

        let cells = try WorkbookCells.dump(file)
        let place = language == .russian ? "Сводка\tA4" : "Summary\tA4"
        let line = try #require(
            cells.split(separator: "\n").first { $0.hasPrefix("\(place)\t") })
        #expect(line.contains("FDE2E1"))
        #expect(!line.contains("{"))
    }

    @Test("says of files how their rows were counted, instead of what nobody announced")
    func fileRows() throws {
        var report = SampleReport.small(.english)
        report.entities[0].left.certificate.fileRows = RowCounts(scanned: 1_204, read: 1_203)
        report.entities[0].right.certificate.fileRows = RowCounts(scanned: nil, read: 99)

        try workbook.write(report, to: file)

        let cells = try WorkbookCells.dump(file)
        for text in ["bytes: 1", "files, counted once", "rows by reading: 99"] {
            #expect(cells.contains(text), "\(text)")
        }
    }

    @Test("of nothing says that all is well")
    func nothing() throws {
        var report = SampleReport.frame(.russian, findings: [])
        report.entities[0].clusters = []
        report.previous = nil
        report.previousRunAt = nil

        try workbook.write(report, to: file)

        let cells = try WorkbookCells.dump(file)
        #expect(cells.contains("Расхождений нет. Данные двух систем совпадают."))
        #expect(cells.contains("Раньше это не сверялось, сравнивать не с чем."))
        #expect(cells.contains("1. Обе системы прочитаны целиком;"))
        #expect(cells.contains("Дублей не найдено."))
    }

    @Test("holds every one of a hundred thousand findings", .tags(.slow))
    func large() throws {
        let report = SampleReport.large(100_000)

        try workbook.write(report, to: file)

        let archive = try Data(contentsOf: file)
        let part = try #require(
            ZipDirectory.parts(of: archive)?.first { $0.name == "xl/worksheets/sheet4.xml" })
        var xml = Data()
        #expect(part.inflate(from: archive, into: { xml.append(contentsOf: $0) }))
        xml.append(0)
        // The C library's search: Foundation's takes a minute for so long a text.
        func isThere(_ text: String) -> Bool {
            xml.withUnsafeBytes { bytes in
                bytes.withMemoryRebound(to: CChar.self) { letters in
                    letters.baseAddress.map { strstr($0, text) != nil } ?? false
                }
            }
        }
        #expect(isThere("<row r=\"100001\""))
        #expect(isThere("<autoFilter ref=\"A1:V100001\"/>"))
    }

    @Test(
        "opens in LibreOffice",
        .enabled(if: ExternalTool.path(of: "soffice") != nil, "there is no soffice"))
    func libreOffice() throws {
        let soffice = try #require(ExternalTool.path(of: "soffice"))
        try workbook.write(SampleReport.small(), to: file)

        let outcome = try ExternalTool.run(
            soffice,
            [
                "-env:UserInstallation=file://\(folder.url.path)/profile", "--headless",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,"
                    + "false,false,-1", "--outdir", folder.url.path, file.path,
            ])

        #expect(outcome.status == 0)
        let findings = try String(
            contentsOf: folder.url.appending(path: "audit-Расхождения.csv"), encoding: .utf8)
        #expect(findings.split(separator: "\n").count >= 15)
        #expect(findings.contains("ошибка,Противоречие,вернулось,ООО «Ромашка»,ИНН,7707083893"))
        #expect(findings.contains("\"=HYPERLINK(\"\"http://evil\"\")\""))
    }

    @Test(
        "reads in openpyxl as in our own reader",
        .enabled(if: ExternalTool.pythonHas("openpyxl"), "python has no openpyxl"))
    func independentReader() throws {
        let python = try #require(ExternalTool.python)
        try workbook.write(SampleReport.small(), to: file)
        let script = SamplePlaces.root
            .appending(path: "Tests/SpreadsheetTests/Fixtures/dump_cells.py")

        let outcome = try ExternalTool.run(python, [script.path, file.path])

        #expect(outcome.status == 0)
        let theirs = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        let ours = try WorkbookCells.dump(file).split(separator: "\n")
            .filter { !$0.contains("\t-\t") }
        #expect(theirs.count == ours.count)
        #expect(theirs.allSatisfy { $0.split(separator: "\t")[2] != "f" })
        for (their, our) in zip(theirs, ours) {
            let (a, b) = (their.split(separator: "\t"), our.split(separator: "\t"))
            #expect(a.prefix(2) == b.prefix(2))
            let plain = b[3].replacing("*", with: "")
            if b[2] == "text", plain.count < 200, !plain.contains("… (") {
                #expect(a[3].replacing("*", with: "") == plain)
            }
        }
    }
}

extension Tag {
    /// Takes more than a second.
    @Tag static var slow: Self
    /// Compares with an approved copy.
    @Tag static var golden: Self
}
