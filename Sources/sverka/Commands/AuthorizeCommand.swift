import ArgumentParser
import Operations

struct AuthorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Lets Sverka into a portal as a local application; needed once.",
        discussion: """
            EXAMPLES
              sverka authorize
              sverka authorize --source bitrix24

            Prints an address that an administrator of the portal opens in a browser, and takes the
            address to which the browser is then sent: paste it within thirty seconds. The tokens
            are kept encrypted. A webhook needs none of this.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(name: .long, help: "The source, when several have an application.")
    var source: String?

    func run() async throws {
        let configuration = try options.read()
        let access = try ApplicationAccess(
            configuration, source: source,
            resources: ResourceFolders(overrides: configuration.overrides))
        let console = StandardConsole()
        // At once, also into a pipe or a log: without the address there is nothing to answer.
        console.say("Open this address as an administrator of the portal:\n\n  \(access.address)\n")
        let question = "Then paste the address to which the browser was sent"
        guard
            let answer = console.ask(question, usual: nil, isSecret: true),
            !answer.isEmpty
        else { throw ConfigurationError("no code was given; nothing was changed") }
        try await access.install(code: answer)
        print("Done: the tokens are kept. Next: sverka check")
    }
}
