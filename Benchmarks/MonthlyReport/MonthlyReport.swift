import Foundation
import Operations
import PostgresClient
import Storage

/// Times reports over a database of many nights.
///
///     monthly-benchmark FOLDER [NIGHTS FINDINGS RECORDS OPERATIONS]
///
/// FOLDER is where the private cluster, the configuration and the reports go. It is filled when it is
/// empty: so many nights with so many new findings each, so many records of each entity and side,
/// so many operations in the integration's journal. Each report is made three times as `sverka report`
/// makes it, queries and workbook, over a database that is up; medians are printed.
@main
struct MonthlyReport {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let path = arguments.first else {
            return print("usage: monthly-benchmark FOLDER [NIGHTS FINDINGS RECORDS OPERATIONS]")
        }
        let folder = URL(filePath: path)
        let sizes = arguments.dropFirst().compactMap { Int($0) }
        let filling = Filling(
            nights: sizes.first ?? 400, findings: sizes.dropFirst().first ?? 5_000,
            records: sizes.dropFirst(2).first ?? 20_000,
            operations: sizes.dropFirst(3).first ?? 5_000_000)

        let configuration = try configuration(in: folder)
        let resources = ResourceFolders(overrides: nil)
        let cluster = EmbeddedCluster(
            folder: configuration.dataFolder.appending(path: "cluster"), database: "sverka")
        let server = try await cluster.start()
        try await filling.migrate(configuration, resources)
        let connection = try PostgresConnection(server)
        let isFilled = try await connection.query(
            Statement(name: "filled", text: "SELECT EXISTS (SELECT FROM run) AS filled"))
        if try isFilled.first?["filled"].bool != true { try await filling.fill(connection) }
        await connection.close()

        print("\(filling.nights) nights × \(filling.findings) findings,")
        print("\(filling.operations) operations; medians of 3")
        for name in ["monthly-management", "sync-report", "sync-errors"] {
            var seconds: [Double] = []
            for _ in 0..<3 {
                let start = ContinuousClock.now
                let job = ReportJob(configuration, resources: resources, progress: SilentProgress())
                _ = try await job.make(ReportJob.Order(name, period: "2026-10"))
                seconds.append((ContinuousClock.now - start) / .seconds(1))
            }
            print(name, String(format: "%.2f s", seconds.sorted()[1]))
        }
        try await cluster.stop()
    }

    /// A configuration whose sources are never asked.
    private static func configuration(in folder: URL) throws -> Configuration {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "exports"), withIntermediateDirectories: true)
        let file = folder.appending(path: "sverka.yaml")
        let text = """
            company: {name: Bench}
            data: data
            sources:
              left: {name: 1c, kind: files, folder: exports}
              right: {name: bitrix24, kind: files, folder: exports}
            roi:
              development: {hours: 150, rate: 1500}
              setup: 45000
              training: {people: 3, price: 10000}
              hours_saved_per_week: 20
              hourly_rate: 500
            """
        try Data(text.utf8).write(to: file)
        return try ConfigurationFile.read(file)
    }
}
