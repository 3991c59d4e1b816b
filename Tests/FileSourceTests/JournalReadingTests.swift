import Foundation
import Records
import TestSupport
import Testing

@testable import FileSource

@Suite("Reading on in a journal")
struct JournalReadingTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    /// 26 November 2026, 12:00 in Moscow.
    private static let noon: Int64 = 1_795_683_600_000_000

    private func read(
        _ name: String, from position: Int = 0, latest: Int64 = .max, isAtRest: Bool = false
    ) throws -> (batch: JournalBatch, position: Int) {
        var reading = try JournalReading(
            fixture.folder.url.appending(path: name), from: position,
            entity: ExportFixture.entity("operation"),
            settings: JournalSettings(
                timeZone: TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt, latest: latest,
                errorWords: ["error", "ошибка"]), isAtRest: isAtRest)
        var all = JournalBatch()
        while let batch = try reading.next() {
            all.entries += batch.entries
            all.lineCount += batch.lineCount
            all.refused.merge(batch.refused) { $0 + $1 }
        }
        return (all, reading.position)
    }

    private static func line(_ id: Int, _ more: String = "") -> String {
        """
        {"timestamp":"2026-11-26T12:00:00.250+03:00","operation":"update","type":"order",\
        "source_system":"1C","target_system":"Bitrix24","object_id":"\(id)",\
        "status":"success","duration":\(id)\(more)}
        """
    }

    @Test("every column becomes what it is")
    func columns() throws {
        let error = """
            {"time": "26.11.2026 12:00:01", "action": "create", "entity": "price", \
            "source": "1С", "target": "crm", "object": "7", "result": "Ошибка", "code": "E1", \
            "duration_ms": "12.6", "message": "нет \\"поля\\"", "extra": {"a": [1, 2]}}
            """
        try fixture.write(Self.line(5) + "\n" + error + "\n", to: "operation.jsonl")
        let entries = try read("operation.jsonl").batch.entries
        #expect(
            entries == [
                JournalEntry(
                    occurredAt: Self.noon + 250_000, operation: "update", objectKind: "order",
                    sourceSystem: "1C", targetSystem: "Bitrix24", objectID: "5",
                    durationMilliseconds: 5),
                JournalEntry(
                    occurredAt: Self.noon + 1_000_000, operation: "create", objectKind: "price",
                    sourceSystem: "1С", targetSystem: "crm", objectID: "7", isError: true,
                    durationMilliseconds: 13, errorCode: "E1", details: "нет \"поля\""),
            ])
    }

    @Test(
        "lines that are not JSON, long, without time or from the future are counted; the rest goes on"
    )
    func refused() throws {
        let long = "{\"details\":\"\(String(repeating: "x", count: 10 << 20))\"}"
        let lines = [
            Self.line(1), "not JSON", "[1]", "", long, Self.line(2),
            #"{"operation":"update","status":"ok"}"#, #"{"timestamp":"yesterday"}"#,
            #"{"timestamp":"2026-11-26T12:16:00+03:00"}"#, "{\"timestamp\":", Self.line(3),
        ]
        try fixture.write(lines.joined(separator: "\n") + "\n", to: "operation.jsonl")
        let (batch, position) = try read("operation.jsonl", latest: Self.noon + 900_000_000)
        #expect(batch.entries.map(\.objectID) == ["1", "2", "3"])
        #expect(
            batch.refused == [.unreadable: 3, .tooLong: 1, .noTime: 2, .fromFuture: 1])
        #expect(batch.lineCount == 10)
        #expect(position == lines.joined(separator: "\n").utf8.count + 1)
    }

    @Test("a line is taken when it is written to its end, an object also without the line's end")
    func growing() throws {
        let first = Self.line(1) + "\n"
        try fixture.write(first + Self.line(2).prefix(40), to: "operation.jsonl")
        let (batch, position) = try read("operation.jsonl")
        #expect(batch.entries.map(\.objectID) == ["1"])
        #expect(position == first.utf8.count)
        try fixture.write(first + Self.line(2), to: "operation.jsonl")
        let second = try read("operation.jsonl", from: position)
        #expect(second.batch.entries.map(\.objectID) == ["2"])
        try fixture.write(first + Self.line(2) + "\n" + Self.line(3) + "\n", to: "operation.jsonl")
        let third = try read("operation.jsonl", from: second.position)
        #expect(third.batch.entries.map(\.objectID) == ["3"])
        #expect(third.batch.refused.isEmpty)
    }

    @Test("a status that nobody knows is an error only with a code")
    func status() throws {
        try fixture.write(
            """
            {"timestamp":"2026-11-26T12:00:00Z","status":"hm"}
            {"timestamp":"2026-11-26T12:00:00Z","status":"hm","error_code":"E"}
            {"timestamp":"2026-11-26T12:00:00Z","error_code":"E"}
            {"timestamp":"2026-11-26T12:00:00Z","status":"success","error_code":"E"}

            """, to: "operation.jsonl")
        #expect(
            try read("operation.jsonl").batch.entries.map(\.isError) == [false, true, true, false])
    }

    @Test(
        "rows of CSV may have line ends in quotes; a quote that is not closed costs its line only")
    func delimited() throws {
        try fixture.write(
            """
            Время;Объект;Статус;Описание
            26.11.2026 12:00:00;1;success;
            26.11.2026 12:00:01;2;error;"две
            строки; и ""кавычки""\"
            26.11.2026 12:00:02;3;error;"не закрыта
            26.11.2026 12:00:03;4;success;ООО "Ромашка"

            26.11.2026 12:00:04;5;succ
            """, to: "operation.csv")
        let (batch, position) = try read("operation.csv")
        #expect(batch.entries.map(\.objectID) == ["1", "2", "4"])
        #expect(batch.entries[1].details == "две\nстроки; и \"кавычки\"")
        #expect(batch.refused == [.unreadable: 1])
        // The last row may still be written to; once the file rests it is whole.
        let rest = try read("operation.csv", from: position, isAtRest: true)
        #expect(rest.batch.entries.map(\.objectID) == ["5"])
    }

    @Test("windows-1251 is told from UTF-8 line by line")
    func encodings() throws {
        let header = Array("timestamp,status,details\n".utf8)
        let cyrillic: [UInt8] = [0xCE, 0xF8, 0xE8, 0xE1, 0xEA, 0xE0]
        let old = Array("2026-11-26T12:00:00Z,error,".utf8) + cyrillic + [0x0A]
        let new = Array("2026-11-26T12:00:01Z,error,Ошибка\n".utf8)
        try fixture.write(header + old + new, to: "operation.csv")
        #expect(
            try read("operation.csv").batch.entries.map(\.details) == ["Ошибка", "Ошибка"])
    }

    @Test("a file without a column of time is refused as a whole, with what to do")
    func noTimeColumn() throws {
        try fixture.write("id,name\n1,a\n", to: "operation.csv")
        let error = #expect(throws: FileError.self) { try read("operation.csv") }
        #expect(error?.message.contains("tells the time; add its header") == true)
    }

    @Test("the fast reader and the slow one read the same")
    func twins() throws {
        let entity = try ExportFixture.entity("operation")
        let columns = JournalColumns(entity)
        let settings = JournalSettings(timeZone: .gmt)
        var random = SeededNumbers(seed: 7)
        var plainCount = 0
        for _ in 0..<4_000 {
            let line = Array(Self.randomLine(&random).utf8)
            line.withUnsafeBufferPointer { bytes in
                var flat = FlatObject(columns: columns)
                var slow = JSONJournalLines(columns: columns, settings: settings)
                var cells = JournalCells()
                guard flat.read(bytes, into: &cells) else { return }
                plainCount += 1
                var fastReader = JournalEntryReader(settings)
                var slowReader = JournalEntryReader(settings)
                let fast = try? fastReader.entry(cells, in: bytes).get()
                let isRead = slow.readWhole(bytes)
                #expect(isRead, "\(String(decoding: bytes, as: UTF8.self))")
                let twin = try? slowReader.entry(slow.cells, in: bytes).get()
                #expect(fast == twin, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        #expect(plainCount > 500)
    }

    /// A line that may or may not be JSON.
    private static func randomLine(_ random: inout SeededNumbers) -> String {
        let names = [
            "timestamp", "Время", "status", "details", "duration", "x", "error_code", "a\\u0062",
        ]
        let values = [
            "\"2026-11-26T12:00:00Z\"", "\"26.11.2026 9:00:00\"", "12", "-3", "0", "1.5", "1e3",
            "null", "true", "false", "\"\"", "\"Ошибка\"", "\" a \"", "\"q\\\"q\"", "[1,2]",
            "{\"y\":1}", "\"tab\\t\"", "nul", "01", "\"open", "\"error\"", "123456789012",
        ]
        var members: [String] = []
        for _ in 0..<Int(random.next() % 6) {
            let name = names[Int(random.next() % UInt64(names.count))]
            let value = values[Int(random.next() % UInt64(values.count))]
            let space = random.next() % 3 == 0 ? " " : ""
            members.append("\"\(name)\"\(space):\(space)\(value)")
        }
        let end = random.next() % 20 == 0 ? "" : "}"
        return "{" + members.joined(separator: random.next() % 2 == 0 ? "," : " , ") + end
    }
}

@Suite("Moments of a journal")
struct JournalTimeTests {
    @Test(
        "are read in every form, with their fractions",
        arguments: [
            ("2026-11-26T12:00:00Z", 1_795_694_400_000_000 as Int64?),
            ("2026-11-26T12:00:00.5+03:00", 1_795_683_600_500_000),
            ("2026-11-26 12:00:00", 1_795_683_600_000_000),
            ("26.11.2026 9:05:07,123456789", 1_795_673_107_123_456),
            ("2026-11-26T12:00:00-0330", 1_795_707_000_000_000),
            ("2026-02-30T12:00:00Z", nil), ("2026-11-26", nil), ("2026-11-26T24:00:00Z", nil),
            ("0001-01-01T00:00:00", nil), ("2026-11-26T12:00:00 noon", nil), ("", nil),
            ("1795694400", nil),
        ])
    func forms(text: String, microseconds: Int64?) {
        var time = JournalTime(timeZone: TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt)
        var text = text
        #expect(text.withUTF8 { time.microseconds($0) } == microseconds)
    }
}
