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
        var said: [String] = []
        init(_ answers: [String]) { self.answers = answers }

        func ask(_ question: String, usual: String?, isSecret: Bool) -> String? {
            guard !answers.isEmpty else { return nil }
            let answer = answers.removeFirst()
            return answer.isEmpty ? usual ?? "" : answer
        }

        func say(_ text: String) { said.append(text) }
    }

    /// Answers for both systems, without any.
    private struct ScriptedProbe: SetupProbe {
        var recognised: [RecognisedConfiguration] = []
        /// What each source cannot give, by source and entity.
        var obstacles: [String: [String: String]] = [:]

        func recognise(_ infobase: Configuration.Source) throws -> [RecognisedConfiguration] {
            guard !recognised.isEmpty else { throw ConfigurationError("srv does not answer") }
            return recognised
        }

        func survey(
            _ source: Configuration.Source, entities: [EntityDefinition]
        ) -> [SurveyedEntity] {
            entities.map {
                SurveyedEntity(
                    $0.name, obstacle: obstacles[source.name.rawValue]?[$0.name.rawValue])
            }
        }
    }

    private static let offline = OfflineProbe(resources: ResourceFolders(overrides: nil))

    private static let answers = [
        "ООО \"Пример\"", "", "ru", "not an address", "https://srv/base", "Обмен CRM",
        "pass: #word", "", "https://p.bitrix24.ru/rest/1/abc/", "", "a@example.ru, b@example.ru",
        "smtp.example.ru", "", "me", "", "mail-secret", "robot@example.ru",
    ]

    @Test("writes a configuration that reads back as answered")
    func roundTrip() async throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(Self.answers), probe: Self.offline,
            resources: ResourceFolders(overrides: nil))

        let file = try await wizard.run(in: folder.url, overwrites: false)
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
    func secretsApart() async throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(Self.answers), probe: Self.offline,
            resources: ResourceFolders(overrides: nil))

        let file = try await wizard.run(in: folder.url, overwrites: false)

        let text = try String(contentsOf: file, encoding: .utf8)
        for secret in ["pass: #word", "rest/1/abc", "mail-secret"] {
            #expect(!text.contains(secret))
        }
        let secrets = folder.url.appending(path: "sverka.secrets")
        let mode = try FileManager.default.attributesOfItem(atPath: secrets.path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
    }

    @Test("does not replace a configuration unless told to, and then keeps the old one")
    func overwriting() async throws {
        let folder = try TemporaryFolder()
        let old = try folder.write("old", to: "sverka.yaml")
        func wizard() throws -> SetupWizard {
            try SetupWizard(
                console: ScriptedConsole(Self.answers), probe: Self.offline,
                resources: ResourceFolders(overrides: nil))
        }

        await #expect(throws: ConfigurationError.self) {
            try await wizard().run(in: folder.url, overwrites: false)
        }
        #expect(try String(contentsOf: old, encoding: .utf8) == "old")

        _ = try await wizard().run(in: folder.url, overwrites: true)
        let backup = folder.url.appending(path: "sverka.yaml.bak")
        #expect(try String(contentsOf: backup, encoding: .utf8) == "old")
    }

    @Test("says so when the answers end early and writes nothing")
    func answersEnd() async throws {
        let folder = try TemporaryFolder()
        let wizard = try SetupWizard(
            console: ScriptedConsole(["only one"]), probe: Self.offline,
            resources: ResourceFolders(overrides: nil))

        await #expect(throws: ConfigurationError.self) {
            try await wizard.run(in: folder.url, overwrites: false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("recognises 1C, proposes what both systems give, and names what could not be found")
    func proposals() async throws {
        let folder = try TemporaryFolder()
        let resources = ResourceFolders(overrides: nil)
        let others = EntityCatalog(resources).names.filter {
            !["counterparty", "product", "user", "stock"].contains($0)
        }
        let none = Dictionary(uniqueKeysWithValues: others.map { ($0, "no list of it") })
        let probe = ScriptedProbe(
            recognised: [
                RecognisedConfiguration(
                    mapping: "onec-ut11", title: LocalizedText(["en": "Trade 11"]), foundSigns: 4,
                    allSigns: 5)
            ],
            obstacles: [
                "1c": none.merging(["user": "Catalog_Пользователи is not published"]) { $1 },
                "bitrix24": none.merging(["stock": "the scope catalog is missing"]) { $1 },
            ])
        let console = ScriptedConsole(Self.answers)

        let file = try await SetupWizard(console: console, probe: probe, resources: resources)
            .run(in: folder.url, overwrites: false)
        let configuration = try ConfigurationFile.read(file, environment: [:])

        #expect(configuration.sources[.left]?.mapping == "onec-ut11")
        #expect(configuration.entities.map(\.rawValue) == ["counterparty", "product", "user"])
        let said = console.said.joined(separator: "\n")
        #expect(said.contains("1C looks like Trade 11 (4 of 5 signs): onec-ut11"))
        #expect(said.contains("stock, bitrix24: the scope catalog is missing"))
        #expect(said.contains("user, 1c: Catalog_Пользователи is not published"))
    }

    @Test("goes on when 1C does not answer, and says so")
    func unreachable() async throws {
        let folder = try TemporaryFolder()
        let console = ScriptedConsole(Self.answers)

        let file = try await SetupWizard(
            console: console, probe: ScriptedProbe(), resources: ResourceFolders(overrides: nil)
        ).run(in: folder.url, overwrites: false)

        #expect(try ConfigurationFile.read(file, environment: [:]).sources.count == 2)
        #expect(console.said.contains { $0.contains("1C could not be asked: srv does not answer") })
    }
}
