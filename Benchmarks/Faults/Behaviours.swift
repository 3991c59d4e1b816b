import Collection
import Sandbox

/// In what portals and infobases differ from one another, drawn for each seed: nothing of it may make
/// a reading less true.
enum Behaviours {
    private static let portal: [(name: String, value: String)] = [
        ("batch-charge", "batch"), ("time", "plain"), ("fractional-start", "on"),
        ("statuses", "docs"), ("address-paging", "plain"), ("start-rounding", "exact"),
        ("beyond-end", "lastPage"), ("catalog-wrapper", "bare"), ("app-info", "licence"),
        ("owner-lists", "off"), ("cut-statuses", "on"), ("ignore-iso-dates", "on"),
        ("escape-unicode", "on"), ("utc-offset", "7"), ("midnight", "greenwich"),
    ]
    private static let infobase: [(name: String, value: String)] = [
        ("onec-inlinecount-ignores-paging", "on"), ("onec-virtual-count", "none"),
        ("onec-virtual-count", "own"), ("onec-wrong-field-empty", "on"),
        ("onec-ignore-unknown", "on"),
        ("onec-sessions", "client"), ("onec-pool", "1"), ("onec-licences", "1"),
        ("onec-added-fields", "Catalog_Контрагенты.КодФилиала"),
        ("onec-metadata-bytes", "300000"),
    ]

    /// Sets about every third of them.
    static func draw(seed: UInt64, into options: inout SandboxOptions) throws {
        var generator = SeededGenerator(seed: seed)
        for item in portal where Int.random(in: 0..<3, using: &generator) == 0 {
            try options.portal.set(item.name, to: item.value)
        }
        for item in infobase where Int.random(in: 0..<3, using: &generator) == 0 {
            try options.infobase.set(item.name, to: item.value)
        }
    }
}
