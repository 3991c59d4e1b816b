// Writes ROWS rows of ten cells of mixed types into FILE, the same as yardstick.c:
//
//     workbook-benchmark ROWS FILE

import Foundation
import Spreadsheet

guard CommandLine.arguments.count == 3, let rows = Int(CommandLine.arguments[1]) else {
    fatalError("usage: workbook-benchmark ROWS FILE")
}

/// Hexadecimal digits, filled up with zeros, written in place as `snprintf` does.
func hexadecimal(_ number: Int, _ count: Int) -> String {
    String(unsafeUninitializedCapacity: count) { digits in
        for place in 0..<count {
            let digit = UInt8(truncatingIfNeeded: number >> (4 * (count - 1 - place)) & 15)
            digits[place] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
        }
        return count
    }
}

let reasons = [
    "Значения в двух системах различаются.", "Заполнено только в 1С.",
    "Несколько записей об одном и том же.", "Контрольная цифра не сходится: опечатка.",
]
let integer = CellStyle.plain.with(\.numberFormat, "#,##0")
let money = CellStyle.plain.with(\.numberFormat, "#,##0.00")
let styles: [CellStyle] = [
    integer, .plain, .plain, money, .date, .dateTime, .plain, .plain, .plain, .plain,
]

/// A workbook is consumed by closing it, which a global cannot be.
func writeWorkbook() throws {
    var workbook = try Workbook(
        writingTo: URL(filePath: CommandLine.arguments[2]), createdAt: 1_700_000_000,
        title: "Cells",
        author: "Sverka")
    let sheet = try workbook.addSheet(
        SheetLayout(name: "Cells", columns: styles.map { SheetLayout.Column(width: 9, style: $0) }))
    for row in 0..<rows {
        let (month, day) = (row % 12 + 1, row % 28 + 1)
        let time = WallClock(
            year: 2024, month: month, day: day, hour: row % 24, minute: row % 60, second: 0)
        let code =
            hexadecimal(row * 2_654_435_761 % 4_294_967_296, 8) + "-1111-11ee-9c1a-00155d"
            + hexadecimal(row % 16_777_216, 6)
        try workbook.append(
            [
                .integer(row + 1), .text("Общество «Ромашка-\(row * 7919 % 100_003)»"),
                .text(String(row * 104_729 % 1_000_000_007 + 770_000_000_000)),
                Cell(.decimal(units: Int64(row * 7919 % 100_000_000), scale: 2)),
                Cell(.date(year: 2024, month: month, day: day)), Cell(.dateTime(time)),
                .text(reasons[row % 4]), Cell(.boolean(row % 3 == 0)),
                Cell(.decimal(units: Int64(row % 10_007), scale: 4)), .text(code),
            ], to: sheet)
    }
    try workbook.close()
}

try writeWorkbook()
