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
              sverka init --offline

            Writes sverka.yaml, with a comment on every line, and sverka.secrets, which only its
            owner may read. Both systems are looked into, without writing anything, to recognise the
            configuration of 1C and to propose what can be checked; --offline leaves that out.
            """)

    @Option(name: .long, help: "Where to write the two files.")
    var folder = "."

    @Flag(name: .long, help: "Do not look into the two systems.")
    var offline = false

    @Flag(name: .long, help: "Replace files that are there; the old ones are kept as .bak.")
    var force = false

    func run() async throws {
        let resources = ResourceFolders(overrides: nil)
        let probe: any SetupProbe =
            offline ? OfflineProbe(resources: resources) : LiveProbe(resources: resources)
        let wizard = try SetupWizard(
            console: StandardConsole(), probe: probe, resources: resources)
        let file = try await wizard.run(in: URL(filePath: folder), overwrites: force)
        print("\nWritten: \(file.path)")
        print("Next: sverka check --config '\(file.path)'")
    }
}
