internal import Foundation
internal import Reporting

/// The calculations that reports may ask for (`computed: NAME`); the one place where they are named.
struct ReportComputations {
    /// The calculations by name, with what they need of the configuration.
    let byName: [String: ReportComputation]

    /// Makes the calculations of a configuration.
    ///
    /// - Throws: ``ConfigurationError`` when the systems that it names cannot be set up.
    init(_ configuration: Configuration, resources: ResourceFolders) throws {
        let catalog = EntityCatalog(resources)
        let sources = try SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources
        ).sources(of: configuration, entities: configuration.entities.map {
            try catalog.entity($0.rawValue)
        })
        let addresses = RecordAddresses(sources)
        byName = ["record_addresses": { try addresses.table($0) }]
    }
}
