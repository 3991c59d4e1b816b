internal import Definitions
internal import Records
internal import Reporting

/// Reads the section `roi` of the configuration: amounts in rubles, hours as decimals.
enum ROISection {
    static func assumptions(
        from node: YAMLNode?, hourlyCost: Money
    ) throws(DefinitionError) -> ROIAssumptions {
        var assumptions = ROIAssumptions(hourlyRate: hourlyCost)
        guard let node else { return assumptions }
        try node.allow(keys: [
            "development", "setup", "training", "support_per_year", "horizon_months",
            "hours_saved_per_week", "hourly_rate", "prevented_loss",
        ])
        if let development = try node.optional("development") {
            try development.allow(keys: ["hours", "rate"])
            assumptions.developmentHours = try development.required("hours").integer()
            assumptions.developmentRate = try rubles(development.required("rate"))
        }
        if let training = try node.optional("training") {
            try training.allow(keys: ["people", "price"])
            assumptions.trainedPeople = try training.required("people").integer()
            assumptions.trainingPrice = try rubles(training.required("price"))
        }
        if let setup = try node.optional("setup") { assumptions.setup = try rubles(setup) }
        if let support = try node.optional("support_per_year") {
            assumptions.supportPerYear = try rubles(support)
        }
        if let horizon = try node.optional("horizon_months") {
            assumptions.horizonMonths = try horizon.integer()
        }
        if let hours = try node.optional("hours_saved_per_week") {
            assumptions.minutesSavedPerWeek = try minutes(hours)
        }
        if let rate = try node.optional("hourly_rate") {
            assumptions.hourlyRate = try rubles(rate)
        }
        if let percent = try node.optional("prevented_loss") {
            assumptions.preventedLossPercent = try percent.integer()
        }
        do throws(ROIError) { try assumptions.check() } catch {
            throw node.error(error.description)
        }
        return assumptions
    }

    private static func rubles(_ node: YAMLNode) throws(DefinitionError) -> Money {
        guard let amount = Quantity(try node.text()), amount.scale <= 2,
            amount.units.magnitude < 1_000_000_000_000_000
        else { throw node.error("expected an amount in rubles, as in 1500 or 1500.50") }
        return Money(
            minorUnits: amount.units * (amount.scale == 0 ? 100 : amount.scale == 1 ? 10 : 1))
    }

    private static func minutes(_ node: YAMLNode) throws(DefinitionError) -> Int {
        let text = try node.text()
        guard let hours = Quantity(text), hours.units.magnitude < 1_000_000_000 else {
            throw node.error("expected hours, as in 20 or 7.5")
        }
        let power = (0..<Int(hours.scale)).reduce(Int64(1)) { power, _ in
            power > 1_000_000 ? power : power * 10
        }
        let (minutes, rest) = (hours.units * 60).quotientAndRemainder(dividingBy: power)
        guard rest == 0 else { throw node.error("expected hours to the minute, as in 7.5") }
        return Int(minutes)
    }
}
