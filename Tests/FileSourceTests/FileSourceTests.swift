import Collection
import Definitions
import FileSource
import Foundation
import Records
import Synchronization
import TestSupport
import Testing

@Suite("Files of records")
struct FileSourceTests {
    private let entity: EntityDefinition
    private let folder: TemporaryFolder

    init() throws {
        entity = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/counterparty.yaml"))
        folder = try TemporaryFolder()
    }

    private func read(
        _ text: String, as name: String = "export.csv", idColumn: String? = nil
    ) throws -> FileReading {
        try FileSource.read(try folder.write(text, to: name), entity: entity, idColumn: idColumn)
    }

    private func read(_ bytes: [UInt8], as name: String = "export.csv") throws -> FileReading {
        let url = folder.url.appending(path: name)
        try Data(bytes).write(to: url)
        return try FileSource.read(url, entity: entity)
    }

    private func value(_ field: String, _ record: Record?) -> FieldValue? {
        entity.index(of: FieldName(field)).flatMap { record?[$0] }
    }

    @Test(
        "the delimiter is found out",
        arguments: [",", ";", "\t", "|"])
    func delimiters(delimiter: String) throws {
        let rows = [["Ref_Key", "Наименование", "ИНН", "Адрес"], ["a1", "Ромашка", "7707083893", "Пермь"]]
        let text = rows.map { $0.joined(separator: delimiter) }.joined(separator: "\r\n")
        let reading = try read("\u{FEFF}" + text)
        #expect(reading.records.map(\.id.rawValue) == ["a1"])
        #expect(value("tax_id", reading.records.first) == .text("7707083893"))
        #expect(value("address", reading.records.first) == .text("Пермь"))
    }

    @Test("a delimiter declared as spreadsheets do is used")
    func declared() throws {
        let reading = try read("sep=;\nID;TITLE\n1;a, b, c\n2;d, e, f\n")
        #expect(reading.records.map { value("name", $0) } == [.text("a, b, c"), .text("d, e, f")])
    }

    @Test("windows-1251 is found out and read")
    func windows1251() throws {
        // "ID;Наименование\n1;ЁЛКА №5 «я»\n"
        let header: [UInt8] = [
            0x49, 0x44, 0x3B, 0xCD, 0xE0, 0xE8, 0xEC, 0xE5, 0xED, 0xEE, 0xE2, 0xE0, 0xED, 0xE8,
            0xE5, 0x0A,
        ]
        let row: [UInt8] = [
            0x31, 0x3B, 0xA8, 0xCB, 0xCA, 0xC0, 0x20, 0xB9, 0x35, 0x20, 0xAB, 0xFF, 0xBB, 0x0A,
        ]
        let reading = try read(header + row)
        #expect(value("name", reading.records.first) == .text("ЁЛКА №5 «я»"))
        #expect(reading.certificate.noteCounts.isEmpty)
    }

    @Test("broken UTF-8 and NUL are mended and noted on the field")
    func mended() throws {
        let text = Array("ID;TITLE;ADDRESS\n1;ООО Ро".utf8) + [0xD0] + Array("маш\u{0}ка;Пермь\n".utf8)
        let reading = try read(text)
        #expect(value("name", reading.records.first) == .text("ООО Ро\u{FFFD}машка"))
        let notes = reading.records.first?.readingNotes ?? []
        #expect(Set(notes.map(\.kind)) == [.nulRemoved, .brokenEncoding])
        #expect(notes.allSatisfy { $0.field == FieldName("name") })
    }

    @Test("quotes hold delimiters, line ends and doubled quotes; a loose quote is a character")
    func quotes() throws {
        let text = "ID,TITLE,ADDRESS\n1,\"ООО \"\"Р\"\", М\",\"a\nb\"\n2,ООО \"Ромашка\",=1+1\n3,\"\",x\n"
        let records = try read(text).records
        #expect(value("name", records[0]) == .text("ООО \"Р\", М"))
        #expect(value("address", records[0]) == .text("a\nb"))
        #expect(value("name", records[1]) == .text("ООО \"Ромашка\""))
        #expect(value("address", records[1]) == .text("=1+1"))
        #expect(value("name", records[2]) == nil)
    }

    @Test(
        "a broken quote is told with its line",
        arguments: [
            ("ID,TITLE\n1,\"a\nb\"\n2,\"open\n3,c\n", "line 4: a quote that opens a cell is not closed"),
            ("ID,TITLE\n1,a\n2,\"b\" c\n", "line 3: text follows the quote that closes a cell"),
        ])
    func brokenQuotes(text: String, message: String) {
        #expect {
            _ = try read(text)
        } throws: { error in
            let error = error as? CollectionError
            return error?.kind == .malformed && error?.message.contains("export.csv, \(message)") == true
        }
    }

    @Test("several phones and e-mails in a cell are told apart")
    func multiple() throws {
        let text = "ID;Телефон;PHONE;EMAIL\n1;+7 (495) 1-1, 8 900;\"a;b\nc\";x@y.ru, z@y.ru\n"
        let record = try read(text).records.first
        #expect(value("phone", record) == .texts(["+7 (495) 1-1", "8 900", "a", "b", "c"]))
        #expect(value("email", record) == .texts(["x@y.ru", "z@y.ru"]))
    }

    @Test("columns are recognised by their headers, whatever the case, and the rest is named")
    func columns() throws {
        let reading = try read(
            " id ; title;инн;Примечание;ИНН\n1;Ромашка;;заметка;7707083893\n")
        let columns = try #require(reading.columns)
        #expect(columns.id == "id")
        #expect(columns.recognised.map(\.field.rawValue) == ["name", "tax_id", "tax_id"])
        #expect(columns.ignored == ["Примечание"] && columns.repeated == ["ИНН"])
        #expect(value("tax_id", reading.records.first) == .text("7707083893"))
    }

    @Test("a column that is both id and field is both; a given id column is taken")
    func idColumns() throws {
        let code = try read("Код;Наименование\n00-1;a\n")
        #expect(code.records.first?.id.rawValue == "00-1")
        #expect(value("code", code.records.first) == .text("00-1"))
        let given = try read("ID;Номер;TITLE\n1;x7;a\n", idColumn: "номер")
        #expect(given.records.first?.id.rawValue == "x7")
    }

    @Test(
        "a file that cannot be meant is refused with the reason",
        arguments: [
            ("", "is empty"), ("ID;Цвет\n1;x\n", "no column is recognised"),
            ("TITLE;ИНН\nx;1\n", "looks like an id"),
        ])
    func refuses(text: String, message: String) {
        #expect {
            _ = try read(text)
        } throws: { error in
            (error as? CollectionError)?.message.contains(message) == true
        }
    }

    @Test("a missing file and a missing id column are told by name")
    func missing() throws {
        let url = folder.url.appending(path: "nowhere.csv")
        #expect(throws: CollectionError.self) { try FileSource.read(url, entity: entity) }
        #expect {
            _ = try read("ID;TITLE\n1;a\n", idColumn: "GUID")
        } throws: { error in
            (error as? CollectionError)?.message.contains("has no column 'GUID'") == true
        }
    }

    @Test("a file of headers only holds no records, which is no error")
    func headersOnly() throws {
        let reading = try read("ID;TITLE\n")
        #expect(reading.records.isEmpty && reading.certificate.isCertified)
    }

    @Test("rows without an id, repeated and ragged ones are counted")
    func counted() throws {
        let reading = try read("ID;TITLE;ИНН\n1;a;x\n;b;y\n1;c;z\n2;d\n3;e;f;g\n\n")
        #expect(reading.records.map(\.id.rawValue) == ["1", "2", "3"])
        let certificate = reading.certificate
        #expect(certificate.deliveredCount == 3 && certificate.repeatedCount == 1)
        #expect(certificate.skippedCount == 1 && certificate.noteCounts["ragged_row"] == 2)
        #expect(certificate.doubts == [.recordsSkipped(count: 1)])
    }

    @Test("JSON lines are read like rows, lists as several values")
    func jsonLines() throws {
        let text = """
            {"Ref_Key": "a", "Наименование": "Ромашка", "PHONE": ["1", "2"], "DeletionMark": true}

            {"Ref_Key": "b", "Наименование": "=1", "ИНН": 7707083893, "вложение": {"x": 1}}
            """
        let reading = try read(text, as: "export.jsonl")
        #expect(value("phone", reading.records.first) == .texts(["1", "2"]))
        #expect(value("is_deleted", reading.records.first) == .boolean(true))
        #expect(value("tax_id", reading.records.last) == .text("7707083893"))
        #expect(reading.columns?.ignored == ["вложение"])
    }

    @Test("a broken JSON line is told with its number")
    func brokenJSONLine() {
        #expect {
            _ = try read("{\"ID\": 1, \"TITLE\": \"a\"}\n{\"ID\": 2, \"TI", as: "x.jsonl")
        } throws: { error in
            let error = error as? CollectionError
            return error?.message.contains("x.jsonl, line 2: not JSON (the text ends") == true
        }
    }

    @Test("as a source, it gives pages with payloads and a certificate", arguments: [0, 1, 2_000, 4_321])
    func source(count: Int) async throws {
        let rows = (0..<count).map { "\($0),Name \($0)\n" }.joined()
        let url = try folder.write("ID,TITLE\n" + rows, to: "companies.csv")
        let source = FileSource(name: SourceName("files"), files: [entity.name: url])
        let pages = Mutex<[[Record]]>([])
        let certificate = try await source.collect(entity, progress: { _, _ in }) { page in
            pages.withLock { $0.append(page) }
        }
        let read = pages.withLock { $0 }
        #expect(read.joined().map(\.id.rawValue) == (0..<count).map(String.init))
        #expect(read.allSatisfy { $0.count <= 2_000 })
        #expect(read.first?.first?.payload == (count > 0 ? #"{"ID":"0","TITLE":"Name 0"}"# : nil))
        #expect(certificate.isCertified && certificate.deliveredCount == count)
        #expect(await source.check(entity).allSatisfy(\.isPassed))
    }
}
