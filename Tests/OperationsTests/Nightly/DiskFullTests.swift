import DatabaseTestSupport
import Foundation
import PostgresClient
import Records
import Spreadsheet
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite(
    "A night on a full disk", .timeLimit(.minutes(10)),
    .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
struct NightlyDiskFullTests {
    @Test("of the database fails with what to do, keeps no half snapshot, and the next run goes on")
    func database() async throws {
        let disk = try SmallDisk(kilobytes: 24 * 1_024)
        let space = "night_\(getpid())"
        try await NightScene.play { scene in
            let place = disk.url.appending(path: "space")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            // The server's user has to write there, whoever that is here.
            chmod(place.path, 0o777)
            _ = try ExternalTool.run("/bin/chown", ["postgres", place.path])
            try scene.psql("CREATE TABLESPACE \(space) LOCATION '\(place.path)'")
            try scene.psql(
                "ALTER DATABASE \(scene.database.database) SET default_tablespace = \(space)")
            // The schema finds room; then somebody else fills the disk.
            try await scene.withStore { _ in }
            let filler = disk.url.appending(path: "filler")
            try Self.fill(filler)

            let error = await #expect(throws: PostgresError.self) { try await scene.night() }
            let snapshots = try await scene.withStore { try await $0.snapshots(limit: 10) }
            try FileManager.default.removeItem(at: filler)
            let next = try await scene.night()

            #expect(error?.kind == .diskFull)
            #expect(error?.explanation.contains("start the command again") == true)
            #expect(snapshots.count < 2, "one side may have found room, both have not")
            #expect(next.exitCode == 0)
            #expect(next.entities[0].findings.count > 10)
        }
        let server = try PostgresConnection(try await TestCluster.shared.configuration())
        try await server.execute(
            Statement(name: "drop_tablespace", text: "DROP TABLESPACE \(space)"))
        await server.close()
        withExtendedLifetime(disk) {}
    }

    /// Fills the disk but for some pages.
    private static func fill(_ file: URL) throws {
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        let handle = try FileHandle(forWritingTo: file)
        let block = Data(count: 16 * 1_024)
        while (try? handle.write(contentsOf: block)) != nil {}
    }

    @Test("fails with what to do, leaves no half report, and the next run goes on")
    func report() async throws {
        try await NightScene.play { scene in
            let disk = try SmallDisk(kilobytes: 16)
            var full = scene
            full.configuration.dataFolder = disk.url

            let error = await #expect(throws: SpreadsheetError.self) { try await full.night() }
            let left = try FileManager.default.subpathsOfDirectory(atPath: disk.url.path)
            let runs = try await scene.withStore { try await $0.runs(limit: 10) }
            let next = try await scene.night()

            #expect(error?.kind == .diskFull)
            #expect(!left.contains { $0.hasSuffix(".xlsx") || $0.hasSuffix(".eml") })
            #expect(runs.first?.state == .failed)
            #expect(runs.first?.error?.contains("disk") == true)
            #expect(next.exitCode == 0)
            #expect(next.entities[0].writtenCounts == [.left: 0, .right: 0], "snapshots stand")
        }
    }
}
