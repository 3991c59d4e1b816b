import ArgumentParser
import Foundation
import Operations

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Asks what is needed and writes sverka.yaml; secrets go to a file of their own.",
        discussion: """
            EXAMPLE
              sverka init --folder /etc/sverka

            Writes sverka.yaml, with a comment on every line, and sverka.secrets, which only its
            owner may read. Nothing is sent anywhere; 'sverka check' tries the answers.
            """)

    @Option(name: .long, help: "Where to write the two files.")
    var folder = "."

    @Flag(name: .long, help: "Replace files that are there; the old ones are kept as .bak.")
    var force = false

    func run() async throws {
        let wizard = try SetupWizard(
            console: StandardConsole(), resources: ResourceFolders(overrides: nil))
        let file = try wizard.run(in: URL(filePath: folder), overwrites: force)
        print("\nWritten: \(file.path)")
        print("Next: sverka check --config '\(file.path)'")
    }
}
