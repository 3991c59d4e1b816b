import Foundation
import TestSupport
import Testing

@Suite("sverka why and models", .timeLimit(.minutes(5)))
struct WhyCommandTests {
    private static let left = """
        Ref_Key;Наименование;ИНН;КПП;Телефон
        L1;"РОМАШКА ООО";7707083893;770701001;8 (495) 123-45-67
        L2;ТЕХНО-ЛОГИСТИК ООО;5024089920;501701001;
        L3;Василёк;;;
        """
    private static let right = """
        ID,TITLE,RQ_INN,RQ_KPP,PHONE,ORIGIN_ID
        1,"ООО «Ромашка»",7707083893,770701001,+74951234567,
        2,ООО Техно-Логистик,,,,L2
        9,Совсем другое,7736050003,,,
        """
    private static let files = ["--left", "left.csv", "--right", "right.csv"]

    private let program = BuiltProgram()

    private func run(
        _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
        _ = try folder.write(Self.left, to: "left.csv")
        _ = try folder.write(Self.right, to: "right.csv")
        return try await program.run(arguments, in: folder.url)
    }

    @Test("says in two languages and by bits why a pair is one")
    func linked() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await run(
            ["why", "L1", "1", "--entity", "counterparty"] + Self.files, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("Одно и то же по правилу ИНН + КПП; за: "), "\(lines[0])")
        #expect(lines[1].hasPrefix("The same by the rule Tax ID (INN) + KPP; for it: "))
        #expect(outcome.output.contains("brings them together: 2 records share a key"))
        #expect(outcome.output.contains("compared; linked"))
        // The table's bits sum to the evidence below it, but for rounding.
        let rows = lines.drop { !$0.hasPrefix("  COMPARISON") }.dropFirst()
            .prefix { !$0.hasPrefix("  evidence ") }
        let bits = rows.compactMap { row -> Double? in
            let cells = row.components(separatedBy: "  ").filter { !$0.isEmpty }
            return Double(cells[cells.count - 2].trimmingCharacters(in: .whitespaces))
        }
        let last = try #require(lines.first { $0.hasPrefix("  evidence ") })
        let sum = try #require(Double(last.split(separator: " ")[1].dropLast()))
        #expect(bits.count == rows.count)
        #expect(abs(bits.reduce(0, +) - sum) < 0.06 * Double(bits.count))
    }

    @Test("says who is linked instead of a pair that is not")
    func apart() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await run(
            ["why", "L1", "2", "--entity", "counterparty", "--language", "en"] + Self.files,
            in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("Not the same: the probability is only "))
        #expect(outcome.output.contains("L1 is linked with 1: evidence +"))
        #expect(outcome.output.contains("2 is linked with L2: evidence "))
        #expect(!outcome.output.contains("Разные"))
    }

    @Test("refuses records that are not there, and sides that are changed")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        let gone = try await run(
            ["why", "L7", "1", "--entity", "counterparty"] + Self.files, in: folder)
        #expect(gone.exitCode == 2)
        #expect(gone.errors.contains("there is no left record L7"))
        let turned = try await run(
            ["why", "1", "L1", "--entity", "counterparty"] + Self.files, in: folder)
        #expect(turned.errors.contains("name them the other way round"))
        let near = try await run(
            ["why", "L1", "L2", "--entity", "counterparty"] + Self.files, in: folder)
        #expect(near.exitCode == 2 && near.errors.contains("add --side left"), "\(near.errors)")
        // Without files the last night is asked about counterparties, which takes a configuration.
        let night = try await run(["why", "L1", "1"], in: folder)
        #expect(night.exitCode == 2 && night.errors.contains("no configuration"))
        let usage = try await run(["why", "L1", "1", "--one-to-one"], in: folder)
        #expect(usage.exitCode == 2 && usage.errors.contains("go with files"))
    }

    @Test("says why two records of one side are, or are not, each other's duplicates")
    func oneSide() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            Self.right + "\n10,\"Ромашка, ООО\",7707083893,770701001,+74951234567,\n",
            to: "doubled.csv")
        let why = ["why", "--side", "right", "--entity", "counterparty"]
        let files = ["--left", "left.csv", "--right", "doubled.csv"]
        let same = try await run(why + ["1", "10"] + files, in: folder)
        #expect(same.exitCode == 0, "\(same.errors)")
        #expect(same.output.hasPrefix("1 and 10 are held to be one thing on the right side"))
        #expect(same.output.contains("tax_id") && same.output.contains("evidence +"))
        let other = try await run(why + ["1", "9"] + files, in: folder)
        #expect(other.output.hasPrefix("1 and 9 are held to be two things on the right side"))
        let gone = try await run(why + ["1", "77"] + files, in: folder)
        #expect(gone.exitCode == 2 && gone.errors.contains("there is no right record 77"))
        let wrong = try await run(["why", "1", "10", "--side", "middle"] + files, in: folder)
        #expect(wrong.exitCode == 2 && wrong.errors.contains("--side"))
    }

    @Test("explains files as they were linked: by verdicts, one to one")
    func asLinked() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("left,right,verdict\nL1,1,different\n", to: "decided.csv")
        let why = ["why", "L1", "1", "--entity", "counterparty", "--language", "en"] + Self.files
        let decided = try await run(why + ["--verdicts", "decided.csv"], in: folder)
        #expect(decided.exitCode == 0, "\(decided.errors)")
        #expect(decided.output.contains("apart, by a person's verdict"))
        let best = try await run(why + ["--one-to-one"], in: folder)
        #expect(best.exitCode == 0 && best.output.contains("compared; linked"), "\(best.errors)")
    }

    @Test(
        "a model is written, shown, used again, compared with itself, and refused where it is none")
    func models() async throws {
        let folder = try TemporaryFolder()
        let link = ["link", "--entity", "counterparty"] + Self.files
        let trained = try await run(
            link + ["--save-model", "m.json", "--out", "a.csv"], in: folder)
        #expect(trained.exitCode == 0, "\(trained.errors)")
        #expect(trained.errors.contains("the records cannot teach a model"))
        let shown = try await run(["model", "show", "m.json"], in: folder)
        #expect(shown.output.hasPrefix("model of counterparty, format 1"))
        #expect(shown.output.contains("records 3 + 3, fingerprint "))
        let used = try await run(link + ["--model", "m.json", "--out", "b.csv"], in: folder)
        #expect(used.exitCode == 0, "\(used.errors)")
        #expect(!used.errors.contains("cannot teach"))
        let texts = try ["a.csv", "b.csv"].map {
            try String(contentsOf: folder.url.appending(path: $0), encoding: .utf8)
        }
        #expect(texts[0] == texts[1])
        let compared = try await run(
            ["model", "compare", "m.json", "m.json", "--entity", "counterparty"] + Self.files,
            in: folder)
        #expect(compared.exitCode == 0, "\(compared.errors)")
        #expect(
            compared.output == "left_id,right_id,change,probability_first,probability_second\n")
        #expect(compared.errors.contains("2 links stay, 0 are gained, 0 are lost"))

        let text = try String(
            contentsOf: folder.url.appending(path: "m.json"), encoding: .utf8)
        for (bad, message) in [
            ("{}", "is no model"),
            (text.replacing("\"format\" : 1", with: "\"format\" : 9"), "later"),
            (String(text.prefix(text.count / 2)), "is no model"),
            (text.replacing("\"prior\" : ", with: "\"prior\" : -"), "damaged"),
            (text.replacing("\"phone\"", with: "\"fax\""), "does not fit"),
        ] {
            _ = try folder.write(bad, to: "bad.json")
            let refused = try await run(link + ["--model", "bad.json"], in: folder)
            #expect(refused.exitCode == 2 && refused.errors.contains(message), "\(refused.errors)")
            #expect(refused.output.isEmpty)
        }
    }

    @Test("pairs for review are written, and a run is measured against true pairs")
    func measured() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("left,right\nL1,1\nL2,2\nL3,9\n", to: "truth.csv")
        let outcome = try await run(
            ["link", "--entity", "counterparty", "--truth", "truth.csv", "--review", "r.csv"]
                + Self.files, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("precision 1.0000, recall 0.6667, F1 0.8000"))
        #expect(
            outcome.errors.contains("blocking: 0.6667 of the true pairs were compared (2 of 3)"))
        let review = try String(contentsOf: folder.url.appending(path: "r.csv"), encoding: .utf8)
        #expect(review.hasPrefix("left_id,right_id,probability,weight,doubt\n"))
        _ = try folder.write("left\nL1\n", to: "one.csv")
        let refused = try await run(
            ["link", "--entity", "counterparty", "--truth", "one.csv"] + Self.files, in: folder)
        #expect(refused.exitCode == 2 && refused.errors.contains("one column"))
    }
}
