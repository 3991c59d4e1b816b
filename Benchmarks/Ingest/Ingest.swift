import Foundation
import PostgresClient

/// Times COPY through `PostgresClient` against `psql \copy` of the same rows, in turn.
///
///     ingest-benchmark FOLDER [ROWS]
///
/// FOLDER is where the private cluster goes, with the rows as CSV and as psql's script beside it.
@main
struct Ingest {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { return print("usage: ingest-benchmark FOLDER [ROWS]") }
        let folder = URL(filePath: arguments[1])
        let rows = Row.make(count: arguments.count > 2 ? Int(arguments[2]) ?? 100_000 : 100_000)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "rows.csv")
        try Data(rows.map(\.csv).joined().utf8).write(to: file)

        let cluster = EmbeddedCluster(folder: folder.appending(path: "cluster"), database: "bench")
        let server = try await cluster.start()
        let connection = try PostgresConnection(server)
        let columns =
            "a text, b text, c text, d text, e text, f text, g bigint, h boolean, i jsonb, j text"
        try await connection.runScript(
            Statement(name: "create", text: "DROP TABLE IF EXISTS t; CREATE TABLE t (\(columns))"))

        var (ours, theirs): ([Double], [Double]) = ([], [])
        for _ in 0..<6 {
            ours.append(try await copyIn(rows, connection))
            theirs.append(try psql(file, server))
        }
        await connection.close()
        try await cluster.stop()
        // The first of each warms up.
        let (a, b) = (median(ours.dropFirst()), median(theirs.dropFirst()))
        let perSecond = { (seconds: Double) in Int(Double(rows.count) / seconds) }
        print("rows \(rows.count), 10 columns, medians of 5 in turn")
        print(String(format: "PostgresClient  %.3f s  %d rows/s", a, perSecond(a)))
        print(String(format: "psql \\copy      %.3f s  %d rows/s", b, perSecond(b)))
        print(String(format: "ratio           %.2f × the rows per second of psql", b / a))
    }

    private static func copyIn(
        _ rows: [Row], _ connection: PostgresConnection
    ) async throws -> Double {
        _ = try await connection.execute(Statement(name: "empty", text: "TRUNCATE t"))
        let start = ContinuousClock.now
        _ = try await connection.copyIn(
            Statement(name: "rows", text: "COPY t FROM STDIN (FORMAT binary)")
        ) { writer in
            for row in rows {
                try await writer.row { encoder in
                    for text in row.texts { encoder.text(text) }
                    encoder.int64(row.number)
                    encoder.bool(row.flag)
                    encoder.jsonb(row.json)
                    encoder.text(row.last)
                }
            }
        }
        return seconds(since: start)
    }

    private static func psql(_ file: URL, _ server: PostgresConfiguration) throws -> Double {
        guard case .socketFolder(let socket) = server.address else { return .nan }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-q", "-h", socket, "-p", String(server.port), "-U", server.user ?? "",
            "-d", server.database, "-c", "TRUNCATE t", "-c",
            "\\copy t from '\(file.path)' (format csv)",
        ]
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CocoaError(.executableLoad)
        }
        return seconds(since: start)
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    private static func median(_ values: some Collection<Double>) -> Double {
        values.sorted()[values.count / 2]
    }
}

/// A row as a counterparty's might be.
private struct Row {
    let texts: [String]
    let number: Int64
    let flag: Bool
    let json: String
    let last: String

    static func make(count: Int) -> [Row] {
        (0..<count).map { index in
            Row(
                texts: [
                    "guid-\(index)", "ООО «Ромашка \(index)»", "77\(10_000_000 + index)",
                    "770101001", "+7 (495) \(1_000_000 + index)", "mail\(index)@example.ru",
                ],
                number: Int64(index), flag: index % 2 == 0,
                json: "{\"name\": \"ООО «Ромашка \(index)»\", \"phones\": [\"+7495\(index)\"]}",
                last: "125009, г. Москва, ул. Тверская, дом № \(index % 100)")
        }
    }

    var csv: String {
        let quoted = (texts + [String(number), flag ? "t" : "f", json, last])
            .map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
        return quoted.joined(separator: ",") + "\n"
    }
}
