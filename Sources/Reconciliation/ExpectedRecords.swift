public import Records

/// Which records of a side the other side is expected to have, as far as the rules of `missing` say.
///
/// The control totals of a report count the others apart.
public struct ExpectedRecords: Sendable {
    private let expectation: Expectation

    /// Prepares the rules.
    ///
    /// - Parameters:
    ///   - definition: The entity, with its rules.
    ///   - side: The side that is expected to have records.
    ///   - records: What it has.
    /// - Complexity: O(number of records).
    public init(_ definition: EntityDefinition, of side: Side, records: [Record]) {
        let rules = CompiledRules(definition)
        expectation = Expectation(
            rules,
            of: SideIndex(side, records: records, clusters: [], deletedField: rules.deletedField))
    }

    /// Whether the side should have a record of the other one.
    ///
    /// - Parameter record: The other side's record.
    /// - Returns: `false` also for what it has nevertheless.
    public func contains(_ record: Record) -> Bool { expectation.holds(for: record) }
}
