import Foundation
import TestSupport
import Testing

@testable import Spreadsheet

@Suite("Workbook")
struct WorkbookTests {
    private let folder: TemporaryFolder
    private let file: URL

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "Сверка.xlsx")
    }

    private var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []
    }

    @Test("written twice has the same bytes")
    func deterministic() throws {
        let other = folder.url.appending(path: "other.xlsx")
        for target in [file, other] {
            var workbook = try Workbook(testing: target)
            let sheet = try workbook.addSheet(threeColumns)
            try workbook.append([.text("а"), .integer(5), .empty], to: sheet)
            try workbook.close()
        }

        #expect(try Data(contentsOf: file) == Data(contentsOf: other))
    }

    @Test("goes on in a further sheet where one is full, head and all")
    func continuation() throws {
        var layout = threeColumns
        layout.header = [.text("Голова", style: .header)]
        layout.hasFilter = true
        var workbook = try Workbook(testing: file, rowsPerSheet: 3)
        let sheet = try workbook.addSheet(layout)
        for row in 1...5 { try workbook.append([.integer(row)], to: sheet) }
        try workbook.close()

        let parts = try parts(of: file)
        #expect(parts["xl/workbook.xml"]?.contains("name=\"Лист (3)\"") == true)
        #expect(parts["xl/worksheets/sheet3.xml"]?.contains("Голова") == true)
        #expect(parts["xl/worksheets/sheet3.xml"]?.contains("<v>5</v>") == true)
        #expect(parts["xl/worksheets/sheet1.xml"]?.contains("<autoFilter ref=\"A1:A3\"/>") == true)
    }

    @Test("writes plain text once a sheet has as many links as Excel takes")
    func linkLimit() throws {
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(threeColumns)
        for row in 0..<(Workbook.linksPerSheetMax + 2) {
            let link = Cell.Content.link(address: "https://h/\(row)", text: "№ \(row)")
            try workbook.append([Cell(link)], to: sheet)
        }
        try workbook.close()

        let xml = try #require(parts(of: file)["xl/worksheets/sheet1.xml"])
        #expect(xml.split(separator: "<hyperlink ").count - 1 == Workbook.linksPerSheetMax)
        #expect(xml.contains("№ 65531<"))
    }

    @Test("neither filters nor colours the sum below a table, and hides what is not to be seen")
    func total() throws {
        var layout = threeColumns
        layout.header = [.text("a", style: .header), .text("b"), .text("c")]
        layout.columns[1].rules = [.bars(0x9D_C3E6)]
        (layout.hasFilter, layout.endsWithTotal) = (true, true)
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(layout)
        for number in 1...3 { try workbook.append([.text("x"), .integer(number)], to: sheet) }
        try workbook.append([.text("Итого"), .integer(6)], to: sheet)
        var hidden = threeColumns
        (hidden.name, hidden.isHidden) = ("Данные", true)
        try workbook.append([.integer(1)], to: try workbook.addSheet(hidden))
        try workbook.close()

        let xml = try parts(of: file)
        let first = xml["xl/worksheets/sheet1.xml"] ?? ""
        #expect(first.contains("<autoFilter ref=\"A1:C4\"/>"))
        #expect(first.contains("sqref=\"B2:B4\""))
        #expect(
            xml["xl/workbook.xml"]?.contains("name=\"Данные\" sheetId=\"2\" state=\"hidden\"")
                == true)
    }

    @Test("that is dropped leaves nothing behind")
    func dropped() throws {
        do {
            var workbook = try Workbook(testing: file)
            let sheet = try workbook.addSheet(threeColumns)
            try workbook.append([.text("а")], to: sheet)
        }

        #expect(names.isEmpty)
    }

    @Test("replaces an old file only when it is whole")
    func replaces() throws {
        try Data("old".utf8).write(to: file)
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(threeColumns)
        try workbook.append([.text("а")], to: sheet)
        #expect(try Data(contentsOf: file) == Data("old".utf8))

        try workbook.close()

        #expect(try Data(contentsOf: file) != Data("old".utf8))
        #expect(names == ["Сверка.xlsx"])
    }

    @Test("in a folder that is not there is refused before a row is written")
    func noFolder() throws {
        let error = #expect(throws: SpreadsheetError.self) {
            _ = try Workbook(testing: folder.url.appending(path: "none/a.xlsx"))
        }

        #expect(error?.kind == .cannotWrite)
    }

    @Test(
        "that was cut short anywhere is not taken for whole",
        arguments: [0.999, 0.9, 0.5, 0.1, 0.0])
    func cut(share: Double) throws {
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(threeColumns)
        for row in 0..<500 { try workbook.append([.text("строка \(row)")], to: sheet) }
        try workbook.close()
        let whole = try Data(contentsOf: file)
        try whole.prefix(Int(Double(whole.count) * share)).write(to: file)

        let error = #expect(throws: SpreadsheetError.self) {
            try WorkbookPackage.check(file, name: "a.xlsx")
        }

        #expect(error?.kind == .damaged)
    }

    @Test("part is whole when its root element is closed")
    func tail() {
        func isWhole(_ text: String) -> Bool {
            var tail = PartTail()
            var bytes = Array(text.utf8)
            bytes.withUnsafeMutableBytes { tail.take(UnsafeRawBufferPointer($0)) }
            return tail.isWhole
        }
        let long = String(repeating: "<row/>", count: 200)

        #expect(isWhole("<?xml version=\"1.0\"?>\n<worksheet a=\"b\">\(long)</worksheet>"))
        #expect(!isWhole("<?xml version=\"1.0\"?>\n<worksheet a=\"b\">\(long)"))
        #expect(!isWhole(""))
    }

    @Test(
        "on a full disk says so and leaves no file",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func diskFull() throws {
        let disk = try SmallDisk(kilobytes: 512)
        let target = disk.url.appending(path: "full.xlsx")
        let error = #expect(throws: SpreadsheetError.self) {
            var workbook = try Workbook(testing: target)
            let sheet = try workbook.addSheet(threeColumns)
            for row in 0..<40_000 {
                try workbook.append([.text("строка \(row)"), .integer(row)], to: sheet)
            }
            try workbook.close()
        }

        #expect(error?.kind == .diskFull)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.url.path).isEmpty)
    }

    @Test(
        "names sheets as Excel takes them",
        arguments: [
            ("a/b:c*[d]?\\e", [], "a b c  d   e"), ("Дубли", ["дубли"], "Дубли (2)"),
            ("'кавычки'", [], "кавычки"), ("", [], "Sheet"),
            (
                "Очень длинное имя листа, длиннее чем можно", [],
                "Очень длинное имя листа, длинне"
            ),
        ])
    func sheetNames(name: String, taken: [String], expected: String) {
        #expect(SheetName.unique(name, among: taken) == expected)
    }
}
