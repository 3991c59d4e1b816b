import Definitions
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Record files")
struct RecordFileTests {
    private let entity: EntityDefinition
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        entity = try EntityFile.parse(
            """
            entity: thing
            id_headers: [Ref_Key, ID]
            fields:
              name: {type: text, headers: [Наименование]}
              phone: {type: phone, multiple: true, headers: [Телефон]}
              is_deleted: {type: boolean}
            """, file: "thing.yaml")
    }

    private func read(
        _ bytes: [UInt8], name: String = "things.csv",
        options: RecordFile.Options = RecordFile.Options()
    ) async throws -> (records: [Record], summary: RecordFile.Summary) {
        let file = folder.url.appending(path: name)
        try Data(bytes).write(to: file)
        return try await RecordFile(file, entity: entity, options: options).readAll()
    }

    private func read(_ text: String, name: String = "things.csv") async throws -> [Record] {
        try await read(Array(text.utf8), name: name).records
    }

    @Test("reads the currency of an amount from a column of its own, in both kinds of files")
    func currencies() async throws {
        let entity = try EntityFile.parse(
            """
            entity: order
            fields:
              total: {type: money, headers: [Сумма], currency_headers: [Валюта, currency]}
            """, file: "order.yaml")
        let files = [
            "o.csv":
                "id;Валюта;Сумма\n1;USD;99,50\n2;руб.;5\n3;;5\n4;у.е.;5\n5;EUR;\n6;USD;7 EUR\n",
            "o.jsonl": """
            {"id":"1","currency":"USD","Сумма":"99.50"}
            {"id":"2","currency":"руб.","Сумма":5}
            {"id":"3","Сумма":5}
            {"id":"4","currency":"у.е.","Сумма":5}
            {"id":"5","currency":"EUR"}
            {"id":"6","currency":"USD","Сумма":"7 EUR"}

            """,
        ]
        for (name, text) in files {
            let file = folder.url.appending(path: name)
            try Data(text.utf8).write(to: file)
            let (records, summary) = try await RecordFile(
                file, entity: entity, options: RecordFile.Options()
            ).readAll()
            func money(_ minorUnits: Int64, _ currency: String) -> FieldValue {
                .money(Money(minorUnits: minorUnits, currency: currency))
            }
            #expect(
                records.map { $0.fields[0] } == [
                    money(99_50, "USD"), money(500, "RUB"), money(500, "RUB"), money(500, "XXX"),
                    nil, money(700, "EUR"),
                ], "\(name)")
            #expect(records.flatMap(\.readingNotes).map(\.kind) == [.unknownKey], "\(name)")
            #expect(summary.roles.ignored.isEmpty)
        }
    }

    @Test("tells the delimiter from the header", arguments: [",", ";", "\t", "|", "%", "#"])
    func delimiters(delimiter: String) async throws {
        let text =
            ["ID", "Наименование", "other"].joined(separator: delimiter) + "\n"
            + ["1", "Ромашка", "x"].joined(separator: delimiter) + "\n"
        let records = try await read(text)
        #expect(records.map(\.id) == [RecordID("1")])
        #expect(records[0].fields[0] == .text("Ромашка"))
    }

    @Test("reads UTF-8 with and without a byte order mark, and windows-1251")
    func encodings() async throws {
        let text = "ID;Наименование\r\n1;Ёж №7\r\n"
        let windows: [UInt8] =
            [0x49, 0x44, 0x3B]
            + [0xCD, 0xE0, 0xE8, 0xEC, 0xE5, 0xED, 0xEE, 0xE2, 0xE0, 0xED, 0xE8, 0xE5, 0x0D, 0x0A]
            + [0x31, 0x3B, 0xA8, 0xE6, 0x20, 0xB9, 0x37, 0x0D, 0x0A]
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), windows] {
            let records = try await read(bytes).records
            #expect(records.map { $0.fields[0] } == [.text("Ёж №7")])
        }
    }

    @Test(
        "a broken byte does not make another encoding of UTF-8",
        arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]],
        [[0xD0], [0xFF, 0xFE, 0xD0]] as [[UInt8]])
    func brokenByte(mark: [UInt8], broken: [UInt8]) async throws {
        let bytes: [UInt8] =
            mark + Array("ID,name\n1,Ромашка и лютик\n2,Ёж №7\n3,a".utf8) + broken
        for end in ["", "\n4,b\n"] {
            let (records, _) = try await read(bytes + Array(end.utf8))
            #expect(records[0].fields[0] == .text("Ромашка и лютик"))
            #expect(records[1].fields[0] == .text("Ёж №7"))
            #expect(records[2].readingNotes.map(\.kind) == [.brokenEncoding])
        }
    }

    @Test("a mark at the beginning means UTF-8, even of a file that has hardly any of it")
    func mark() async throws {
        let text = Array("ID,name\n1,".utf8)
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + text + [0xCF, 0xF0, 0xE8, 0x0A]
        let records = try await read(bytes).records
        #expect(records[0].readingNotes.map(\.kind) == [.brokenEncoding])
    }

    @Test("capitals before a quotation mark or a number sign make no UTF-8 of windows-1251")
    func windowsCapitals() async throws {
        // "О»" and "Р№" in windows-1251 are characters of UTF-8 too.
        let name: [UInt8] = [
            0xAB, 0xCE, 0xCA, 0xCD, 0xCE, 0xBB, 0x20, 0xD0, 0xB9, 0x31, 0x20, 0xCE, 0xCE, 0xCE,
        ]
        let records = try await read(Array("ID,name\n1,".utf8) + name + [0x0A]).records
        #expect(records[0].fields[0] == .text("«ОКНО» Р№1 ООО"))
    }

    @Test("keeps delimiters, line ends and doubled quotes of quoted cells")
    func quoting() async throws {
        let records = try await read("ID,name\n1,\"ООО \"\"Ромашка\"\",\nфилиал\"\n2,ООО \"Лютик\"")
        #expect(
            records.map { $0.fields[0] } == [
                .text("ООО \"Ромашка\",\nфилиал"), .text("ООО \"Лютик\""),
            ])
    }

    @Test("says on which line a quoted cell begins that never ends")
    func brokenQuote() async throws {
        let error = await #expect(throws: FileError.self) {
            try await read("ID,name\n1,\"a\nb\"\n2,\"never closed\n3,x\n")
        }
        #expect(error?.line == 4)
    }

    @Test("gives up on a quote that swallows the file instead of reading it into memory")
    func swallowingQuote() async throws {
        let rows = (0..<60_000).map { "\($0),some name that is long enough" }.joined(
            separator: "\n")
        let error = await #expect(throws: FileError.self) {
            try await read("ID,name\n1,\"open\n" + rows)
        }
        #expect(error?.line == 2)
        #expect(error?.message.contains("closing quote") == true)
    }

    @Test("takes a cell that begins with = as text")
    func formula() async throws {
        let records = try await read("ID,name\n1,=HYPERLINK(\"x\")\n")
        #expect(records[0].fields[0] == .text("=HYPERLINK(\"x\")"))
    }

    @Test("mends NUL and broken UTF-8 in one cell, says so, and keeps the other rows")
    func brokenBytes() async throws {
        let bytes = Array("ID,name\n1,Ромашка\n2,a".utf8) + [0, 0xFF] + Array("b\n3,Лютик\n".utf8)
        var options = RecordFile.Options()
        options.encoding = .utf8
        let (records, _) = try await read(bytes, options: options)
        #expect(
            records.map { $0.fields[0] } == [
                .text("Ромашка"), .text("a\u{FFFD}b"), .text("Лютик"),
            ])
        #expect(records[1].readingNotes.map(\.kind) == [.nulRemoved, .brokenEncoding])
    }

    @Test("keeps a name of 10 000 characters whole")
    func longName() async throws {
        let name = String(repeating: "Я", count: 10_000)
        let records = try await read("ID,name\n1,\(name)\n")
        #expect(records[0].fields[0] == .text(name))
    }

    @Test("leaves out and counts rows without id and repeated ids; ragged rows are read")
    func counts() async throws {
        let (records, summary) = try await read(
            Array("ID,name,is_deleted\n1,a,Да\n,b,\n1,c,\n2\n3,d,Нет,extra\n".utf8))
        #expect(records.map(\.id.rawValue) == ["1", "2", "3"])
        #expect(records.map { $0.fields[2] } == [.boolean(true), nil, .boolean(false)])
        #expect(summary.withoutIDCount == 1)
        #expect(summary.repeatedCount == 1)
        #expect(summary.clashes.count == 1)
        #expect(summary.clashes.firstID == RecordID("1"))
        #expect(summary.raggedCount == 2)
    }

    @Test(
        "an id of thousands of bytes is none: the row is left out and counted, the others are read")
    func longID() async throws {
        let long = String(repeating: "x", count: 3_000)
        let (records, summary) = try await read(Array("ID,name\n\(long),a\n2,b\n".utf8))
        #expect(records.map(\.id.rawValue) == ["2"])
        #expect(summary.withoutIDCount == 1)
    }

    @Test("splits a cell of several phones")
    func severalValues() async throws {
        let records = try await read("ID;Телефон\n1;\"8 (495) 1, +7 2; 3\"\n")
        #expect(records[0].fields[1] == .texts(["8 (495) 1", "+7 2", "3"]))
    }

    @Test("names the columns when the id or every field is missing")
    func unknownColumns() async throws {
        let noID = await #expect(throws: FileError.self) { try await read("a,name\n1,x\n") }
        #expect(noID?.message.contains("expected one of Ref_Key, ID") == true)
        #expect(noID?.message.hasSuffix("the columns are a, name (read as utf-8)") == true)
        let noField = await #expect(throws: FileError.self) { try await read("ID,b\n1,x\n") }
        #expect(noField?.message.contains("ID, b") == true)
    }

    @Test("says that an empty file is empty, and that UTF-16 is not read")
    func unreadable() async throws {
        let empty = await #expect(throws: FileError.self) { try await read("") }
        #expect(empty?.message == "the file is empty")
        let wide = await #expect(throws: FileError.self) { try await read([0xFF, 0xFE, 0x49, 0]) }
        #expect(wide?.message.contains("UTF-16") == true)
    }

    @Test("a header without rows is no error: the source is empty")
    func headerOnly() async throws {
        #expect(try await read("ID,name\n").isEmpty)
    }

    @Test("reads JSON Lines, also where members differ from line to line")
    func jsonLines() async throws {
        let records = try await read(
            """
            {"ID": 1, "name": "a", "Телефон": ["1", "2"]}

            {"ID": "2", "is_deleted": true, "nested": {"x": 1}}
            """, name: "things.jsonl")
        #expect(records.map(\.id.rawValue) == ["1", "2"])
        #expect(records[0].fields == [.text("a"), .texts(["1", "2"]), nil])
        #expect(records[1].fields == [nil, nil, .boolean(true)])
    }

    @Test("says on which line JSON Lines break off")
    func brokenJSONLines() async throws {
        let error = await #expect(throws: FileError.self) {
            try await read("{\"ID\":1,\"name\":\"a\"}\n{\"ID\":2,", name: "things.jsonl")
        }
        #expect(error?.line == 2)
    }

    @Test("a folder as a source certifies what it read and doubts rows without id")
    func folderSource() async throws {
        _ = try folder.write("ID,name\n1,a\n2,b\n", to: "thing.csv")
        let source = FolderSource(name: SourceName("files"), folder: folder.url)

        var delivered: [Record] = []
        let certificate = try await source.collect(entity, progress: { _, _ in }) {
            delivered += $0
        }

        #expect(certificate.isCertified)
        #expect(certificate.deliveredCount == 2)
        #expect(delivered[0].payload == #"{"ID":"1","name":"a"}"#)

        _ = try folder.write("ID,name\n1,a\n,b\n", to: "thing.csv")
        let doubted = try await source.collect(entity, progress: { _, _ in }) { _ in }
        #expect(doubted.doubts == [.recordsSkipped(count: 1)])
    }
}
