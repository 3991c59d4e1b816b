import Foundation
import TestSupport
import Testing

@testable import Spreadsheet

@Suite("A workbook on paper and at a glance")
struct PrintTests {
    private let folder: TemporaryFolder
    private let file: URL

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "print.xlsx")
    }

    @Test("is printed on A4 turned on its side, its head on every page, as wide as a page")
    func print() throws {
        var layout = threeColumns
        layout.name = "Лист о'н"
        layout.header = [.text("А", style: .header), .text("Б", style: .header)]
        layout.printedColumns = 2
        layout.footer = "A & B"
        layout.frozenColumns = 1
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(layout)
        for row in 1...3 { try workbook.append([.integer(row), .integer(row)], to: sheet) }
        try workbook.close()
        let parts = try parts(of: file)
        let xml = try #require(parts["xl/worksheets/sheet1.xml"])
        // 9 is A4.
        #expect(xml.contains("paperSize=\"9\""))
        #expect(xml.contains("orientation=\"landscape\""))
        // As wide as one page, and as many pages long as it takes.
        #expect(xml.contains("<pageSetUpPr fitToPage=\"1\"/>"))
        #expect(xml.contains("fitToHeight=\"0\""))
        #expect(xml.contains("xSplit=\"1\" ySplit=\"1\""))
        #expect(xml.contains("state=\"frozen\""))
        #expect(xml.contains("&amp;L&amp;8A &amp;&amp; B"))
        let book = try #require(parts["xl/workbook.xml"])
        #expect(
            book.contains(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Лист о''н'!$1:$1<"))
        #expect(
            book.contains(
                "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'Лист о''н'!$A$1:$B$4<"))
    }

    @Test("shrinks to one page, upright, where it is told to; without a head nothing is repeated")
    func onePage() throws {
        var layout = threeColumns
        (layout.isLandscape, layout.printsOnOnePage, layout.showsGrid) = (false, true, false)
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(layout)
        try workbook.append([.integer(1)], to: sheet)
        try workbook.close()
        let parts = try parts(of: file)
        let xml = try #require(parts["xl/worksheets/sheet1.xml"])
        #expect(xml.contains("paperSize=\"9\""))
        #expect(xml.contains("orientation=\"portrait\""))
        #expect(!xml.contains("fitToHeight=\"0\""))
        #expect(xml.contains("showGridLines=\"0\""))
        #expect(parts["xl/workbook.xml"]?.contains("Print_Titles") == false)
    }

    @Test("gives looks by numbers that go on living: bars and colours, not to head and sum")
    func conditionalFormats() throws {
        var layout = threeColumns
        layout.header = (0..<3).map { .text("\($0)", style: .header) }
        layout.endsWithTotal = true
        layout.columns[0].rules = [.bars(0x1F_3A5F)]
        layout.columns[1].rules = [
            .comparison(.greater, 10, .alarm), .comparison(.atMost, 2.5, .alarm),
        ]
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(layout)
        for row in 1...5 { try workbook.append([.integer(row), .integer(row * 5)], to: sheet) }
        try workbook.close()
        let parts = try parts(of: file)
        let xml = try #require(parts["xl/worksheets/sheet1.xml"])
        // The head is row 1, the sum row 6.
        #expect(xml.contains("<conditionalFormatting sqref=\"A2:A5\">"))
        #expect(xml.contains("<cfRule type=\"dataBar\""))
        #expect(xml.contains("rgb=\"FF1F3A5F\""))
        #expect(xml.contains("<conditionalFormatting sqref=\"B2:B5\">"))
        #expect(xml.contains("operator=\"greaterThan\"><formula>10</formula>"))
        #expect(xml.contains("operator=\"lessThanOrEqual\"><formula>2.5</formula>"))
        #expect(parts["xl/styles.xml"]?.contains("<dxfs count=\"1\">") == true)
    }

    @Test(
        "has native charts of each kind, whose numbers are cells",
        arguments: [
            (SeriesChart.Kind.bars, "barDir val=\"bar\"", "clustered"),
            (.columns, "barDir val=\"col\"", "clustered"),
            (.stackedColumns, "barDir val=\"col\"", "stacked"),
            (.lines, "<c:lineChart>", "standard"),
        ])
    func charts(kind: SeriesChart.Kind, mark: String, grouping: String) throws {
        var workbook = try Workbook(testing: file)
        var data = threeColumns
        data.name = "Числа"
        let numbers = try workbook.addSheet(data)
        for row in 1...4 {
            try workbook.append([.text("м\(row)"), .integer(row), .integer(row * 2)], to: numbers)
        }
        let page = try workbook.addSheet(threeColumns)
        try workbook.append([.text("x")], to: page)
        try workbook.addChart(
            SeriesChart(
                kind, title: "Рост", sheetName: "Числа", rows: 0...3, nameColumn: 0,
                series: [
                    .init(name: "Найдено", column: 1, color: 0x1F_3A5F),
                    .init(name: "Исправлено", column: 2, color: 0xC0_0000),
                ], atRow: 2, atColumn: 0, width: 480, height: 260), to: page)
        try workbook.close()
        let parts = try parts(of: file)
        let chart = try #require(parts["xl/charts/chart1.xml"])
        #expect(chart.contains(mark))
        #expect(chart.contains("grouping val=\"\(grouping)\""))
        #expect(chart.contains("Рост"))
        #expect(chart.contains("<c:f>'Числа'!$A$1:$A$4</c:f>"))
        #expect(chart.contains("<c:f>'Числа'!$B$1:$B$4</c:f>"))
        #expect(chart.contains("<c:f>'Числа'!$C$1:$C$4</c:f>"))
        #expect(chart.contains("Исправлено"))
        #expect(chart.uppercased().contains("1F3A5F"))
        // It hangs on the second sheet.
        #expect(parts["xl/worksheets/_rels/sheet2.xml.rels"]?.contains("drawing1.xml") == true)
        #expect(parts["xl/worksheets/_rels/sheet1.xml.rels"] == nil)
    }
}
