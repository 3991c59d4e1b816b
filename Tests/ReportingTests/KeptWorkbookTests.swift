import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("A workbook read back")
struct KeptWorkbookTests {
    private func words(_ language: ReportLanguage) throws -> Words {
        try Words(report: "nightly-audit", language: language, resources: SampleReport.resources)
    }

    @Test(
        "writes numbers as its formats say",
        arguments: [
            (#"[$-419]#,##0"#, "1234567", "1\u{A0}234\u{A0}567"),
            (#"[$-419]#,##0"#, "999.5", "1\u{A0}000"),
            (#"[$-419]#,##0.00\ "₽""#, "1234.5", "1\u{A0}234,50 ₽"),
            (#"[$-419]#,##0.00\ "₽""#, "-0.005", "−0,01 ₽"),
            (#"[$-419]+#,##0;[$-419]\−#,##0;0"#, "17", "+17"),
            (#"[$-419]+#,##0;[$-419]\−#,##0;0"#, "-1700", "−1\u{A0}700"),
            (#"[$-419]+#,##0;[$-419]\−#,##0;0"#, "0", "0"),
            (#"[$-419]0.0%"#, "0.1234", "12,3%"), ("", "1.5", "1,5"), ("@", "12", "12"),
            (#"dd\.mm\.yyyy"#, "46352", "26.11.2026"),
            (#"dd\.mm\.yyyy\ hh:mm"#, "46352.5208333333", "26.11.2026 12:30"),
        ])
    func numbers(code: String, number: String, text: String) throws {
        #expect(try NumberFormat(code).text(number, words(.russian)) == text)
    }

    @Test(
        "writes them for programs plain, days as ISO 8601 has them, and in English as the English do"
    )
    func plain() throws {
        #expect(NumberFormat(#"dd\.mm\.yyyy"#).plainText("46352") == "2026-11-26")
        #expect(
            NumberFormat(#"dd\ mmm\ yyyy\ hh:mm"#).plainText("46352.5208333333")
                == "2026-11-26T12:30")
        #expect(NumberFormat(#"[$-419]#,##0.00\ "₽""#).plainText("1234.5") == "1234.5")
        #expect(
            try NumberFormat(#"dd\ mmm\ yyyy"#).text("46352", words(.english)) == "26 Nov 2026")
        #expect(
            try NumberFormat(#""₽"\ #,##0.00"#).text("1234.5", words(.english)) == "₽ 1,234.50")
    }

    @Test(
        "has the cells that were written, as texts and as a page",
        arguments: ReportLanguage.allCases)
    func cells(language: ReportLanguage) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "audit.xlsx")
        try NightlyAuditWorkbook(resources: SampleReport.resources)
            .write(SampleReport.small(language), to: file)
        let kept = try KeptWorkbook(file)
        // Another reader, of the tests' own, says what there is.
        let dump = try WorkbookCells.dump(file).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }.filter { $0[1] != "-" }

        let tables = kept.textTables()
        let sheets = dump.map { String($0[0]) }
        #expect(
            tables.map(\.name) == sheets.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
        let filled = tables.flatMap(\.rows).joined().filter { !$0.isEmpty }
        #expect(filled.count == dump.count)
        for (cell, line) in zip(filled, dump) where line[2] == "text" {
            let plain = line[3].replacing("*", with: "").replacing("\\n", with: "\n")
            guard plain.count < 200, !plain.contains("… (") else { continue }
            #expect(cell == plain || cell == "'" + plain)
        }

        let page = try kept.page(
            title: "T & <T>", language: language, resources: SampleReport.resources)
        #expect(page.contains("<title>T &amp; &lt;T&gt;</title>"))
        #expect(!page.contains("<script"))
        #expect(page.contains("href=\"https://"))
        #expect(page.contains("background:#F8CBAD"))
        #expect(!page.contains("href=\"javascript"))
        // What a record is called may look like anything.
        #expect(page.contains("=HYPERLINK(&quot;http://evil&quot;)"))
    }

    @Test("that is none, or damaged, is refused with what can be done")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let none = try folder.write("no workbook", to: "none.xlsx")
        let error = #expect(throws: ReportError.self) { try KeptWorkbook(none) }
        #expect(error?.description.contains("none.xlsx cannot be read back") == true)
        let file = folder.url.appending(path: "audit.xlsx")
        try NightlyAuditWorkbook(resources: SampleReport.resources)
            .write(SampleReport.small(), to: file)
        var bytes = try Data(contentsOf: file)
        for place in bytes.count / 3..<bytes.count / 3 + 200 { bytes[place] ^= 0x5A }
        try bytes.write(to: file)
        #expect(throws: ReportError.self) { try KeptWorkbook(file) }
    }
}
