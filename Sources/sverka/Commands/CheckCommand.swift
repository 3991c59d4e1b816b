import ArgumentParser
import Operations

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tries everything that a run needs: one line each, and what to do if it fails.",
        discussion: """
            EXAMPLE
              sverka check --config /etc/sverka/sverka.yaml

            Reads the systems and sends no mail; the database is started and its schema brought up
            to date. Exit code 0 when all is well, 1 when something is not.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.read()
        let check = HealthCheck(
            configuration, resources: ResourceFolders(overrides: configuration.overrides))
        var failures = 0
        for await line in check.lines() {
            print("\(line.isPassed ? "ok  " : "FAIL") \(line.subject): \(line.detail)")
            if !line.isPassed { failures += 1 }
        }
        guard failures > 0 else { return print("all is well; 'sverka run nightly' can start") }
        print("\(failures) to mend")
        throw ExitCode(1)
    }
}
