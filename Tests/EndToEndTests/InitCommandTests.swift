import Foundation
import TestSupport
import Testing

@Suite("sverka init")
struct InitCommandTests {
    @Test("takes lines from a pipe, writes the files, and does not write over them")
    func piped() async throws {
        let folder = try TemporaryFolder()
        for side in ["left", "right"] {
            _ = try folder.write(
                "Код;Наименование;ИНН\n1;Ромашка;7707083893\n", to: "\(side)/counterparty.csv")
        }
        let answers = [
            "", "Ромашка", "", "", "files", "left", "files", "nowhere", "right", "", "", "", "",
            "4:15",
        ]

        let outcome = try await BuiltProgram().run(
            ["init", "--folder", "etc"], in: folder.url,
            environment: ["LC_ALL": "ru_RU.UTF-8"],
            input: answers.joined(separator: "\n") + "\n")

        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("нет.\nПапка: "))
        #expect(outcome.output.contains("1. sverka check --config "))
        let written = try String(
            contentsOf: folder.url.appending(path: "etc/sverka.yaml"), encoding: .utf8)
        #expect(written.contains("entities: [counterparty]"))
        #expect(written.contains("nightly: \"15 4 * * *\""))
        let again = try await BuiltProgram().run(
            ["init", "--folder", "etc"], in: folder.url, environment: ["LC_ALL": "en_US.UTF-8"])
        #expect(again.exitCode == 2)
        #expect(again.errors.contains("is there already; --force replaces it"))
    }

    @Test("refuses a language that it does not speak, and ends with 2 when answers are missing")
    func misuse() async throws {
        let folder = try TemporaryFolder()
        let language = try await BuiltProgram().run(["init", "--language", "de"], in: folder.url)
        #expect(language.exitCode == 2)
        #expect(language.errors.contains("--language is ru or en"))

        let ended = try await BuiltProgram().run(
            ["init", "--language", "ru"], in: folder.url, input: "Ромашка\n")
        #expect(ended.exitCode == 2)
        #expect(ended.errors.contains("Ввод закончился раньше вопросов; ничего не записано"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
