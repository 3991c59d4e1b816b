public import Records
internal import Storage

extension NightlyAudit {
    /// Compares the snapshots that were current at the end of a day, writes a report, and changes
    /// nothing: no snapshot is taken, no finding is carried on, no mail is sent.
    ///
    /// - Parameters:
    ///   - entities: The entities to compare; `nil` for those of the configuration.
    ///   - day: The day, in the company's time zone.
    /// - Throws: ``ConfigurationError`` when a side had no snapshot by then.
    public func run(entities: [EntityName]?, asOf day: CalendarDate) async throws -> JobOutcome {
        throw ConfigurationError("not yet")
    }
}
