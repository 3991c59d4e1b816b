import TestSupport
import Testing

@testable import FileSource

@Suite("Delimited parser")
struct DelimitedParserTests {
    /// The slow, obvious twin: the whole text at once, character by character.
    private static func twin(_ text: [Character], delimiter: Character) -> [[String]] {
        var (rows, row, cell) = ([[String]](), [String](), "")
        var (isQuoted, wasQuoted, index) = (false, false, 0)
        func isEmptyLine() -> Bool { row.isEmpty && cell.isEmpty && !wasQuoted }
        func endRow() {
            if !isEmptyLine() { rows.append(row + [cell]) }
            (row, cell, wasQuoted) = ([], "", false)
        }
        while index < text.count {
            let character = text[index]
            if isQuoted {
                if character != "\"" {
                    cell.append(character)
                } else if index + 1 < text.count, text[index + 1] == "\"" {
                    cell.append("\"")
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if character == "\"", cell.isEmpty, !wasQuoted {
                (isQuoted, wasQuoted) = (true, true)
            } else if character == delimiter {
                row.append(cell)
                (cell, wasQuoted) = ("", false)
            } else if character == "\n" {
                endRow()
            } else {
                cell.append(character)
            }
            index += 1
        }
        endRow()
        return rows
    }

    @Test("agrees with its slow twin on random texts cut into random chunks", arguments: 0..<200)
    func agrees(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(seed))
        var text: [Character] = []
        for _ in 0..<(random.next() % 12) {
            let cells = (0...(random.next() % 4)).map { _ -> String in
                let plain = String((0..<(random.next() % 5)).map { _ in random.pick("aя= ") })
                guard random.next() % 3 == 0 else { return plain }
                let quoted = String((0..<(random.next() % 6)).map { _ in random.pick("a,\n") })
                return "\"" + quoted + (random.next() % 4 == 0 ? "\"\"" : "") + "\""
            }
            text += cells.joined(separator: ",") + "\n"
        }

        var rows: [[String]] = []
        var parser = DelimitedParser(delimiter: UInt8(ascii: ","), file: "x")
        func take(_ row: DelimitedRow) {
            rows.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
        }
        var bytes = Array(String(text).utf8)[...]
        while !bytes.isEmpty {
            let count = 1 + Int(random.next() % 7)
            try parser.feed(bytes.prefix(count), row: take)
            bytes = bytes.dropFirst(count)
        }
        try parser.finish(row: take)

        #expect(rows == Self.twin(text, delimiter: ","))
    }

    @Test("takes LF, CRLF and CR as line ends, also cut between chunks")
    func lineEnds() throws {
        var rows: [[String]] = []
        var parser = DelimitedParser(delimiter: UInt8(ascii: ";"), file: "x")
        for chunk in ["a;b\r", "\nc;d\re", ";f\n\r\n", "g;h"] {
            try parser.feed(Array(chunk.utf8)[...]) { row in
                rows.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
            }
        }
        try parser.finish { row in
            rows.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
        }
        #expect(rows == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]])
    }

    /// Feeds a header, rows to the number of 900 000 in which that one is given, and more of them.
    private func parse(row900000: String, further: String) throws -> (error: FileError, fed: Int) {
        var parser = DelimitedParser(delimiter: UInt8(ascii: ";"), file: "x.csv")
        var fed = 0
        let error = try #require(throws: FileError.self) {
            func feed(_ text: String) throws {
                fed += text.utf8.count
                try parser.feed(Array(text.utf8)[...]) { _ in }
            }
            try feed("a;b\n")
            for _ in 0..<899 { try feed(String(repeating: "1;2\n", count: 1_000)) }
            try feed(String(repeating: "1;2\n", count: 998) + row900000 + "\n")
            for _ in 0..<2_000 { try feed(String(repeating: further, count: 1_000)) }
            try parser.finish { _ in }
        }
        return (error, fed)
    }

    @Test("a quote at row 900 000 that is never closed is named before it fills the memory")
    func openQuote() throws {
        let (error, fed) = try parse(row900000: "1;\"open", further: "1;2\n")
        #expect(error.line == 900_000)
        #expect(error.message.contains("its closing quote seems to be missing"))
        #expect(fed < 900_000 * 4 + (2 << 20))
    }

    @Test("a quote at row 900 000 that swallows the next row's is named, too")
    func swallowedQuote() throws {
        let (error, _) = try parse(row900000: "1;\"open", further: "1;\"2\"\n")
        #expect(error.line == 900_000)
        #expect(
            error.description
                == "x.csv:900000: the quoted cell that begins here is followed by text on line "
                + "900001; a quote inside it must be doubled, or its closing quote is missing")
    }

    @Test("a row without end is refused before it fills the memory")
    func endlessRow() throws {
        var parser = DelimitedParser(delimiter: UInt8(ascii: ";"), file: "x")
        let piece = [UInt8](repeating: 0x41, count: 1 << 20)
        let error = try #require(throws: FileError.self) {
            for _ in 0..<32 { try parser.feed(piece[...]) { _ in } }
        }
        #expect(error.line == 1)
        #expect(error.message.contains("a row of over 16 MB begins here"))
    }
}

extension SeededNumbers {
    fileprivate mutating func pick(_ text: String) -> Character { one(of: Array(text)) }
}
