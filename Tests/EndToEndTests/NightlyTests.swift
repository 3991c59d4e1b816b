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
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/\n  journal:.*\n(?: {4}.+\n)+/, with: "\n")
            .replacing(/\nentities:.+\n/, with: "\nentities: [counterparty]\n")
        try Data(text.utf8).write(to: file)
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
        // Nothing is lost, and nothing is found twice: as in a night that nobody killed.
        let whole = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: folder.url.appending(path: "sverka.yaml"),
            to: whole.url.appending(path: "sverka.yaml"))
        _ = try await program.run(["run", "nightly"], in: whole.url)
        #expect(try await fingerprints(in: folder) == fingerprints(in: whole))
    }

    @Test("goes on after kill -9 at any moment, however often", arguments: [1, 2])
    func killedAnywhere(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        let whole = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: folder.url.appending(path: "sverka.yaml"),
            to: whole.url.appending(path: "sverka.yaml"))
        let told = try await program.run(["run", "nightly"], in: whole.url).errors.utf8.count

        // Moments by what a night has told so far, the making of the database included.
        var random = SeededNumbers(seed: seed)
        var killedCount = 0
        for turn in 1...8 {
            let night = try program.start(["run", "nightly"], in: folder.url)
            let moment = (told: random.below(told), after: random.unit() * 0.06)
            if await night.end(onceTold: moment.told, after: moment.after) { killedCount += 1 }
            let outcome = await night.outcome()
            #expect(
                outcome.exitCode == SIGKILL || outcome.exitCode == 0,
                "turn \(turn): \(outcome.errors)")
        }
        let last = try await program.run(["run", "nightly"], in: folder.url)
        let snapshots = try await program.run(["snapshots"], in: folder.url)

        #expect(killedCount > 3)
        #expect(last.exitCode == 0, "\(last.errors)")
        #expect(!snapshots.output.contains("NOT CERTIFIED"))
        #expect(try await fingerprints(in: folder) == fingerprints(in: whole))
    }

    @Test("turns a second one away while the first runs, with an exit code of its own")
    func locked() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }

        let first = try program.start(["run", "nightly"], in: folder.url)
        try #require(
            await first.says("begin  counterparty from 1c"), "\(first.errorsSoFar)")
        // It stands still, so that it cannot end meanwhile.
        first.send(SIGSTOP)
        let second = try await program.run(["run", "nightly"], in: folder.url)
        first.send(SIGCONT)

        #expect(second.exitCode == 4)
        #expect(second.errors.contains("nightly"), "\(second.errors)")
        #expect(await first.outcome().exitCode == 0)
    }

    private func fingerprints(in folder: TemporaryFolder) async throws -> [String] {
        let listed = try await program.run(["findings", "--format", "json"], in: folder.url)
        let objects = try JSONSerialization.jsonObject(with: Data(listed.output.utf8))
        let all = (objects as? [[String: String]] ?? []).compactMap { $0["fingerprint"] }.sorted()
        #expect(all.count > 10)
        return all
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

        let later = try await program.run(
            ["run", "nightly", "--as-of", "2099-12-31"], in: folder.url)
        let before = try await program.run(
            ["run", "nightly", "--as-of", "2001-01-01"], in: folder.url)

        #expect(later.exitCode == 0, "\(later.errors)")
        #expect(later.output.contains("counterparty"))
        #expect(before.exitCode == 2, "\(before.errors)")
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(second.output.contains("0 record rows written"))
        #expect(open.output.split(whereSeparator: \.isNewline).count > 10)
        #expect(snapshots.output.split(whereSeparator: \.isNewline).count == 3)
        #expect(certificate.output.contains("certified: it may be taken for the whole"))
        #expect(certificate.output.contains("checksum"))
        #expect(new.output.split(whereSeparator: \.isNewline).count == 1, "the header only")
    }

    @Test("lists findings by kind and day, as a table, for a spreadsheet and for a program")
    func findings() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        _ = try await program.run(["run", "nightly"], in: folder.url)
        func findings(_ options: String...) async throws -> BuiltProgram.Outcome {
            try await program.run(["findings"] + options, in: folder.url)
        }

        let table = try await findings("--kind", "mismatch")
        let json = try await findings("--kind", "mismatch", "--format", "json")
        let first = try await findings("--limit", "3")
        let later = try await findings("--since", "2099-01-01", "--format", "csv")
        let unknown = try await findings("--kind", "mistake")

        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: String]])
        #expect(objects.count > 3)
        #expect(objects.allSatisfy { $0["kind"] == "mismatch" })
        #expect(table.output.split(whereSeparator: \.isNewline).count == objects.count + 1)
        #expect(table.errors.contains("\(objects.count) findings"))
        #expect(first.output.split(whereSeparator: \.isNewline).count == 4)
        #expect(first.errors.contains("the first 3 findings"))
        #expect(later.output.split(whereSeparator: \.isNewline).count == 1)
        #expect(unknown.exitCode == 2)
        #expect(unknown.errors.contains("missing, mismatch, duplicate, broken_link"))
    }

    @Test("follows what a person decided about a pair and a finding, and says who decided")
    func verdicts() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        func sverka(_ arguments: String...) async throws -> BuiltProgram.Outcome {
            try await program.run(arguments, in: folder.url)
        }
        func findings(_ options: String...) async throws -> [[String: String]] {
            let listed = try await program.run(
                ["findings", "--format", "json"] + options, in: folder.url)
            return try JSONSerialization.jsonObject(with: Data(listed.output.utf8))
                as? [[String: String]] ?? []
        }
        _ = try await sverka("run", "nightly")
        let mismatches = try await findings("--kind", "mismatch")
        let first = try #require(mismatches.first)
        let pair = try (#require(first["left_ids"]), #require(first["right_ids"]))
        let other = try #require(mismatches.first { $0["left_ids"] != pair.0 }?["number"])

        let different = try await sverka(
            "verdict", "different", pair.0, pair.1, "--by", "Анна", "--comment", "a branch")
        let accepted = try await sverka("verdict", "accept", other)
        let nobody = try await sverka("verdict", "same", "nothing", pair.1)
        let next = try await sverka("run", "nightly")
        let list = try await sverka("verdict", "list")

        #expect(different.exitCode == 0 && accepted.exitCode == 0 && next.exitCode == 0)
        #expect(nobody.exitCode == 2)
        #expect(nobody.errors.contains("1c has no counterparty with the id 'nothing'"))
        // What is not the same differs in nothing, and each lacks its counterpart.
        let standing = try await findings()
        #expect(!standing.contains { $0["kind"] == "mismatch" && $0["left_ids"] == pair.0 })
        #expect(standing.contains { $0["kind"] == "missing" && $0["left_ids"] == pair.0 })
        #expect(try await findings("--state", "accepted").map { $0["number"] } == [other])
        #expect(list.output.contains("different") && list.output.contains("a branch"))
        #expect(list.output.contains("finding \(other)"))
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

    @Test("check names each thing that does not work and what to do about it")
    func checkOfWhatFails() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        let file = folder.url.appending(path: "sverka.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing("password: \"sandbox\"", with: "password: \"wrong\"")
        try Data(
            (text + """

                database: {url: "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"}
                mail: {from: a@example.ru, host: 127.0.0.1, port: 1, security: none}
                channels: {bot: {kind: telegram, token: T, url: "http://127.0.0.1:1/"}}

                """).utf8
        ).write(to: file)

        let outcome = try await program.run(["check"], in: folder.url)

        #expect(outcome.exitCode == 1)
        for subject in ["database", "1c, counterparty", "mail", "bot"] {
            #expect(outcome.output.contains("FAIL \(subject)"), "\(outcome.output)")
        }
        #expect(outcome.output.contains("ok   bitrix24, counterparty"))
    }

    @Test("check of systems that are away says so for each, and waits nothing out")
    func checkWithoutSystems() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await sandbox(in: folder)
        defer { sandbox.send(SIGTERM) }
        // A port on which nobody listens: one that a sandbox has just left may be another's by now.
        let file = folder.url.appending(path: "sverka.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:1").utf8).write(to: file)

        let outcome = try await program.run(["check"], in: folder.url)

        #expect(outcome.exitCode == 1, "\(outcome.output)")
        #expect(outcome.output.contains("FAIL 1c, counterparty"))
        #expect(outcome.output.contains("FAIL bitrix24, counterparty"))
        #expect(outcome.output.contains("ok   database"))
        #expect(outcome.output.contains("2 to mend"))
    }
}
