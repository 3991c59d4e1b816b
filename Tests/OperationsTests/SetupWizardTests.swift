import Foundation
import Operations
import Records
import TestSupport
import Testing

@Suite("Setup wizard")
struct SetupWizardTests {
    /// Answers from a list, as a person would type them.
    private final class ScriptedConsole: Console {
        var answers: [String]
        init(_ answers: [String]) { self.answers = answers }

        func ask(_ question: String, usual: String?, isSecret: Bool) -> String? {
            guard !answers.isEmpty else { return nil }
            let answer = answers.removeFirst()
            return answer.isEmpty ? usual ?? "" : answer
        }

        func say(_ text: String) {}
    }

    private static let answers = [
        "ООО \"Пример\"", "", "ru", "not an address", "https://srv/base", "Обмен CRM",
        "pass: #word", "", "https://p.bitrix24.ru/rest/1/abc/", "a@example.ru, b@example.ru",
        "smtp.example.ru", "", "me", "", "mail-secret", "robot@example.ru",
    ]

    @Test("writes a configuration that reads back as answered")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(Self.answers), resources: ResourceFolders(overrides: nil))

        let file = try wizard.run(in: folder.url, overwrites: false)
        let configuration = try ConfigurationFile.read(file, environment: [:])

        #expect(configuration.company.name == "ООО \"Пример\"")
        #expect(configuration.sources[.left]?.address == "https://srv/base")
        #expect(configuration.sources[.left]?.user == "Обмен CRM")
        #expect(configuration.sources[.left]?.password == "pass: #word")
        #expect(configuration.sources[.right]?.address == "https://p.bitrix24.ru/rest/1/abc/")
        #expect(configuration.report.recipients == ["a@example.ru", "b@example.ru"])
        #expect(configuration.mail?.port == 587)
        #expect(configuration.mail?.password == "mail-secret")
    }

    @Test("keeps secrets out of the configuration, in a file that only the owner reads")
    func secretsApart() throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(Self.answers), resources: ResourceFolders(overrides: nil))

        let file = try wizard.run(in: folder.url, overwrites: false)

        let text = try String(contentsOf: file, encoding: .utf8)
        for secret in ["pass: #word", "rest/1/abc", "mail-secret"] {
            #expect(!text.contains(secret))
        }
        let secrets = folder.url.appending(path: "sverka.secrets")
        let mode = try FileManager.default.attributesOfItem(atPath: secrets.path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
    }

    @Test("does not replace a configuration unless told to, and then keeps the old one")
    func overwriting() throws {
        let folder = try TemporaryFolder()
        let old = try folder.write("old", to: "sverka.yaml")
        func wizard() throws -> SetupWizard {
            try SetupWizard(
                console: ScriptedConsole(Self.answers), resources: ResourceFolders(overrides: nil))
        }

        #expect(throws: ConfigurationError.self) {
            try wizard().run(in: folder.url, overwrites: false)
        }
        #expect(try String(contentsOf: old, encoding: .utf8) == "old")

        _ = try wizard().run(in: folder.url, overwrites: true)
        let backup = folder.url.appending(path: "sverka.yaml.bak")
        #expect(try String(contentsOf: backup, encoding: .utf8) == "old")
    }

    @Test("says so when the answers end early and writes nothing")
    func answersEnd() throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(["only one"]), resources: ResourceFolders(overrides: nil))

        #expect(throws: ConfigurationError.self) {
            try wizard.run(in: folder.url, overwrites: false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
