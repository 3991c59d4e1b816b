public import Records

/// The return on investment as it follows from what people declare.
///
/// Costs = development hours × rate + set-up and testing + training (people × price) + support per
/// year over the horizon. Savings = hours saved per week × hourly rate × 52 over the horizon.
/// ROI = (savings − costs) ÷ costs. All amounts are whole minor units; only what is spread over
/// months is rounded, half up, and each time from the exact yearly amount.
///
///     20 hours a week at 500 ₽ are 520 000 ₽ a year; of 300 000 ₽ spent, the ROI is 73.33 %.
public struct DeclaredROI: Hashable, Sendable {
    /// What it is reckoned from.
    public let assumptions: ROIAssumptions

    /// Checks the assumptions.
    ///
    /// - Throws: ``ROIError`` that names the one that is not right.
    public init(_ assumptions: ROIAssumptions) throws(ROIError) {
        try assumptions.check()
        self.assumptions = assumptions
    }

    /// The currency of all amounts.
    public var currency: String { assumptions.hourlyRate.currency }

    /// What development costs.
    public var development: Money {
        money(Int64(assumptions.developmentHours) * assumptions.developmentRate.minorUnits)
    }

    /// What training costs.
    public var training: Money {
        money(Int64(assumptions.trainedPeople) * assumptions.trainingPrice.minorUnits)
    }

    /// What is spent once.
    public var spentOnce: Money {
        money(development.minorUnits + assumptions.setup.minorUnits + training.minorUnits)
    }

    /// What is saved in a year of 52 weeks.
    public var savingsPerYear: Money {
        money(Self.rounded(weeklyProduct * 52, over: 60))
    }

    /// What is spent over a number of months.
    public func costs(afterMonths months: Int) -> Money {
        let support = Self.rounded(assumptions.supportPerYear.minorUnits * Int64(months), over: 12)
        return money(spentOnce.minorUnits + support)
    }

    /// What is saved over a number of months.
    public func savings(afterMonths months: Int) -> Money {
        money(Self.rounded(weeklyProduct * 52 * Int64(months), over: 720))
    }

    /// Costs over the horizon.
    public var costs: Money { costs(afterMonths: assumptions.horizonMonths) }

    /// Savings over the horizon.
    public var savings: Money { savings(afterMonths: assumptions.horizonMonths) }

    /// (savings − costs) ÷ costs; `nil` when nothing is spent.
    public var roi: ExactRatio? {
        ExactRatio(savings.minorUnits - costs.minorUnits, over: costs.minorUnits)
    }

    /// What is won or still lost after a number of months.
    public func balance(afterMonths months: Int) -> Money {
        money(savings(afterMonths: months).minorUnits - costs(afterMonths: months).minorUnits)
    }

    /// The first month at whose end savings have reached costs; `nil` when ten years are too short.
    public var paybackMonth: Int? {
        guard costs.minorUnits > 0, savingsPerYear.minorUnits > 0 else { return nil }
        return (1...120).first { balance(afterMonths: $0).minorUnits >= 0 }
    }

    /// Minutes per week times what an hour costs.
    private var weeklyProduct: Int64 {
        Int64(assumptions.minutesSavedPerWeek) * assumptions.hourlyRate.minorUnits
    }

    private func money(_ minorUnits: Int64) -> Money {
        Money(minorUnits: minorUnits, currency: currency)
    }

    /// Rounds half up; of amounts that are not negative.
    static func rounded(_ amount: Int64, over divisor: Int64) -> Int64 {
        (amount + divisor / 2) / divisor
    }
}
