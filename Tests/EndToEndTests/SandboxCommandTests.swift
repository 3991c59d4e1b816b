import Foundation
import TestSupport
import Testing

@Suite("sverka sandbox", .timeLimit(.minutes(5)))
struct SandboxCommandTests {
    private let program = BuiltProgram()

    @Test("writes both sides as exports with their true pairs")
    func export() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await program.run(
            ["sandbox", "--export", "out", "--size", "60", "--seed", "3"], in: folder.url)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        func lines(_ name: String) throws -> [Substring] {
            try String(contentsOf: folder.url.appending(path: "out/\(name)"), encoding: .utf8)
                .split(whereSeparator: \.isNewline)
        }
        #expect(try lines("truth.csv").first == "left_id,right_id")
        #expect(try lines("truth.csv").count > 50)
        #expect(try lines("onec.csv").count > 55 && lines("bitrix24.csv").count > 55)
        #expect(try lines("truth.jsonl").count > 10)
    }

    @Test("plays both systems on the ports that it is given, and lists what is planted")
    func serves() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try program.start(
            [
                "sandbox", "--size", "60", "--truth", "truth.jsonl", "--bitrix-port", "0",
                "--onec-port", "0",
            ], in: folder.url)
        defer { sandbox.send(SIGTERM) }
        try #require(await sandbox.says("Ctrl-C"), "\(sandbox.errorsSoFar)")
        let truth = try String(
            contentsOf: folder.url.appending(path: "truth.jsonl"), encoding: .utf8)
        #expect(truth.contains("\"kind\":\"missing\""))
        #expect(sandbox.outputSoFar.contains("http://127.0.0.1:"))
        // A port that is taken is said, and nothing is left running.
        let address = try #require(
            sandbox.outputSoFar.firstMatch(of: /127\.0\.0\.1:(\d+)/)
        ).1
        let second = try await program.run(
            ["sandbox", "--size", "60", "--bitrix-port", String(address)], in: folder.url)
        #expect(second.exitCode != 0)
        #expect(second.errors.contains(String(address)))
    }

    @Test(
        "what no world can have, and places that cannot be written, are refused before anything is made",
        arguments: [
            (["sandbox", "--size", "1"], "1900000"),
            (["sandbox", "--size", "2000000"], "1900000"),
            (["sandbox", "--nights=-1"], "--nights"),
            (["sandbox", "--truth", "nowhere/truth.jsonl"], "--truth"),
            (["sandbox", "--write-config", "nowhere/sverka.yaml"], "--write-config"),
            (["demo", "--size", "1"], "1900000"),
        ])
    func refused(arguments: [String], names: String) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await program.run(arguments, in: folder.url)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains(names))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test(
        "its configuration keeps to the limits that it was started with", arguments: [true, false])
    func configuration(hasRateLimit: Bool) async throws {
        let folder = try TemporaryFolder()
        let sandbox = try program.start(
            ["sandbox", "--size", "60", "--write-config", "sverka.yaml"]
                + (hasRateLimit ? [] : ["--no-rate-limit"]), in: folder.url)
        defer { sandbox.send(SIGTERM) }
        try #require(await sandbox.says("Ctrl-C"), "\(sandbox.errorsSoFar)")
        let yaml = try String(
            contentsOf: folder.url.appending(path: "sverka.yaml"), encoding: .utf8)
        #expect(yaml.contains("\n    requests_per_second: 0\n") == !hasRateLimit)
    }

    @Test("its configuration reads all that there is, the journal of the exchange too")
    func everything() async throws {
        let folder = try TemporaryFolder()
        let sandbox = try program.start(
            ["sandbox", "--size", "60", "--no-rate-limit", "--write-config", "sverka.yaml"],
            in: folder.url)
        defer { sandbox.send(SIGTERM) }
        try #require(await sandbox.says("Ctrl-C"), "\(sandbox.errorsSoFar)")
        let night = try await program.run(["run", "nightly"], in: folder.url)
        #expect(night.exitCode == 0, "\(night.errors)")
        let snapshots = try await program.run(["snapshots"], in: folder.url)
        let lines = snapshots.output.split(whereSeparator: \.isNewline)
        for entity in ["counterparty", "contact", "stock", "payment", "user", "operation"] {
            #expect(lines.contains { $0.contains(entity) }, "\(entity): \(snapshots.output)")
        }
        #expect(lines.contains { $0.contains("operation") && $0.contains("exchange") })
    }
}
