import Foundation
import TestSupport
import Testing

@Suite("sverka link and dedupe", .timeLimit(.minutes(5)))
struct LinkCommandTests {
    private static let left = """
        Ref_Key;Наименование;ИНН;КПП;Телефон
        L1;"РОМАШКА ООО";7707083893;770701001;8 (495) 123-45-67
        L2;ТЕХНО-ЛОГИСТИК ООО;5024089920;501701001;
        L3;Иванов Иван Иванович ИП;500100732259;;+7 916 000-00-01
        L4;=1+1 ООО;7810300284;;
        """
    private static let right = """
        ID,TITLE,RQ_INN,RQ_KPP,PHONE,ORIGIN_ID
        1,"ООО «Ромашка»",7707083893,770701001,+74951234567,
        2,ООО Техно-Логистик,,,,L2
        3,ИП Иванов И. И.,500100732259,,89160000001,
        9,Совсем другое,7736050003,,,
        """

    private let program = BuiltProgram()

    @Test("finds the pairs of two exports without database and configuration")
    func links() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.left, to: "left.csv")
        _ = try folder.write(Self.right, to: "right.csv")

        let outcome = try await program.run(
            [
                "link", "--left", "left.csv", "--right", "right.csv", "--entity", "counterparty",
                "--out", "links.csv",
            ], in: folder.url)

        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let rows = try String(
            contentsOf: folder.url.appending(path: "links.csv"), encoding: .utf8
        ).split(whereSeparator: \.isNewline)
        #expect(rows.first == "left_id,right_id,probability,weight,reason")
        let pairs = Set(
            rows.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: "=") })
        #expect(pairs == ["L1=1", "L2=2", "L3=3"])
    }

    @Test("keeps the best pair only, names the weights, and takes a stricter threshold, when asked")
    func options() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.left, to: "left.csv")
        // The same company once more, so that there are two pairs of it.
        _ = try folder.write(
            Self.right + "\n10,\"Ромашка, ООО\",7707083893,770701001,+74951234567,", to: "right.csv"
        )
        func link(_ options: [String]) async throws -> BuiltProgram.Outcome {
            try await program.run(
                ["link", "--left", "left.csv", "--right", "right.csv", "--entity", "counterparty"]
                    + options, in: folder.url)
        }
        func pairs(_ outcome: BuiltProgram.Outcome, of id: String) -> Int {
            outcome.output.split(whereSeparator: \.isNewline).count { $0.hasPrefix(id + ",") }
        }

        let all = try await link([])
        let best = try await link(["--one-to-one"])
        let explained = try await link(["--explain"])
        let wrong = try await link(["--threshold", "1.5"])

        #expect(pairs(all, of: "L1") == 2)
        #expect(pairs(best, of: "L1") == 1 && pairs(best, of: "L2") == 1)
        #expect(explained.output == all.output)
        #expect(explained.errors.contains("L1 = 1"))
        #expect(explained.errors.contains("tax_id"))
        #expect(explained.errors.contains("bits, probability"))
        #expect(wrong.exitCode == 2 && wrong.errors.contains("--threshold"))
    }

    @Test("writes links to standard output when no file is named")
    func standardOutput() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.left, to: "left.csv")
        _ = try folder.write(Self.right, to: "right.csv")

        let outcome = try await program.run(
            ["link", "--left", "left.csv", "--right", "right.csv", "--entity", "counterparty"],
            in: folder.url)

        #expect(outcome.exitCode == 0)
        #expect(outcome.output.hasPrefix("left_id,right_id,probability,weight,reason\n"))
        #expect(!outcome.errors.isEmpty)
    }

    @Test("finds duplicates of one file")
    func dedupe() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            Self.right + "\n10,Ромашка ООО,7707083893,770701001,8 495 123 45 67,\n", to: "a.csv")

        let outcome = try await program.run(
            ["dedupe", "--in", "a.csv", "--entity", "counterparty"], in: folder.url)

        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let rows = outcome.output.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",")
        }
        #expect(rows.first.map { $0.joined(separator: ",") } == "id,cluster,probability")
        #expect(Set(rows.dropFirst().map { String($0[0]) }) == ["1", "10"])
        #expect(Set(rows.dropFirst().map { $0[1] }).count == 1)
    }

    @Test("follows what people decided, of two files and of one")
    func verdicts() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.left, to: "left.csv")
        _ = try folder.write(
            Self.right + "\n10,Ромашка ООО,7707083893,770701001,8 495 123 45 67,\n",
            to: "right.csv")
        _ = try folder.write(
            "1C;CRM;verdict\nL1;1;different\n L4 ;9;Same\nL2;77;same\n", to: "decided.csv")
        _ = try folder.write("a,b,verdict\n1,10,different\n", to: "apart.csv")
        _ = try folder.write("a,b,verdict\n1,10,perhaps\n", to: "wrong.csv")
        _ = try folder.write("a,b\n1,10\n", to: "narrow.csv")
        func link(_ file: String) async throws -> BuiltProgram.Outcome {
            try await program.run(
                [
                    "link", "--left", "left.csv", "--right", "right.csv", "--entity",
                    "counterparty", "--verdicts", file,
                ], in: folder.url)
        }

        let decided = try await link("decided.csv")
        let apart = try await program.run(
            ["dedupe", "--in", "right.csv", "--entity", "counterparty", "--verdicts", "apart.csv"],
            in: folder.url)

        #expect(decided.exitCode == 0, "\(decided.errors)")
        let rows = decided.output.split(whereSeparator: \.isNewline)
        #expect(rows.contains { $0.hasPrefix("L4,9,") && $0.hasSuffix(",verdict") })
        #expect(!rows.contains { $0.hasPrefix("L1,1,") })
        #expect(decided.errors.contains("1 verdicts name records that are not in the files"))
        #expect(apart.exitCode == 0, "\(apart.errors)")
        #expect(apart.output == "id,cluster,probability\n")
        for (file, message) in [
            ("wrong.csv", "row 1 below the header"), ("narrow.csv", "too few columns"),
            ("nowhere.csv", "there is no file nowhere.csv"),
        ] {
            let refused = try await link(file)
            #expect(refused.exitCode == 2 && refused.errors.contains(message), "\(refused.errors)")
        }
    }

    @Test("ends at the first signal while it only reads", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.right, to: "right.csv")
        // Nobody ever writes into the pipe: reading it is no stage that comes to an end.
        let pipe = folder.url.appending(path: "left.csv")
        try #require(mkfifo(pipe.path, 0o600) == 0)

        let running = try program.start(
            [
                "link", "--left", "left.csv", "--right", "right.csv", "--entity", "counterparty",
                "--out", "links.csv",
            ], in: folder.url)
        #expect(try await running.says("begin  read left.csv"))
        running.send(signal)
        let outcome = await running.outcome()

        #expect(outcome.exitCode != 0)
        #expect(outcome.errors.contains("interrupted"))
        let links = folder.url.appending(path: "links.csv").path
        #expect(!FileManager.default.fileExists(atPath: links))
    }

    @Test("says what is wrong with a file, with exit code 2 for usage and 1 for bad content")
    func errors() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("a,b\n1,\"broken\n", to: "broken.csv")
        _ = try folder.write(Self.right, to: "right.csv")

        let missing = try await program.run(
            ["link", "--left", "nowhere.csv", "--right", "right.csv", "--entity", "counterparty"],
            in: folder.url)
        let unknown = try await program.run(
            ["link", "--left", "right.csv", "--right", "right.csv", "--entity", "unicorn"],
            in: folder.url)
        let usage = try await program.run(["link", "--left"], in: folder.url)
        let broken = try await program.run(
            ["link", "--left", "broken.csv", "--right", "right.csv", "--entity", "counterparty"],
            in: folder.url)

        #expect(missing.exitCode == 2)
        #expect(missing.errors.contains("nowhere.csv"))
        #expect(unknown.exitCode == 2)
        #expect(unknown.errors.contains("counterparty"), "names the entities that there are")
        #expect(usage.exitCode == 2)
        #expect(broken.exitCode == 1)
        #expect(broken.errors.contains("broken.csv"))
    }

    @Test(
        "explains every command with an example",
        arguments: [
            "demo", "sandbox", "init", "authorize", "check", "run", "run nightly", "run journal",
            "run alerts", "runs", "runs list", "runs show", "snapshots", "snapshots list",
            "snapshots show", "findings", "report", "reports", "reports list", "reports check",
            "alerts", "alerts show", "alerts ack", "alerts silence", "alerts test",
            "alerts backtest", "serve", "schedule", "outbox", "outbox list", "outbox show",
            "outbox retry", "outbox drop", "outbox send", "link", "dedupe", "why", "verdict",
            "verdict same", "verdict list", "model", "model show", "model compare",
        ])
    func help(command: String) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await program.run(
            command.split(separator: " ").map(String.init) + ["--help"], in: folder.url)
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("EXAMPLE"))
    }
}
