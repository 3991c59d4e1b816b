public import Records

/// What a return on investment is reckoned from: every number that no program can measure.
///
/// They stand in the configuration (`roi:`) and are printed beside the result, so that whoever
/// doubts one changes it and reckons again.
public struct ROIAssumptions: Hashable, Sendable {
    /// Hours of development.
    public var developmentHours: Int
    /// What an hour of development costs.
    public var developmentRate: Money
    /// What set-up and testing cost, once.
    public var setup: Money
    /// How many people are trained.
    public var trainedPeople: Int
    /// What training one of them costs.
    public var trainingPrice: Money
    /// What support costs in a year.
    public var supportPerYear: Money
    /// Over how many months costs and savings are compared.
    public var horizonMonths: Int
    /// Minutes that people say they save in a week.
    public var minutesSavedPerWeek: Int
    /// What an hour of these people costs.
    public var hourlyRate: Money
    /// The share of cleared money, in percent, that would have been lost without Sverka.
    ///
    /// Only the upper end of the measured interval holds it.
    public var preventedLossPercent: Int

    /// Makes a set of assumptions; amounts are in one currency.
    public init(
        developmentHours: Int = 0, developmentRate: Money = Money(minorUnits: 0),
        setup: Money = Money(minorUnits: 0), trainedPeople: Int = 0,
        trainingPrice: Money = Money(minorUnits: 0), supportPerYear: Money = Money(minorUnits: 0),
        horizonMonths: Int = 12, minutesSavedPerWeek: Int = 0,
        hourlyRate: Money = Money(minorUnits: 0), preventedLossPercent: Int = 0
    ) {
        self.developmentHours = developmentHours
        self.developmentRate = developmentRate
        self.setup = setup
        self.trainedPeople = trainedPeople
        self.trainingPrice = trainingPrice
        self.supportPerYear = supportPerYear
        self.horizonMonths = horizonMonths
        self.minutesSavedPerWeek = minutesSavedPerWeek
        self.hourlyRate = hourlyRate
        self.preventedLossPercent = preventedLossPercent
    }

    /// The largest number of minor units that any amount may have: ten billion rubles.
    ///
    /// Below it every product that is formed fits sixty-four bits.
    public static let minorUnitsMax: Int64 = 1_000_000_000_000

    /// Refuses numbers with which nothing can be reckoned.
    ///
    /// - Throws: ``ROIError`` that names the assumption.
    public func check() throws(ROIError) {
        let currency = hourlyRate.currency
        let amounts: [(String, Money)] = [
            ("development.rate", developmentRate), ("setup", setup),
            ("training.price", trainingPrice), ("support_per_year", supportPerYear),
            ("hourly_rate", hourlyRate),
        ]
        for (name, amount) in amounts {
            guard amount.currency == currency else { throw .currenciesDiffer(name: name) }
            guard (0...Self.minorUnitsMax).contains(amount.minorUnits) else {
                throw .outOfRange(name: name)
            }
        }
        for (name, number, range) in [
            ("development.hours", developmentHours, 0...1_000_000),
            ("training.people", trainedPeople, 0...100_000),
            ("horizon_months", horizonMonths, 1...120),
            ("hours_saved_per_week", minutesSavedPerWeek, 0...10_000_000),
            ("prevented_loss", preventedLossPercent, 0...100),
        ] where !range.contains(number) {
            throw .outOfRange(name: name)
        }
        for (name, count, price) in [
            ("development", developmentHours, developmentRate.minorUnits),
            ("training", trainedPeople, trainingPrice.minorUnits),
        ] {
            let (product, overflow) = Int64(count).multipliedReportingOverflow(by: price)
            guard !overflow, product <= Self.minorUnitsMax else { throw .outOfRange(name: name) }
        }
        let (product, overflow) = Int64(minutesSavedPerWeek)
            .multipliedReportingOverflow(by: hourlyRate.minorUnits)
        guard !overflow, product <= Self.minorUnitsMax else {
            throw .outOfRange(name: "hours_saved_per_week")
        }
    }
}

/// Why a return on investment cannot be reckoned.
public enum ROIError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A number is negative or too large.
    case outOfRange(name: String)
    /// Amounts are in several currencies.
    case currenciesDiffer(name: String)

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .outOfRange(let name): "roi: \(name) is negative or too large to reckon with"
        case .currenciesDiffer(let name): "roi: \(name) is in another currency than hourly_rate"
        }
    }
}
