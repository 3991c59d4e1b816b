/// A control total with the two numbers that it compares.
struct CheckedTotal: Sendable {
    let name: String
    let expected: ReportValue
    let actual: ReportValue

    var agrees: Bool { expected.agrees(with: actual) }
}

extension ReportDefinition {
    /// Compares the control totals.
    ///
    /// - Parameter data: The tables.
    /// - Returns: All of them, those that differ with a warning included.
    /// - Throws: ``ReportError/controlTotalsDiffer(report:names:)`` when one that must agree does
    ///   not.
    func checkedTotals(of data: ReportData) throws(ReportError) -> [CheckedTotal] {
        var totals: [CheckedTotal] = []
        var fatal: [String] = []
        for total in controlTotals {
            let checked = CheckedTotal(
                name: total.name, expected: try data.value(total.expected),
                actual: try data.value(total.actual))
            totals.append(checked)
            if !checked.agrees, total.consequence == .refuse {
                fatal.append(
                    "\(total.name): expected \(checked.expected.key), got \(checked.actual.key)")
            }
        }
        guard fatal.isEmpty else { throw .controlTotalsDiffer(report: name, names: fatal) }
        return totals
    }
}
