import Definitions
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Files read into tables")
struct RecordTableReadingTests {
    private let entity: EntityDefinition
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        entity = try EntityFile.parse(
            """
            entity: thing
            id_headers: [ID]
            fields:
              note: {type: text}
              name: {type: text}
              phone: {type: phone, multiple: true}
              born: {type: date}
            """, file: "thing.yaml")
    }

    /// The slow twin: the records of the file, and a table made of them.
    private func expectSame(_ bytes: [UInt8], name: String = "things.csv") async throws {
        let url = folder.url.appending(path: name)
        try Data(bytes).write(to: url)
        let file = RecordFile(url, entity: entity)
        let (records, expected) = try await file.readAll()
        let (table, summary) = try await file.readTable()
        let slow = RecordTable(records, fieldCount: entity.fields.count)
        #expect(rows(table) == rows(slow))
        #expect(summary.recordCount == expected.recordCount)
        #expect(summary.withoutIDCount == expected.withoutIDCount)
        #expect(summary.repeatedCount == expected.repeatedCount)
        #expect(summary.raggedCount == expected.raggedCount)
    }

    private func rows(_ table: RecordTable) -> [[String]] {
        (0..<table.count).map { row in
            [table.recordID(row).rawValue]
                + entity.fields.indices.map { String(decoding: table.cell(row, $0), as: UTF8.self) }
        }
    }

    @Test(
        "say what their records say",
        arguments: [
            "1,Ромашка,+7 495 1234567,x",
            "1, Ромашка\u{A0},\"+7 1, 8 2;9 3\",",
            "\u{FEFF}1,\u{3000}имя\u{2003},8\u{2028}9,",
            "1,\"a \"\"b\"\"\nc\",,\n1,again,,\n,no id,,\n2,,,",
            "1,short\n2,long,,,,,", "1,a\u{0}b,,", "1,   ,  ,", "7,名前 Ç é,+7,",
        ])
    func same(rows: String) async throws {
        try await expectSame(Array("ID,name,phone,note\n\(rows)\n".utf8))
    }

    @Test("convert what is no text, and read JSON Lines and windows-1251")
    func otherFiles() async throws {
        try await expectSame(Array("ID,name,born\n1,x,31.01.2026\n2,y,2026-02-30\n".utf8))
        let lines = #"{"ID": 1, "name": "x"}"# + "\n" + #"{"ID": 2, "phone": ["1", "2"]}"# + "\n"
        try await expectSame(Array(lines.utf8), name: "things.jsonl")
        let windows: [UInt8] = Array("ID,name\n1,".utf8) + [0xA8, 0xE6, 0x20, 0xB9, 0x37, 0x0A]
        try await expectSame(windows)
        try await expectSame(Array("ID,name\n".utf8))
    }

    @Test("say the same of bytes that no one would write", arguments: (0 as UInt64)..<40)
    func anyBytes(seed: UInt64) async throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces: [[UInt8]] =
            ["Ы", "a", " ", "\u{A0}", "é", "名", "😀", ";", "\"\"", "\u{2003}", "1"].map {
                Array($0.utf8)
            } + [[0xD0], [0x9F], [0xE2, 0x80], [0xFF], [0x00], [0xC2], [0x1F], [0x7F]]
        var bytes = Array("ID,name,phone,note\n".utf8)
        // The first lines are plain, so that the encoding is told from them.
        bytes += Array(String(repeating: "0,Ы,1,2\n", count: 3).utf8)
        for row in 1..<60 {
            for cell in 0..<2 + below(4) {
                if cell > 0 { bytes.append(UInt8(ascii: ",")) }
                if cell == 0 { bytes += Array("\(row % 50)".utf8) }
                let isQuoted = below(3) == 0 && cell > 0
                if isQuoted { bytes.append(UInt8(ascii: "\"")) }
                for _ in 0..<below(5) {
                    let piece = pieces[below(pieces.count)]
                    if isQuoted || piece != Array("\"\"".utf8) { bytes += piece }
                }
                if isQuoted { bytes.append(UInt8(ascii: "\"")) }
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        try await expectSame(bytes)
    }
}
