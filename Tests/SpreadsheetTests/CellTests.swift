import Foundation
import TestSupport
import Testing

@testable import Spreadsheet

@Suite("Cells")
struct CellTests {
    private let folder: TemporaryFolder
    private let file: URL

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "cells.xlsx")
    }

    private func write(_ cells: [Cell]) throws -> String {
        var workbook = try Workbook(testing: file)
        let sheet = try workbook.addSheet(threeColumns)
        try workbook.append(cells, to: sheet)
        try workbook.close()
        return try #require(parts(of: file)["xl/worksheets/sheet1.xml"])
    }

    @Test(
        "of text stay texts, whatever they begin with",
        arguments: ["=1+1", "+7 495", "-5", "@a", "=HYPERLINK(\"http://x\",\"y\")"])
    func formula(text: String) throws {
        let xml = try write([.text(text)])

        #expect(!xml.contains("<f>"))
        #expect(xml.contains("t=\"inlineStr\""))
    }

    @Test("are written as they are only where each of their bytes says so")
    func plainBytes() {
        /// The same one byte after another.
        func isPlain(_ text: String) -> Bool {
            guard let first = text.utf8.first else { return true }
            return text.utf8.count <= CellText.lengthMax && !CellText.beginsFormula(first)
                && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x5F && $0 != 0xEF }
        }
        let letters = ["a", "я", "€", "🎄", " ", "~", "\u{80}", "\u{FFFD}", "_", "\u{7F}", "\u{1F}"]
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<20_000 {
            // The odd ones among them are rare, so that they stand alone at every place.
            let text = (0..<Int.random(in: 0...20, using: &numbers)).map { _ in
                let isOdd = Int.random(in: 0..<12, using: &numbers) == 0
                return letters[Int.random(in: isOdd ? 7..<11 : 0..<7, using: &numbers)]
            }.joined()
            #expect(CellText.isPlain(text) == isPlain(text), "\(Array(text.utf8))")
        }
        #expect(!CellText.isPlain(String(repeating: "a", count: CellText.lengthMax + 1)))
    }

    @Test("leave out what XML forbids and keep every other letter")
    func control() throws {
        let xml = try write([.text("а\u{0}б\u{1}в\u{FFFE}г\u{1F}д 🎄 <&>\r\nе")])

        #expect(xml.contains("абвгд 🎄 &lt;&amp;&gt;\nе"))
    }

    @Test("keep what Excel would take for the number of a character")
    func characterNumber() throws {
        let xml = try write([.text("a_x000D_b _x12_ _xZZZZ_")])

        #expect(xml.contains("<t>a_x005F_x000D_b _x12_ _xZZZZ_</t>"))
    }

    @Test("of more than 32 767 letters are cut with an ellipsis")
    func long() throws {
        let xml = try write([.text(String(repeating: "ж", count: 40_000))])

        let letters = xml.unicodeScalars.count { $0 == "ж" }
        #expect(letters == CellText.lengthMax - 1)
        #expect(xml.utf8.count { $0 == 0xA6 } >= 1)  // The last byte of the ellipsis.
    }

    @Test("of numbers beyond fifteen digits become exact texts")
    func bigNumbers() throws {
        let xml = try write([
            Cell(.integer(9_007_199_254_740_993)), Cell(.integer(999_999_999_999_999)),
            Cell(.decimal(units: -12_345, scale: 3)),
        ])

        #expect(xml.contains("<t>9007199254740993</t>"))
        #expect(xml.contains("<v>999999999999999</v>"))
        #expect(xml.contains("<v>-12.345</v>"))
    }

    @Test(
        "link to the web and to nothing else",
        arguments: [
            ("https://b24.example/crm/1/", true), ("http://h/путь с пробелом", true),
            ("mailto:a@b.example", true), ("javascript:alert(1)", false),
            ("file:///etc/passwd", false), ("external:c:\\x.exe", false),
            ("https://h/" + String(repeating: "x", count: 2_100), false),
        ])
    func links(address: String, isLinked: Bool) throws {
        let xml = try write([Cell(.link(address: address, text: "Открыть"))])

        #expect(xml.contains("<hyperlink ") == isLinked)
        #expect(xml.contains("Открыть"))
    }

    @Test(
        "read back with their types in openpyxl",
        .enabled(if: ExternalTool.pythonHas("openpyxl"), "python has no openpyxl"))
    func independentReader() throws {
        let python = try #require(ExternalTool.python)
        _ = try write([
            .text("=не формула _x_"), Cell(.decimal(units: 10_050, scale: 2)),
            Cell(.date(year: 2026, month: 11, day: 23)), Cell(.boolean(true)),
            Cell(.link(address: "https://b24.example/?a=1&b=2", text: "Открыть")),
            Cell(.runs([TextRun("770"), TextRun("1", isEmphasized: true), TextRun("x")])),
            Cell(
                .dateTime(
                    WallClock(year: 2026, month: 11, day: 23, hour: 5, minute: 5, second: 7))),
        ])
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/dump_cells.py")

        let outcome = try ExternalTool.run(python, [script.path, file.path])

        #expect(outcome.status == 0)
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        #expect(
            lines == [
                "Лист\tA1\ts\t=не формула _x_\t", "Лист\tB1\tn\t100.5\t",
                "Лист\tC1\td\t2026-11-23 00:00:00\t", "Лист\tD1\tb\tTrue\t",
                "Лист\tE1\ts\tОткрыть\thttps://b24.example/?a=1&b=2", "Лист\tF1\ts\t7701x\t",
                "Лист\tG1\td\t2026-11-23 05:05:07\t",
            ])
    }
}
