internal import Reporting

extension ReportJob {
    /// Refuses what whoever ordered it has mistyped, before anything is begun.
    ///
    /// - Throws: ``ConfigurationError``; `ReportError` when parameters are named and the definition
    ///   that has to know them cannot be read.
    func requireMakeable(_ order: Order) throws {
        try requireReport(order.name)
        guard !order.parameters.isEmpty, try !summary(of: order).isDrawnByProgram else { return }
        try requireParameters(
            order, ReportDefinition(report: order.name, resources: reportResources))
    }

    /// Refuses a report that there is not.
    ///
    /// - Throws: ``ConfigurationError``.
    func requireReport(_ name: String) throws {
        let names = ReportSummary.names(resources: reportResources)
        guard names.contains(name) else {
            throw ConfigurationError(
                "there is no report '\(name)'; there are: " + names.joined(separator: ", "))
        }
    }

    /// Refuses parameters that the report does not have.
    ///
    /// - Throws: ``ConfigurationError``.
    func requireParameters(_ order: Order, _ definition: ReportDefinition) throws {
        let unknown = order.parameters.keys.filter { definition.parameters[$0] == nil }.sorted()
        guard unknown.isEmpty else {
            throw ConfigurationError(
                "\(definition.name) has no parameter '\(unknown[0])'; it has: "
                    + definition.parameters.keys.sorted().joined(separator: ", "))
        }
    }
}
