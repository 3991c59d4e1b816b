import Collection
import Foundation
import Operations
import Records
import Synchronization
import TestSupport

/// A person at the wizard: what they answer, what they see, and what is written.
final class SetupScene {
    /// Answers from a list, as a person would type them.
    final class ScriptedConsole: Console {
        var answers: [String]
        private(set) var said: [String] = []
        private(set) var asked: [String] = []

        init(_ answers: [String]) { self.answers = answers }

        func ask(_ question: String, usual: String?, isSecret: Bool) -> String? {
            guard !answers.isEmpty else { return nil }
            asked.append(question)
            let answer = answers.removeFirst()
            return answer.isEmpty ? usual ?? "" : answer
        }

        func say(_ text: String) { said.append(text) }
    }

    /// Answers for both systems, without any.
    struct ScriptedProbe: SetupProbe {
        var recognised: [RecognisedConfiguration] = []
        /// What each source cannot give, by source and entity.
        var obstacles: [String: [String: Obstacle]] = [:]
        /// What people added to the portal.
        var own: [OwnFieldProposal] = []
        let surveyed = Surveyed()

        /// Which sources were asked what they give.
        final class Surveyed: Sendable {
            private let mutex = Mutex<[String]>([])
            var names: [String] { mutex.withLock { $0 } }
            func add(_ name: String) { mutex.withLock { $0.append(name) } }
        }

        func recognise(_ source: Configuration.Source) throws -> [RecognisedConfiguration] {
            guard !recognised.isEmpty else { throw ConfigurationError("srv does not answer") }
            return recognised
        }

        func ownFields(
            _ source: Configuration.Source, entities: [EntityDefinition]
        ) -> [OwnFieldProposal] { own }

        func survey(
            _ source: Configuration.Source, entities: [EntityDefinition]
        ) -> [SurveyedEntity] {
            surveyed.add(source.name.rawValue)
            return entities.map {
                SurveyedEntity(
                    $0.name, obstacle: obstacles[source.name.rawValue]?[$0.name.rawValue])
            }
        }
    }

    static let offline = OfflineProbe(resources: ResourceFolders(overrides: nil))

    /// Answers for each group of questions, in the order in which they are asked.
    struct Answers {
        var company = ["ООО \"Пример\"", "", ""]
        var left = ["odata", "https://srv/base", "Обмен CRM", "pass: #word", ""]
        var right = ["webhook", "https://p.bitrix24.ru/rest/1/abc/"]
        var journal = [""]
        var entities = [""]
        var mail = [
            "a@example.ru, b@example.ru", "smtp.example.ru", "", "", "me", "mail-secret",
            "robot@example.ru",
        ]
        var schedule = [""]

        var all: [String] { company + left + right + journal + entities + mail + schedule }
    }

    let folder: TemporaryFolder
    let console: ScriptedConsole
    private let probe: any SetupProbe
    private let language: SetupLanguage?
    private let usualLanguage: SetupLanguage

    /// Sets a person before the wizard.
    ///
    /// - Parameters:
    ///   - answers: All that is typed.
    ///   - probe: Looks into the systems.
    ///   - language: The language that was given; `nil` when it is asked for.
    ///   - usualLanguage: The one that is proposed.
    /// - Throws: What the system says when there is no room for a folder.
    init(
        _ answers: [String], probe: any SetupProbe = SetupScene.offline,
        language: SetupLanguage? = .russian, usualLanguage: SetupLanguage = .russian
    ) throws {
        folder = try TemporaryFolder()
        console = ScriptedConsole(answers)
        self.probe = probe
        self.language = language
        self.usualLanguage = usualLanguage
    }

    /// Everything that was said, in one line: where lines are broken depends on the folder's name.
    var said: String {
        console.said.joined(separator: " ").split { $0 == " " || $0 == "\n" }
            .joined(separator: " ")
    }

    /// Where the files are written.
    func place(_ name: String) -> URL { folder.url.appending(path: name) }

    /// The text of a file that was written.
    func text(_ name: String) throws -> String {
        try String(contentsOf: place(name), encoding: .utf8)
    }

    /// Answers all questions.
    func run(overwrites: Bool = false) async throws -> Configuration {
        let file = try await SetupWizard(
            console: console, probe: probe, resources: ResourceFolders(overrides: nil),
            language: language, usualLanguage: usualLanguage
        ).run(in: folder.url, overwrites: overwrites)
        return try ConfigurationFile.read(file, environment: [:])
    }
}

extension SetupScene {
    /// The permissions of a file that was written.
    func mode(of name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: place(name).path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}
