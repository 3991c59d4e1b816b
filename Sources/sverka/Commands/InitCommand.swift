import ArgumentParser
import Foundation
import Operations

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Asks what is needed and writes sverka.yaml; secrets go to a file of their own.",
        discussion: """
            EXAMPLES
              sverka init --folder /etc/sverka
              sverka init --language en --offline

            Asks in Russian or English and writes sverka.yaml, with comments in that language, and
            sverka.secrets, which only its owner may read. 1C is read from a published infobase or
            from exported files, Bitrix24 by webhook, as a local application or from files. Both are
            looked into, without writing anything, to recognise the configuration of 1C and to
            propose what can be checked; --offline leaves that out.
            """)

    @Option(name: .long, help: "Where to write the files.")
    var folder = "."

    @Option(
        name: .long, help: "Language of questions and comments, ru or en; else it is asked for.",
        transform: { text in
            guard let language = SetupLanguage(rawValue: text) else {
                throw ValidationError("--language is ru or en")
            }
            return language
        })
    var language: SetupLanguage?

    @Flag(name: .long, help: "Do not look into the two systems.")
    var offline = false

    @Flag(name: .long, help: "Replace files that are there; the old ones are kept as .bak.")
    var force = false

    func run() async throws {
        let resources = ResourceFolders(overrides: nil)
        let probe: any SetupProbe =
            offline ? OfflineProbe(resources: resources) : LiveProbe(resources: resources)
        let wizard = try SetupWizard(
            console: StandardConsole(), probe: probe, resources: resources, language: language,
            usualLanguage: SetupLanguage(environment: ProcessInfo.processInfo.environment))
        _ = try await wizard.run(in: URL(filePath: folder), overwrites: force)
    }
}
