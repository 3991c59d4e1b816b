/// A calculation that makes a table of other tables and of what the caller knows.
///
/// It is given to ``ReportEngine`` under the name by which a definition asks for it
/// (`computed: roi`). It has no clock and no database of its own.
public typealias ReportComputation = @Sendable (ComputationInput) throws -> ReportTable

/// What a calculation may use.
public struct ComputationInput: Sendable {
    /// The tables that the definition names under `from`, by name, for the same period.
    public let tables: [String: ReportTable]
    /// The time covered.
    public let period: ReportPeriod
    /// The definition's parameters.
    public let parameters: [String: String]
    /// The request as a whole: language, zone, names.
    public let request: ReportRequest

    /// Makes an input.
    public init(
        tables: [String: ReportTable], period: ReportPeriod, parameters: [String: String],
        request: ReportRequest
    ) {
        self.tables = tables
        self.period = period
        self.parameters = parameters
        self.request = request
    }
}
