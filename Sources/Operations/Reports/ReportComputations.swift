internal import Foundation
internal import Records
internal import Reporting

/// The calculations that reports may ask for (`computed: NAME`); the one place where they are named.
struct ReportComputations {
    /// The calculations by name, with what they need of the configuration.
    ///
    /// What they need is made when one is asked for: a report that a system's settings have nothing
    /// to do with must come out also when these are wrong.
    let byName: [String: ReportComputation]

    init(_ configuration: Configuration, resources: ResourceFolders) {
        byName = [
            "record_addresses": { input in
                let catalog = EntityCatalog(resources)
                let sources = try SourceFactory(
                    timeZone: configuration.company.timeZone, resources: resources
                ).sources(
                    of: configuration,
                    entities: try configuration.entities.map { try catalog.entity($0.rawValue) })
                return try RecordAddresses(sources).table(input)
            }
        ]
    }
}
