import Foundation
import TestSupport
import Testing

@Suite("sverka serve", .timeLimit(.minutes(5)))
struct ServeTests {
    private let program = BuiltProgram()

    @Test("runs what is due, takes only a good configuration anew, and ends when it is told to")
    func service() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try program.start(
            ["sandbox", "--size", "100", "--no-rate-limit", "--write-config", "sverka.yaml"],
            in: folder.url)
        defer { sandbox.send(SIGTERM) }
        try #require(await sandbox.says("Ctrl-C"), "\(sandbox.errorsSoFar)")
        let file = folder.url.appending(path: "sverka.yaml")
        let written = try String(contentsOf: file, encoding: .utf8)
            .replacing("entities:", with: "# entities:")
        // What is due every minute was due less than a minute ago, and that is not late.
        let good =
            written + "schedule: {nightly: \"* * * * *\"}\nserve: {listen: \"127.0.0.1:0\"}\n"
        try Data(good.utf8).write(to: file)

        let service = try program.start(["serve"], in: folder.url)
        defer { service.send(SIGKILL) }
        try #require(await service.says("nightly ended"), "\(service.errorsSoFar)")
        try Data((good + "sources: {}\n").utf8).write(to: file)
        service.send(SIGHUP)
        try #require(await service.says("the old one stays in force"))
        try Data(good.utf8).write(to: file)
        service.send(SIGHUP)
        try #require(await service.says("the configuration was read again"))
        let schedule = try await program.run(["schedule"], in: folder.url)
        service.send(SIGTERM)
        let end = await service.outcome()

        #expect(end.exitCode == 0, "\(end.errors)")
        #expect(end.errors.contains("health and metrics at http://127.0.0.1:"))
        #expect(schedule.output.contains("nightly  * * * * *"))
        #expect(schedule.output.contains("succeeded") || schedule.output.contains("running"))
    }

    @Test("does not wait longer than it was told to for what does not end, and says so")
    func deadline() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            data: data
            sources:
              left: {name: a, kind: files, folder: l}
              right: {name: b, kind: files, folder: r}
            schedule: {nightly: "0 0 1 1 *"}
            serve: {listen: "127.0.0.1:0", stop_within: 2s}
            """, to: "sverka.yaml")
        let service = try program.start(["serve"], in: folder.url)
        defer { service.send(SIGKILL) }
        try #require(await service.says("health and metrics at"), "\(service.errorsSoFar)")
        // Its own database answers nothing any more, as on a disk that is gone.
        let lock = try #require(Self.postmasterLock(below: folder.url))
        let postmaster = try #require(Self.postmaster(of: lock))
        kill(postmaster, SIGSTOP)
        func stop() {
            guard FileManager.default.fileExists(atPath: lock.path) else { return }
            kill(postmaster, SIGCONT)
            kill(postmaster, SIGQUIT)
        }
        defer { stop() }
        service.send(SIGTERM)
        let end = await service.outcome()
        #expect(end.exitCode == 1)
        #expect(
            end.errors.contains("what was running did not end within 2 seconds"), "\(end.errors)")
        stop()
        // Its folder goes with the test, and it still writes there.
        while FileManager.default.fileExists(atPath: lock.path) {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The file in which the process that keeps the private database of a folder has its number.
    private static func postmasterLock(below folder: URL) -> URL? {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init()
        where file.lastPathComponent == "postmaster.pid" {
            return file
        }
        return nil
    }

    private static func postmaster(of lock: URL) -> pid_t? {
        let text = try? String(contentsOf: lock, encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    @Test("says what to write when nothing is scheduled")
    func nothing() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            sources:
              left: {name: a, kind: files, folder: l}
              right: {name: b, kind: files, folder: r}
            """, to: "sverka.yaml")

        let outcome = try await program.run(["serve"], in: folder.url)

        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("nightly: \"30 2 * * *\""))
    }
}
