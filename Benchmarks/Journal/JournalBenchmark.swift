import Foundation
import Operations
import PostgresClient

/// Times the reading of a journal (`sverka run journal`) against `psql \copy` of the same rows.
///
///     journal-benchmark FOLDER [LINES]
///
/// FOLDER is where the private cluster goes, with the journal and the rows as CSV beside it.
@main
struct JournalBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { return print("usage: journal-benchmark FOLDER [LINES]") }
        let folder = URL(filePath: arguments[1])
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 1_000_000 : 1_000_000
        let cluster = EmbeddedCluster(folder: folder.appending(path: "cluster"), database: "bench")
        let server = try await cluster.start()
        guard case .socketFolder(let socket) = server.address else { return }
        let journal = folder.appending(path: "journal")
        try FileManager.default.createDirectory(at: journal, withIntermediateDirectories: true)
        let rows = folder.appending(path: "rows.csv")
        try Lines.write(count, to: journal.appending(path: "operation.jsonl"), rows: rows)

        let connection = try PostgresConnection(server)
        var (ours, theirs): ([Double], [Double]) = ([], [])
        var processor: [Double] = []
        for turn in 0..<4 {
            let name = "turn\(turn)"
            try await connection.createDatabase(name, template: "template0")
            let file = folder.appending(path: "sverka.yaml")
            let user = server.user ?? ""
            let url = "postgres:///\(name)?host=\(socket)&port=\(server.port)&user=\(user)"
            try Data(
                """
                data: data
                database: {url: "\(url)"}
                sources:
                  left: {name: a, kind: files, folder: left}
                  right: {name: b, kind: files, folder: right}
                  journal: {name: journal, kind: files, folder: journal}

                """.utf8
            ).write(to: file)
            let ingest = try JournalIngest(
                ConfigurationFile.read(file), resources: ResourceFolders(overrides: nil),
                progress: SilentProgress())
            let before = ownProcessorSeconds()
            let start = ContinuousClock.now
            let outcome = try await ingest.run()
            ours.append(seconds(since: start))
            processor.append(ownProcessorSeconds() - before)
            precondition(outcome.entryCount == count, "\(outcome.entryCount) of \(count) lines")
            theirs.append(try psql(rows, name, socket, server))
            try await connection.dropDatabase(name)
        }
        await connection.close()
        try await cluster.stop()
        // The first of each warms up.
        let (a, b, c) = (
            median(ours.dropFirst()), median(theirs.dropFirst()), median(processor.dropFirst())
        )
        let perSecond = { (seconds: Double) in Int(Double(count) / seconds) }
        print("lines \(count), medians of 3 in turn")
        print(String(format: "run journal    %.2f s wall  %d lines/s", a, perSecond(a)))
        print(String(format: "  of that our processor %.2f s, %d lines/s", c, perSecond(c)))
        print(String(format: "psql \\copy     %.2f s wall  %d rows/s", b, perSecond(b)))
        print(String(format: "ratio          %.2f × the rows per second of psql", b / a))
    }

    /// The same rows into the same table, without anything else that ingest does.
    private static func psql(
        _ rows: URL, _ database: String, _ socket: String, _ server: PostgresConfiguration
    ) throws -> Double {
        let columns =
            "source_id, file_id, occurred_at, operation, object_kind, source_system, target_system, "
            + "object_id, is_error, duration_ms, error_code, error_type, error_shape, "
            + "personal_details"
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-q", "-h", socket, "-p", String(server.port), "-U", server.user ?? "",
            "-d", database, "-c", "TRUNCATE journal_entry", "-c",
            "\\copy journal_entry (\(columns)) from '\(rows.path)' (format csv)",
        ]
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return seconds(since: start)
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    private static func ownProcessorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    private static func median(_ values: some Collection<Double>) -> Double {
        values.sorted()[values.count / 2]
    }
}

/// Lines as an integration writes them, one in twenty-five an error.
private enum Lines {
    private static let kinds = ["counterparty", "order", "product", "price", "stock", "payment"]
    private static let errors = [
        ("QUERY_LIMIT_EXCEEDED", "Too many requests, record %d was left for the next run"),
        ("TIMEOUT", "No answer within 30 s from 10.0.0.%d"),
        ("", "Не заполнено обязательное поле «ИНН» контрагента 000-%d"),
        ("1C_OBJECT_LOCKED", "Не удалось заблокировать запись УТ-%d"),
    ]

    static func write(_ count: Int, to file: URL, rows: URL) throws {
        try Data().write(to: file)
        try Data().write(to: rows)
        let (lines, table) = (
            try FileHandle(forWritingTo: file), try FileHandle(forWritingTo: rows)
        )
        // Up to now, ten a second.
        let first = Date().timeIntervalSince1970 - Double(count) / 10
        var (text, csv) = ("", "")
        for index in 0..<count {
            let moment = Date(timeIntervalSince1970: first + Double(index) / 10)
            let time = moment.formatted(.iso8601)
            let kind = kinds[index % kinds.count]
            let id = "5f1c2b7a-0000-4000-8000-\(String(index + 1_000_000_000_000).suffix(12))"
            let milliseconds = 20 + index * 7 % 900
            var (status, code, details) = ("success", "", "")
            if index % 25 == 7 {
                let error = errors[index / 25 % errors.count]
                (status, code) = ("error", error.0)
                details = error.1.replacing("%d", with: String(index))
            }
            text += """
                {"id":\(index),"timestamp":"\(time)","operation":"update","type":"\(kind)",\
                "source_system":"1C","target_system":"Bitrix24","object_id":"\(id)",\
                "status":"\(status)","error_code":"\(code)","duration":\(milliseconds),\
                "details":"\(details)"}

                """
            csv +=
                "1,1,\(time),update,\(kind),1C,Bitrix24,\(id),\(status == "error"),"
                + "\(milliseconds),\(code),\(code.isEmpty ? "" : "connection.timeout"),"
                + "\"\(details)\",\"\(details)\"\n"
            if index % 10_000 == 9_999 || index == count - 1 {
                try lines.write(contentsOf: Data(text.utf8))
                try table.write(contentsOf: Data(csv.utf8))
                (text, csv) = ("", "")
            }
        }
        try lines.close()
        try table.close()
    }
}
