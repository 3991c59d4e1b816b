import Testing

@testable import Spreadsheet

@Suite("Row height")
struct RowHeightTests {
    @Test(
        "counts the lines of wrapped text",
        arguments: [
            ("коротко", 10, 1), ("два слова", 6, 2), ("а\nб\nв", 10, 3), ("", 10, 1),
            ("0123456789012345678901234567890123456789", 10, 6),
        ])
    func lines(text: String, width: Int, expected: Int) {
        #expect(RowHeight.lineCount(text, lettersPerLine: width) == expected)
    }

    @Test("never exceeds what Excel takes")
    func greatest() {
        let cell = Cell.text(
            String(repeating: "слово ", count: 10_000), style: .title.with(\.isWrapped, true))
        let height = RowHeight.points([cell], columns: [SheetLayout.Column(width: 5)])

        #expect((height ?? 0) <= 409)
    }
}
