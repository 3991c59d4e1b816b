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
        let addresses: [String: ReportComputation] = [
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
        let roi = ROITables(configuration.roi) { try Self.minutes(EntityCatalog(resources)) }
        byName = addresses.merging(roi.computations) { first, _ in first }
    }

    /// Minutes for one finding, as the entity files say.
    private static func minutes(_ catalog: EntityCatalog) throws -> ROITables.Minutes {
        var minutes: ROITables.Minutes = [:]
        for name in catalog.names {
            let entity = try catalog.entity(name)
            for kind in Finding.Kind.allCases {
                minutes[entity.name, default: [:]][kind] =
                    entity.reconciliation.rule(for: kind).minutesToFix
            }
        }
        return minutes
    }
}
