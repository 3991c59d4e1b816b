import Testing

@testable import Operations

@Suite("A row of a table for other programs")
struct CSVRowTests {
    @Test(
        "a spreadsheet takes no cell for a formula", arguments: ["=1+1", "+7", "@a", "-5", "\t=1"])
    func formula(cell: String) {
        #expect(CSVRow([cell, "2"], isForSpreadsheet: true).text == "'\(cell),2")
        #expect(CSVRow([cell, "2"]).text == "\(cell),2")
    }

    @Test("cells are quoted where a reader would take them apart")
    func quoted() {
        #expect(
            CSVRow(["a,b", "c\"d", "e\nf", "g;h", "plain", ""]).text
                == "\"a,b\",\"c\"\"d\",\"e\nf\",\"g;h\",plain,")
        #expect(CSVRow(["=\"x\""], isForSpreadsheet: true).text == "\"'=\"\"x\"\"\"")
    }
}
