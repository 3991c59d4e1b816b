import Records
import Testing

@testable import Reporting

@Suite("Measured return on investment")
struct MeasuredROITests {
    private static let january = CalendarDate(year: 2026, month: 1, day: 1) ?? .epoch
    private static let february = CalendarDate(year: 2026, month: 2, day: 1) ?? .epoch
    private static let counterparty = EntityName("counterparty")
    private static let minutes: [EntityName: [Finding.Kind: Int]] = [
        counterparty: [.mismatch: 12, .duplicate: 30, .missing: 5]
    ]

    private func measured(
        _ cleared: [MeasuredROI.Cleared], nights: Int = 60, setup: Int64 = 10_000, loss: Int = 0,
        rate: Int64 = 600
    ) throws -> MeasuredROI {
        MeasuredROI(
            declared: try DeclaredROI(
                ROIAssumptions(
                    setup: Money(minorUnits: setup * 100),
                    supportPerYear: Money(minorUnits: 12_000_00),
                    hourlyRate: Money(minorUnits: rate * 100), preventedLossPercent: loss)),
            cleared: cleared, minutesByEntity: Self.minutes,
            months: [Self.january, Self.february], nights: nights)
    }

    private func cleared(
        _ count: Int, _ kind: Finding.Kind, _ severity: Finding.Severity, in month: CalendarDate,
        atStake: Int64 = 0
    ) -> MeasuredROI.Cleared {
        MeasuredROI.Cleared(
            month: month, entity: Self.counterparty, kind: kind, severity: severity, count: count,
            atStakeMinorUnits: atStake)
    }

    @Test("is the cleared findings' minutes at the hour's cost: errors only, and all")
    func interval() throws {
        let measured = try measured([
            cleared(50, .mismatch, .error, in: Self.january),
            cleared(20, .duplicate, .warning, in: Self.february),
        ])
        #expect(measured.clearedCount == 70)
        #expect(measured.minutes == MeasuredROI.Interval(low: 600, high: 1_200))
        // 10 and 20 hours at 600 ₽.
        #expect(measured.savings == MeasuredROI.Interval(low: 600_000, high: 1_200_000))
        #expect(measured.costs.minorUnits == 1_200_000)
        #expect(measured.roi?.low.units(scale: 4) == -5_000)
        #expect(measured.roi?.high.units(scale: 4) == 0)
        #expect(measured.costPerCleared?.minorUnits == 17_143)
        #expect(measured.paybackMonths.low == nil)
        #expect(measured.paybackMonths.high == 2)
    }

    @Test("holds a share of the cleared money at its upper end only, if it is assumed")
    func preventedLoss() throws {
        let measured = try measured(
            [cleared(40, .mismatch, .error, in: Self.january, atStake: 1_000_00)], loss: 10)
        #expect(measured.clearedMoney == 1_000_00)
        #expect(measured.savings == MeasuredROI.Interval(low: 480_000, high: 490_000))
    }

    @Test("is rounded once, however many months it is the sum of")
    func rounding() throws {
        // 350 and 335 minutes at 500 ₽ are 2 916.67 ₽ and 2 791.67 ₽, and together 5 708.33 ₽.
        let measured = try measured(
            [
                cleared(70, .missing, .error, in: Self.january, atStake: 50),
                cleared(67, .missing, .error, in: Self.february, atStake: 50),
            ], loss: 1, rate: 500)
        #expect(measured.savings(afterMonths: 1).low == 291_667)
        // A kopeck of loss prevented, one hundredth of two times fifty.
        #expect(measured.savings == MeasuredROI.Interval(low: 570_833, high: 570_834))
    }

    @Test("takes what came back off again, also in a later month")
    func cameBack() throws {
        let measured = try measured([
            cleared(50, .mismatch, .error, in: Self.january, atStake: 900),
            cleared(-20, .mismatch, .error, in: Self.february, atStake: -400),
        ])
        #expect(measured.clearedCount == 30)
        #expect(measured.minutes == MeasuredROI.Interval(low: 360, high: 360))
        #expect(measured.clearedMoney == 500)
        #expect(measured.savings(afterMonths: 1).low == 600_000)
        #expect(measured.savings.low == 360_000)
    }

    @Test("says why there is no number where data is too thin")
    func thin() throws {
        let enough = [cleared(30, .mismatch, .error, in: Self.january)]
        #expect(try measured(enough).thinness == nil)
        #expect(try measured(enough, nights: 27).thinness == .nights)
        #expect(
            try measured([cleared(29, .mismatch, .error, in: Self.january)]).thinness == .cleared)
        #expect(try measured(enough, rate: 0).thinness == .rate)
        let thin = try measured(enough, nights: 3)
        #expect(thin.roi == nil)
        #expect(thin.costPerCleared == nil)
        #expect(thin.timeThinness == .nights)
        // Without the price of an hour there are hours, and no savings.
        #expect(try measured(enough, rate: 0).timeThinness == nil)
        #expect(try measured(enough, rate: 0).savingsThinness == .rate)
    }

    @Test("does not depend on the order of what was cleared")
    func order() throws {
        let items = [
            cleared(7, .mismatch, .error, in: Self.january),
            cleared(9, .duplicate, .info, in: Self.january),
            cleared(5, .mismatch, .warning, in: Self.february),
        ]
        #expect(try measured(items) == measured(items.reversed()))
    }
}
