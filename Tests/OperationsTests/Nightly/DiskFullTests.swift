import Foundation
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
