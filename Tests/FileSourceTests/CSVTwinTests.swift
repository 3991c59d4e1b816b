import Collection
@testable import FileSource
import Foundation
import TestSupport
import Testing

/// CSV read character by character in the most obvious way: the slow twin of the reader.
private enum SlowCSV {
    static func rows(of text: String, delimiter: Character) -> [[String]] {
        var (rows, row, cell): ([[String]], [String], String) = ([], [], "")
        var characters = Array(text.unicodeScalars)[...]
        var (isQuoted, isStart) = (false, true)
        func next() -> Unicode.Scalar? { characters.first }
        func endRow() {
            row.append(cell)
            if row != [""] { rows.append(row) }
            (row, cell, isStart) = ([], "", true)
        }
        while let scalar = characters.popFirst() {
            if isQuoted {
                if scalar != "\"" {
                    cell.unicodeScalars.append(scalar)
                } else if next() == "\"" {
                    characters.removeFirst()
                    cell += "\""
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"" && isStart {
                (isQuoted, isStart) = (true, false)
            } else if Character(scalar) == delimiter {
                row.append(cell)
                (cell, isStart) = ("", true)
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", next() == "\n" { characters.removeFirst() }
                endRow()
            } else {
                cell.unicodeScalars.append(scalar)
                isStart = false
            }
        }
        if !cell.isEmpty || !row.isEmpty { endRow() }
        return rows
    }
}

@Suite("CSV reader and its slow twin")
struct CSVTwinTests {
    @Test("read random files alike, however small the parts", arguments: 0..<60 as Range<UInt64>)
    func alike(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let delimiter = ([",", ";", "\t", "|"] as [Character])[Int(seed % 4)]
        let text = Self.text(delimiter, using: &generator)
        let url = try TemporaryFolder()
        let file = try url.write(text, to: "random.csv")
        for length in [1, 7, 64, 262_144] {
            var reader = try CSVReader(
                file, options: FileOptions(encoding: .utf8, delimiter: delimiter),
                chunkLength: length)
            var rows: [[String]] = []
            while let row = try reader.next() { rows.append(row.cells) }
            #expect(rows == SlowCSV.rows(of: text, delimiter: delimiter))
        }
    }

    /// A text of cells that are well formed: quoted ones whole, others without what needs quotes.
    private static func text(
        _ delimiter: Character, using generator: inout SeededGenerator
    ) -> String {
        let plain = ["a", "ООО \"Р\"", "", " ", "=1", "№5", "😀", "x y"]
        let quoted = ["\"\"", "\"a\"\"b\"", "\"\"\"\"", "\"c\(delimiter)d\"", "\"e\r\nf\ng\"", "\"я\""]
        var text = ""
        for _ in 0..<Int.random(in: 0..<40, using: &generator) {
            let cells = (0..<Int.random(in: 1..<6, using: &generator)).map { _ in
                (Bool.random(using: &generator) ? plain : quoted).randomElement(using: &generator) ?? ""
            }
            text += cells.joined(separator: String(delimiter))
            text += ["\n", "\r\n", "\n\n", "\r"].randomElement(using: &generator) ?? "\n"
        }
        // A last line without an end.
        return text + (Bool.random(using: &generator) ? "z\(delimiter)\"y\"" : "")
    }
}
