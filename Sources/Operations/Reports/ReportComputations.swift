internal import Definitions
internal import Foundation
internal import Records
internal import Reporting

/// The calculations that reports may ask for (`computed: NAME`); the one place where they are named.
struct ReportComputations {
    /// The calculations by name, with what they need of the configuration.
    let byName: [String: ReportComputation]

    init(_ configuration: Configuration, resources: ResourceFolders) {
        let roi = ROITables(configuration.roi) { try Self.minutes(resources) }
        let errors = ErrorTypeColumns {
            try ErrorTypesFile.read(resources.file("templates/journal/error-types.yaml"))
        }
        byName = roi.computations.merging(errors.computations) { first, _ in first }
    }

    /// Minutes for one finding, as the entity files say.
    private static func minutes(_ resources: ResourceFolders) throws -> ROITables.Minutes {
        let catalog = EntityCatalog(resources)
        var minutes: ROITables.Minutes = [:]
        for name in catalog.names {
            let entity = try catalog.entity(name)
            for kind in Finding.Kind.allCases {
                minutes[name, default: [:]][kind] = entity.reconciliation.rule(for: kind).minutesToFix
            }
        }
        return minutes
    }
}
