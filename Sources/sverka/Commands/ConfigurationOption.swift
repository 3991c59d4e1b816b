import ArgumentParser
import Operations

/// `--config`, the same in every command that needs the configuration.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .long,
        help: "The configuration (default: sverka.yaml here, then /etc/sverka/sverka.yaml).")
    var config: String?

    /// Finds and reads the configuration.
    func read() throws -> Configuration {
        try ConfigurationFile.read(ConfigurationFile.locate(config))
    }
}
