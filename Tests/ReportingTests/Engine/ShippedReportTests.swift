import Foundation
import Records
import Testing

@testable import Reporting

@Suite("Reports that are shipped")
struct ShippedReportTests {
    private let resources = ReportResources(builtin: SamplePlaces.root, override: nil)

    @Test(
        "have all their words and letters in both languages",
        arguments: ["monthly-management", "sync-report", "sync-errors"])
    func words(report: String) throws {
        let definition = try ReportDefinition(report: report, resources: resources)
        #expect(definition.problems(in: resources) == [])
    }
}
