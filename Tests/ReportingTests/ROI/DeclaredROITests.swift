import Records
import Reporting
import Testing

@Suite("Declared return on investment")
struct DeclaredROITests {
    private func rubles(_ amount: Int64) -> Money { Money(minorUnits: amount * 100) }

    private func example(horizonMonths: Int = 12, support: Int64 = 0) throws -> DeclaredROI {
        try DeclaredROI(
            ROIAssumptions(
                developmentHours: 150, developmentRate: rubles(1_500), setup: rubles(45_000),
                trainedPeople: 3, trainingPrice: rubles(10_000), supportPerYear: rubles(support),
                horizonMonths: horizonMonths, minutesSavedPerWeek: 20 * 60,
                hourlyRate: rubles(500)))
    }

    @Test("of the worked example comes out to the digit")
    func workedExample() throws {
        let roi = try example()
        #expect(roi.costs == rubles(300_000))
        #expect(roi.savingsPerYear == rubles(520_000))
        #expect(roi.savings == rubles(520_000))
        #expect(roi.roi?.units(scale: 4) == 7_333)
        #expect(roi.roi?.units(scale: 2) == 73)
        #expect(roi.paybackMonth == 7)
    }

    @Test("counts support over the horizon, and the rest once")
    func horizon() throws {
        let roi = try example(horizonMonths: 36, support: 60_000)
        #expect(roi.spentOnce == rubles(300_000))
        #expect(roi.costs == rubles(480_000))
        #expect(roi.savings == rubles(1_560_000))
        #expect(roi.roi?.units(scale: 4) == 22_500)
    }

    @Test("spreads over months without losing a kopeck at the year's end")
    func months() throws {
        let roi = try example(support: 1)
        #expect(roi.costs(afterMonths: 12) == rubles(300_001))
        #expect(roi.costs(afterMonths: 1).minorUnits == 30_000_008)
        #expect(roi.savings(afterMonths: 24) == rubles(1_040_000))
        #expect(roi.balance(afterMonths: 0).minorUnits == -30_000_000)
    }

    @Test("has no percentage where nothing is spent, and no payback where nothing is saved")
    func nothing() throws {
        let free = try DeclaredROI(
            ROIAssumptions(minutesSavedPerWeek: 60, hourlyRate: rubles(500)))
        #expect(free.roi == nil)
        #expect(free.paybackMonth == nil)
        let vain = try DeclaredROI(ROIAssumptions(setup: rubles(1), hourlyRate: rubles(500)))
        #expect(vain.roi?.units(scale: 4) == -10_000)
        #expect(vain.paybackMonth == nil)
    }

    @Test("never pays back when support costs more than is saved")
    func support() throws {
        #expect(try example(support: 600_000).paybackMonth == nil)
    }

    @Test(
        "refuses what cannot be reckoned with, by its name in the configuration",
        arguments: [
            (ROIAssumptions(setup: Money(minorUnits: -1)), "setup is negative or too large"),
            (ROIAssumptions(horizonMonths: 0), "horizon_months is negative or too large"),
            (
                ROIAssumptions(
                    developmentHours: 1_000_000,
                    developmentRate: Money(minorUnits: 100_000_000)), "development is negative"
            ),
            (ROIAssumptions(preventedLossPercent: 101), "prevented_loss is negative"),
            (
                ROIAssumptions(setup: Money(minorUnits: 1, currency: "USD")),
                "setup is in another currency"
            ),
        ])
    func refuses(assumptions: ROIAssumptions, message: String) {
        let error = #expect(throws: ROIError.self) { try DeclaredROI(assumptions) }
        #expect(error?.description.contains(message) == true)
    }
}

@Suite("Exact ratio")
struct ExactRatioTests {
    @Test(
        "is rounded once, half away from zero",
        arguments: [
            (1, 3, 4, 3_333), (2, 3, 4, 6_667), (1, 8, 2, 13), (-1, 8, 2, -13), (-1, 3, 4, -3_333),
            (0, 5, 4, 0), (5, 1, 0, 5),
            (9_000_000_000_000_000_000, 9_000_000_000_000_000_000, 4, 10_000),
        ])
    func rounding(numerator: Int64, denominator: Int64, scale: Int, units: Int64) {
        #expect(ExactRatio(numerator, over: denominator)?.units(scale: scale) == units)
    }

    @Test("over nothing is none, and one that does not fit is the largest number")
    func edges() {
        #expect(ExactRatio(1, over: 0) == nil)
        #expect(ExactRatio(.max, over: 1)?.units(scale: 4) == .max)
        #expect(ExactRatio(.min, over: 1)?.units(scale: 4) == .min)
    }
}
