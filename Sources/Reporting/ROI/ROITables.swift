public import Records

/// The return on investment as tables of a report: the calculations `roi`, `roi_costs`, `roi_curve`
/// and `roi_assumptions`.
///
/// They are made of the tables `roi_cleared` and `roi_nights`, see the queries of these names.
public struct ROITables: Sendable {
    /// Minutes that a person needs for one finding, by entity and kind.
    public typealias Minutes = [EntityName: [Finding.Kind: Int]]

    private let assumptions: ROIAssumptions
    private let minutes: @Sendable () throws -> Minutes

    /// Makes the calculations.
    ///
    /// - Parameters:
    ///   - assumptions: What the configuration says.
    ///   - minutes: Reads the minutes of the entity files, when a report asks for them.
    public init(
        _ assumptions: ROIAssumptions, minutes: @escaping @Sendable () throws -> Minutes
    ) {
        self.assumptions = assumptions
        self.minutes = minutes
    }

    /// The calculations by the names under which definitions ask for them.
    public var computations: [String: ReportComputation] {
        [
            "roi": { try summary(measured($0)) },
            "roi_costs": { try costs(measured($0).declared) },
            "roi_curve": { try curve(measured($0)) },
            "roi_assumptions": { _ in assumptionRows() },
        ]
    }

    private func measured(_ input: ComputationInput) throws -> MeasuredROI {
        let nights = input.tables["roi_nights"] ?? ReportTable(columns: [])
        let months = nights.rows.indices.compactMap { nights[$0, "month"]?.day }
        let count = nights.rows.indices.reduce(0) { $0 + (nights[$1, "nights"]?.whole ?? 0) }
        let cleared = input.tables["roi_cleared"] ?? ReportTable(columns: [])
        return MeasuredROI(
            declared: try DeclaredROI(assumptions),
            cleared: cleared.rows.indices.compactMap { MeasuredROI.Cleared(cleared, row: $0) },
            minutesByEntity: try minutes(), months: months, nights: Int(count))
    }

    private func summary(_ measured: MeasuredROI) -> ReportTable {
        let declared = measured.declared
        let thin = measured.thinness.map { ReportValue.notEnough($0.rawValue) }
        func unless(_ thinness: MeasuredROI.Thinness?, _ value: ReportValue) -> ReportValue {
            thinness.map { ReportValue.notEnough($0.rawValue) } ?? value
        }
        func ratio(_ ratio: ExactRatio?) -> ReportValue {
            ratio.map { .decimal(units: $0.units(scale: 4), scale: 4) } ?? .notEnough("costs")
        }
        func month(_ month: Int?) -> ReportValue {
            thin ?? month.map { .integer(Int64($0)) } ?? .notEnough("not_yet")
        }
        let isDeclared = assumptions.minutesSavedPerWeek > 0
        return ReportTable(named: [
            ("currency", .text(declared.currency)),
            ("horizon_months", .integer(Int64(assumptions.horizonMonths))),
            ("costs", .money(declared.costs)),
            ("spent_once", .money(declared.spentOnce)),
            ("support_per_year", .money(assumptions.supportPerYear)),
            (
                "savings_per_year",
                isDeclared ? .money(declared.savingsPerYear) : .notEnough("not_declared")
            ),
            ("savings", isDeclared ? .money(declared.savings) : .notEnough("not_declared")),
            ("roi", isDeclared ? ratio(declared.roi) : .notEnough("not_declared")),
            (
                "payback_month",
                isDeclared
                    ? declared.paybackMonth.map { .integer(Int64($0)) } ?? .notEnough("never")
                    : .notEnough("not_declared")
            ),
            ("nights", .integer(Int64(measured.nights))),
            ("months", .integer(Int64(measured.months.count))),
            ("cleared", .integer(Int64(measured.clearedCount))),
            ("cleared_money", .integer(measured.clearedMoney)),
            ("hours_low", unless(measured.timeThinness, .hours(measured.minutes.low))),
            ("hours_high", unless(measured.timeThinness, .hours(measured.minutes.high))),
            (
                "measured_savings_low",
                unless(measured.savingsThinness, .integer(measured.savings.low))
            ),
            (
                "measured_savings_high",
                unless(measured.savingsThinness, .integer(measured.savings.high))
            ),
            ("measured_costs", .money(measured.costs)),
            ("measured_roi_low", thin ?? ratio(measured.roi?.low)),
            ("measured_roi_high", thin ?? ratio(measured.roi?.high)),
            ("measured_payback_early", month(measured.paybackMonths.high)),
            ("measured_payback_late", month(measured.paybackMonths.low)),
            ("cost_per_cleared", thin ?? measured.costPerCleared.map { .money($0) } ?? .empty),
        ])
    }

    private func costs(_ declared: DeclaredROI) -> ReportTable {
        let support = declared.costs.minorUnits - declared.spentOnce.minorUnits
        let parts: [(String, Int64)] = [
            ("development", declared.development.minorUnits),
            ("setup", assumptions.setup.minorUnits),
            ("training", declared.training.minorUnits), ("support", support),
        ]
        return ReportTable(
            columns: ["part", "amount", "currency"],
            rows: parts.map { [.text($0.0), .integer($0.1), .text(declared.currency)] })
    }

    /// From the start to the end of the horizon, or of what was observed if that is later; nothing
    /// measured where data is too thin.
    private func curve(_ measured: MeasuredROI) -> ReportTable {
        let declared = measured.declared
        let last = max(assumptions.horizonMonths, measured.months.count)
        var table = ReportTable(columns: [
            "month", "declared", "measured_low", "measured_high", "currency",
        ])
        for month in 0...last {
            let balance = measured.balance(afterMonths: month)
            let isObserved = measured.thinness == nil && month <= measured.months.count
            table.append([
                .integer(Int64(month)), .money(declared.balance(afterMonths: month)),
                isObserved ? .integer(balance.low) : .empty,
                isObserved ? .integer(balance.high) : .empty, .text(declared.currency),
            ])
        }
        return table
    }

    private func assumptionRows() -> ReportTable {
        let hours = assumptions.minutesSavedPerWeek
        let rows: [(String, ReportValue, ReportValue)] = [
            ("development_hours", .integer(Int64(assumptions.developmentHours)), .empty),
            ("development_rate", .empty, .money(assumptions.developmentRate)),
            ("setup", .empty, .money(assumptions.setup)),
            ("trained_people", .integer(Int64(assumptions.trainedPeople)), .empty),
            ("training_price", .empty, .money(assumptions.trainingPrice)),
            ("support_per_year", .empty, .money(assumptions.supportPerYear)),
            ("horizon_months", .integer(Int64(assumptions.horizonMonths)), .empty),
            ("hours_saved_per_week", .hours(Int64(hours)), .empty),
            ("hourly_rate", .empty, .money(assumptions.hourlyRate)),
            ("prevented_loss", .integer(Int64(assumptions.preventedLossPercent)), .empty),
        ]
        return ReportTable(
            columns: ["assumption", "number", "amount", "currency"],
            rows: rows.map {
                [.text($0.0), $0.1, $0.2, .text(assumptions.hourlyRate.currency)]
            })
    }
}

extension ReportTable {
    /// A table of one row, column by column.
    fileprivate init(named values: [(String, ReportValue)]) {
        self.init(columns: values.map(\.0), rows: [values.map(\.1)])
    }
}

extension ReportValue {
    fileprivate static func money(_ money: Money) -> ReportValue { .integer(money.minorUnits) }

    /// Minutes as hours, rounded half up to a tenth; whole ones without a fraction.
    fileprivate static func hours(_ minutes: Int64) -> ReportValue {
        minutes % 60 == 0
            ? .integer(minutes / 60) : .decimal(units: (minutes * 10 + 30) / 60, scale: 1)
    }

    fileprivate var day: CalendarDate? {
        guard case .date(let day) = self else { return nil }
        return day
    }

    fileprivate var whole: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}

extension MeasuredROI.Cleared {
    fileprivate init?(_ table: ReportTable, row: Int) {
        guard let month = table[row, "month"]?.day, let count = table[row, "cleared"]?.whole,
            case .text(let entity) = table[row, "entity"],
            case .text(let kind) = table[row, "kind"], let kind = Finding.Kind(rawValue: kind),
            case .text(let severity) = table[row, "severity"],
            let severity = Finding.Severity(rawValue: severity)
        else { return nil }
        self.init(
            month: month, entity: EntityName(entity), kind: kind, severity: severity,
            count: Int(count), atStakeMinorUnits: table[row, "at_stake_minor"]?.whole ?? 0)
    }
}
