internal import Reporting

/// The calculations that reports may ask for (`computed: NAME`); the one place where they are named.
struct ReportComputations {
    /// The calculations by name, with what they need of the configuration.
    let byName: [String: ReportComputation]

    init(_ configuration: Configuration) {
        byName = [:]
    }
}
