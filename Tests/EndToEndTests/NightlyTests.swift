import Foundation
import TestSupport
import Testing

@Suite("sverka run nightly", .timeLimit(.minutes(5)))
struct NightlyTests {
    private let program = BuiltProgram()

    /// Starts a sandbox that writes a configuration into the folder.
    private func sandbox(in folder: TemporaryFolder) async throws -> RunningProgram {
        let sandbox = try program.start(
            ["sandbox", "--size", "300", "--no-rate-limit", "--write-config", "sverka.yaml"],
            in: folder.url)
        try #require(await sandbox.says("Ctrl-C"), "\(sandbox.errorsSoFar)")
        // One entity is enough for what these tests ask.
        let file = folder.url.appending(path: "sverka.yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let text = lines.map { $0.hasPrefix("entities:") ? "entities: [counterparty]" : $0 }
        try Data((text.joined(separator: "\n") + "\n").utf8).write(to: file)
        return sandbox
    }

    @Test(
        "goes on after kill -9 at any stage, and the snapshots are whole",
        arguments: [
            "begin  counterparty from 1c", "begin  link", "begin  compare", "begin  report",
        ])
    func killed(stage: String) async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }

        let killed = try program.start(["run", "nightly"], in: folder.url)
        try #require(await killed.says(stage), "\(killed.errorsSoFar)")
        killed.send(SIGKILL)
        _ = await killed.outcome()
        // The last stage may have ended before the signal came.
        let left = try await program.run(["runs", "show", "1"], in: folder.url)
        let isDone = left.output.contains("run 1 (nightly): succeeded")
        let next = try await program.run(["run", "nightly"], in: folder.url)
        let runs = try await program.run(["runs", "show", "1"], in: folder.url)

        #expect(next.exitCode == 0, "\(next.errors)")
        #expect(isDone || left.output.contains("run 1 (nightly): running"))
        #expect(next.errors.contains("going on with run 1") == !isDone)
        #expect(runs.output.contains("run 1 (nightly): succeeded"))
        #expect(!runs.output.contains("NOT CERTIFIED"))
    }

    @Test("lists what it found, and finds nothing new in a night without changes")
    func secondNight() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }

        let first = try await program.run(["run", "nightly"], in: folder.url)
        let second = try await program.run(["run", "nightly"], in: folder.url)
        let open = try await program.run(
            ["findings", "--state", "open", "--format", "csv"], in: folder.url)
        let snapshots = try await program.run(["snapshots", "--source", "1c"], in: folder.url)
        let certificate = try await program.run(["snapshots", "show", "1"], in: folder.url)
        let new = try await program.run(
            ["findings", "--state", "new", "--format", "csv"], in: folder.url)

        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(second.output.contains("0 record rows written"))
        #expect(open.output.split(whereSeparator: \.isNewline).count > 10)
        #expect(snapshots.output.split(whereSeparator: \.isNewline).count == 3)
        #expect(certificate.output.contains("certified: it may be taken for the whole"))
        #expect(certificate.output.contains("checksum"))
        #expect(new.output.split(whereSeparator: \.isNewline).count == 1, "the header only")
    }

    @Test("ends with 3 when a system cannot be read, keeps the other side, and says which")
    func unreachable() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        let file = folder.url.appending(path: "sverka.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let wrong = text.replacing("password: \"sandbox\"", with: "password: \"wrong\"")
        try #require(wrong != text)
        try Data(wrong.utf8).write(to: file)

        let outcome = try await program.run(["run", "nightly"], in: folder.url)

        #expect(outcome.exitCode == 3, "\(outcome.errors)")
        #expect(outcome.output.contains("INCOMPLETE: counterparty from 1c"))
        #expect(outcome.errors.contains("counterparty from bitrix24: 300 records"))
    }

    @Test("check says what works, one line each")
    func check() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }

        let outcome = try await program.run(["check"], in: folder.url)

        #expect(outcome.exitCode == 0, "\(outcome.output)")
        #expect(outcome.output.contains("ok   database"))
        #expect(!outcome.output.contains("FAIL"))
    }

    @Test("check of systems that are away says so for each, and waits nothing out")
    func checkWithoutSystems() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        sandbox.send(SIGTERM)
        _ = await sandbox.outcome()

        let outcome = try await program.run(["check"], in: folder.url)

        #expect(outcome.exitCode == 1, "\(outcome.output)")
        #expect(outcome.output.contains("FAIL 1c, counterparty"))
        #expect(outcome.output.contains("FAIL bitrix24, counterparty"))
        #expect(outcome.output.contains("ok   database"))
        #expect(outcome.output.contains("2 to mend"))
    }
}
