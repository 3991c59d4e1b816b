import Foundation
@testable import Operations
import TestSupport
import Testing
import Yams

@Suite("Setup wizard, its words and templates")
struct SetupTemplateTests {
    private static let words = SetupWords.file

    private func text() throws -> String {
        try ResourceFolders(overrides: nil).text(of: Self.words)
    }

    @Test("every text is there in both languages, with the same places for values")
    func complete() throws {
        let words = try SetupWords(parsing: text(), language: .russian)
        var english = words
        english.language = .english
        for key in SetupText.allCases {
            #expect(!words[key].isEmpty && !english[key].isEmpty)
            #expect(Self.places(words[key]) == Self.places(english[key]), "\(key.rawValue)")
        }
    }

    @Test("every text is used by the program")
    func used() throws {
        let folder = ProjectFolders.root.appending(path: "Sources/Operations/Setup")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var code = ""
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", file.lastPathComponent != "SetupText.swift"
            else { continue }
            code += try String(contentsOf: file, encoding: .utf8)
        }
        for key in SetupText.allCases {
            #expect(code.contains(".\(key)"), "\(key.rawValue)")
        }
    }

    @Test("a text too few, too many or in one language only is an error that names it")
    func incomplete() throws {
        let whole = try text()
        for (changed, words) in [
            (whole.replacing("  port: {", with: "  harbour: {"), "mail.harbour"),
            (
                whole.replacing(
                    "mapping: {ru: \"Конфигурация 1С\", en: ", with: "mapping: {ru: \"К\", de: "),
                "unknown key 'de'"
            ),
            (whole + "\nmore: {text: {ru: а, en: a}}\n", "more.text"),
            (
                whole.split(separator: "\n").filter { !$0.hasPrefix("  mapping: {") }
                    .joined(separator: "\n"), "onec.mapping"
            ),
        ] {
            #expect(changed != whole)
            let error = #expect(throws: (any Error).self) {
                try SetupWords(parsing: changed, language: .russian)
            }
            #expect(error.map { "\($0)".contains(words) } == true, "\(words)")
        }
    }

    @Test("a value with braces of its own stays what it is")
    func values() throws {
        let words = try SetupWords(parsing: text(), language: .english)
        let told = words.text(.complaintEntities, ["names": "{known}", "known": "a"])
        #expect(told == "There is no entity '{known}'; there are: a.")
    }

    @Test("long lines go on in the next, and a long word stays whole")
    func broken() {
        let path = "/" + String(repeating: "a", count: 30)
        #expect(Questioner.broken("one two three", width: 13) == ["one two three"])
        #expect(Questioner.broken("one two three", width: 12) == ["one two", "three"])
        #expect(Questioner.broken("one two three", width: 7) == ["one two", "three"])
        #expect(
            Questioner.broken("in \(path) it is not", width: 12) == ["in", "\(path)", "it is not"])
        #expect(Questioner.broken("", width: 12) == [""])
    }

    @Test("both languages write the same configuration, whatever was answered")
    func sameValue() async throws {
        let place = try TemporaryFolder()
        var every: [SetupScene.Answers] = []
        for left in [
            ["odata", "https://srv/base", "", "pw", ""], ["xml", place.url.path, ""],
            ["files", place.url.path],
        ] {
            for right in [
                ["webhook", "https://p.bitrix24.ru/rest/1/abc/"],
                ["application", "https://p.bitrix24.ru", "local.1", "secret"],
                ["files", place.url.path],
            ] {
                var answers = SetupScene.Answers()
                (answers.left, answers.right, answers.company[2]) = (left, right, "ru")
                if left[0] == "xml" { answers.journal = [place.url.path] }
                if right[0] == "files" { answers.schedule = ["-"] }
                if left[0] == "files" { answers.mail = ["", ""] }
                every.append(answers)
            }
        }
        for answers in every {
            var texts: [String] = []
            for language in SetupLanguage.allCases {
                let scene = try SetupScene(answers.all, language: language)
                _ = try await scene.run()
                texts.append(try scene.text("sverka.yaml"))
            }
            let values = try texts.map { try #require(try Yams.compose(yaml: $0)) }
            #expect(values[0] == values[1])
            // What is proposed in comments is the same, too; only the words behind it differ.
            #expect(Self.proposals(texts[0]) == Self.proposals(texts[1]))
            #expect(Self.proposals(texts[0]).contains("# roi:"))
            #expect(!texts[0].contains("{{") && !texts[1].contains("{{"))
        }
    }

    @Test("what is proposed in comments can be read when the marks are taken away")
    func proposals() async throws {
        for language in SetupLanguage.allCases {
            var answers = SetupScene.Answers()
            answers.mail = ["", ""]
            answers.schedule = ["-"]
            let scene = try SetupScene(answers.all, language: language)
            _ = try await scene.run()
            let open = try scene.text("sverka.yaml").split(separator: "\n").map { line in
                Self.isProposal(line)
                    ? String(line.replacing(#/# ?/#, with: "", maxReplacements: 1)) : String(line)
            }
            let file = try scene.folder.write(open.joined(separator: "\n"), to: "open.yaml")
            let secrets = [
                "SVERKA_DATABASE_URL", "BOT_TOKEN", "WEBHOOK_SECRET", "SMTP_PASSWORD",
            ]
            let configuration = try ConfigurationFile.read(
                file, environment: Dictionary(uniqueKeysWithValues: secrets.map { ($0, "s") }))
            #expect(configuration.channels.count == 4)
            #expect(configuration.journal != nil)
            #expect(configuration.schedule.count == 1)
            #expect(configuration.subscriptions.count == 2)
            #expect(configuration.mail != nil)
        }
    }

    private static func places(_ text: String) -> Set<String> {
        Set(text.matches(of: #/\{(\w+)\}/#).map { String($0.1) })
    }

    /// Lines that are YAML, or would be without their mark, without the words behind them.
    private static func proposals(_ text: String) -> [String] {
        text.split(separator: "\n").filter {
            isProposal($0) || !$0.trimmingPrefix(" ").hasPrefix("#")
        }
        .map { line in
            String(line.replacing(#/\s+#\s.*$/#, with: ""))
        }
    }

    private static func isProposal(_ line: Substring) -> Bool {
        line.wholeMatch(of: #/\s*# *(- )?[a-z_]+:( .*)?/#) != nil
    }
}
