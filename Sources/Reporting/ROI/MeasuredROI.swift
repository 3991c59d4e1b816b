public import Records

/// What the history of runs says about the return: findings that were cleared, times the minutes
/// that each takes a person, at the cost of an hour.
///
/// It is an interval. The lower end counts findings of severity `error` only: somebody would have
/// had to find and mend these in any case. The upper end counts all that were cleared and, if the
/// assumptions say so, a share of the money that they had put at stake. Neither end is projected
/// into the future: savings so far stand against costs so far.
public struct MeasuredROI: Hashable, Sendable {
    /// Findings of one sort that were cleared in one month, less those that came back in it; less than
    /// none where more came back.
    public struct Cleared: Hashable, Sendable {
        /// The first day of the month.
        public var month: CalendarDate
        /// The entity.
        public var entity: EntityName
        /// The kind.
        public var kind: Finding.Kind
        /// The severity.
        public var severity: Finding.Severity
        /// How many.
        public var count: Int
        /// What they had put at stake, in the currency of the assumptions.
        public var atStakeMinorUnits: Int64

        /// Makes a count.
        public init(
            month: CalendarDate, entity: EntityName, kind: Finding.Kind,
            severity: Finding.Severity, count: Int, atStakeMinorUnits: Int64
        ) {
            self.month = month
            self.entity = entity
            self.kind = kind
            self.severity = severity
            self.count = count
            self.atStakeMinorUnits = atStakeMinorUnits
        }
    }

    /// An amount that is known between two ends.
    public struct Interval: Hashable, Sendable {
        /// The lower end, in minor units.
        public var low: Int64 = 0
        /// The upper end, in minor units.
        public var high: Int64 = 0

        static func += (one: inout Interval, other: Interval) {
            one.low += other.low
            one.high += other.high
        }
    }

    /// Why there is no number.
    public enum Thinness: String, Hashable, Sendable, CaseIterable {
        /// Fewer nights than ``MeasuredROI/nightsMin``.
        case nights
        /// Fewer cleared findings than ``MeasuredROI/clearedMin``.
        case cleared
        /// Nothing was spent, so that there is nothing to divide by.
        case costs
        /// What an hour costs is not said.
        case rate
    }

    /// Nights below which nothing is concluded: four weeks.
    public static let nightsMin = 28
    /// Cleared findings below which nothing is concluded: one more or less is then a thirtieth.
    public static let clearedMin = 30

    /// The declared figures that it stands beside.
    public let declared: DeclaredROI
    /// Nights with a comparison so far.
    public let nights: Int
    /// Savings by month, the first day of each, from the first month on; months without any too.
    public let months: [CalendarDate]
    /// All findings cleared so far.
    public private(set) var clearedCount = 0
    /// The minutes that they stand for: errors only, and all.
    public private(set) var minutes = Interval()
    /// What they had put at stake.
    public private(set) var clearedMoney = Int64(0)
    private var minutesByMonth: [CalendarDate: Interval] = [:]
    private var moneyByMonth: [CalendarDate: Int64] = [:]

    /// Sums up what was cleared.
    ///
    /// - Parameters:
    ///   - declared: The assumptions, and what follows from them.
    ///   - cleared: What was cleared, in any order.
    ///   - minutesByEntity: Minutes for one finding, by entity and kind; a kind that is absent
    ///     takes none.
    ///   - months: The months from the first run to the end of the period, in order.
    ///   - nights: Nights with a comparison in this time.
    public init(
        declared: DeclaredROI, cleared: [Cleared],
        minutesByEntity: [EntityName: [Finding.Kind: Int]], months: [CalendarDate], nights: Int
    ) {
        self.declared = declared
        self.nights = nights
        self.months = months
        for item in cleared {
            let spared = Int64(item.count) * Int64(minutesByEntity[item.entity]?[item.kind] ?? 0)
            let ends = Interval(low: item.severity == .error ? spared : 0, high: spared)
            minutes += ends
            minutesByMonth[item.month, default: Interval()] += ends
            clearedMoney += item.atStakeMinorUnits
            moneyByMonth[item.month, default: 0] += item.atStakeMinorUnits
            clearedCount += item.count
        }
    }

    /// Savings up to the end of a month, counted from 1; of the exact sum so far, rounded once.
    public func savings(afterMonths count: Int) -> Interval {
        var minutes = Interval()
        var money = Int64(0)
        for month in months.prefix(count) {
            minutes += minutesByMonth[month] ?? Interval()
            money += moneyByMonth[month] ?? 0
        }
        let rate = declared.assumptions.hourlyRate.minorUnits
        let percent = Int64(declared.assumptions.preventedLossPercent)
        // Over 300: a minute is a sixtieth of an hour, a percent a hundredth of the money.
        return Interval(
            low: DeclaredROI.rounded(minutes.low * rate, over: 60),
            high: DeclaredROI.rounded(minutes.high * rate * 5 + money * percent * 3, over: 300))
    }

    /// Savings so far.
    public var savings: Interval { savings(afterMonths: months.count) }

    /// Costs so far: what was spent once, and support for the months observed.
    public var costs: Money { declared.costs(afterMonths: months.count) }

    /// What is won or still lost after a number of observed months.
    public func balance(afterMonths count: Int) -> Interval {
        let (saved, spent) = (savings(afterMonths: count), declared.costs(afterMonths: count))
        return Interval(low: saved.low - spent.minorUnits, high: saved.high - spent.minorUnits)
    }

    /// Why nothing is concluded about the time that was saved; `nil` when enough is known.
    public var timeThinness: Thinness? {
        if nights < Self.nightsMin { return .nights }
        return clearedCount < Self.clearedMin ? .cleared : nil
    }

    /// Why nothing is concluded about savings; `nil` when enough is known.
    public var savingsThinness: Thinness? {
        timeThinness ?? (declared.assumptions.hourlyRate.minorUnits == 0 ? .rate : nil)
    }

    /// Why nothing is concluded about the return; `nil` when enough is known.
    public var thinness: Thinness? {
        savingsThinness ?? (costs.minorUnits == 0 ? .costs : nil)
    }

    /// (savings so far − costs so far) ÷ costs so far, at both ends; `nil` where data is too thin.
    public var roi: (low: ExactRatio, high: ExactRatio)? {
        guard thinness == nil,
            let low = ExactRatio(savings.low - costs.minorUnits, over: costs.minorUnits),
            let high = ExactRatio(savings.high - costs.minorUnits, over: costs.minorUnits)
        else { return nil }
        return (low, high)
    }

    /// The first observed month at whose end savings had reached costs, at either end.
    public var paybackMonths: (low: Int?, high: Int?) {
        let counts = months.indices.map { $0 + 1 }
        return (
            counts.first { balance(afterMonths: $0).low >= 0 },
            counts.first { balance(afterMonths: $0).high >= 0 }
        )
    }

    /// What each cleared finding has cost so far, rounded half up; `nil` where data is too thin.
    public var costPerCleared: Money? {
        guard thinness == nil else { return nil }
        return Money(
            minorUnits: DeclaredROI.rounded(costs.minorUnits, over: Int64(clearedCount)),
            currency: declared.currency)
    }
}
