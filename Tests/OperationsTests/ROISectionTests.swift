import Foundation
import Records
import Reporting
import TestSupport
import Testing

@testable import Operations

@Suite("Section roi of the configuration")
struct ROISectionTests {
    private func read(_ section: String) throws -> ROIAssumptions {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            sources:
              left: {name: a, kind: files, folder: a}
              right: {name: b, kind: files, folder: b}
            report: {hourly_cost: 800}

            """ + section, to: "sverka.yaml")
        return try ConfigurationFile.read(file).roi
    }

    @Test("reads every assumption, amounts with kopecks and hours to the minute")
    func whole() throws {
        let roi = try read(
            """
            roi:
              development: {hours: 150, rate: 1500.50}
              setup: 45000
              training: {people: 3, price: 10000}
              support_per_year: 60000
              horizon_months: 24
              hours_saved_per_week: 7.5
              hourly_rate: 500
              prevented_loss: 5
            """)
        #expect(roi.developmentRate.minorUnits == 150_050)
        #expect(roi.setup.minorUnits == 4_500_000)
        #expect(roi.minutesSavedPerWeek == 450)
        #expect(roi.hourlyRate.minorUnits == 50_000)
        #expect(roi.horizonMonths == 24)
        #expect(roi.preventedLossPercent == 5)
    }

    @Test("takes the cost of an hour from the report where it says none")
    func usual() throws {
        #expect(try read("").hourlyRate.minorUnits == 80_000)
        #expect(try read("roi: {setup: 1}").hourlyRate.minorUnits == 80_000)
    }

    @Test(
        "says where it is not right",
        arguments: [
            ("roi: {setup: much}", "sverka.yaml:5:14: expected an amount in rubles"),
            ("roi: {setup: -1}", "roi: setup is negative or too large"),
            ("roi: {setup: 1.005}", "expected an amount in rubles"),
            ("roi: {hours_saved_per_week: 0.001}", "expected hours to the minute"),
            ("roi: {development: {hours: 5}}", "'rate' is missing"),
            ("roi: {horizon_months: 0}", "horizon_months is negative or too large"),
            ("roi: {horizon: 12}", "unknown key 'horizon'"),
            ("roi: {prevented_loss: 101}", "prevented_loss is negative or too large"),
        ])
    func wrong(section: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(section) }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }
}
