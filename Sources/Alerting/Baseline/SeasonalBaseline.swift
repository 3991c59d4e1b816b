/// What was measured in one period.
public struct Observation: Hashable, Sendable {
    /// The number: a count, millionths, minor units.
    public var value: Int64
    /// Of how many, for a share; 0 where it does not matter.
    public var total: Int64

    /// Makes an observation.
    public init(value: Int64, total: Int64 = 0) {
        self.value = value
        self.total = total
    }
}

/// What is usual in a period, from what was measured in like periods before.
///
/// The usual is the mean of the middle half of the same hours of the same weekday in the last weeks,
/// which of few and small numbers tells more than their median; how far it varies is the median
/// absolute deviation, pooled over the hour before and after, each against its own median. Both bear a quarter of odd values, so that spikes of the past do not hide those of today.
/// The days around the turn of a month, when accounts are closed, are compared with one another only.
/// Periods in which nothing was measured (a night that failed, an hour in which the integration did
/// not run) count as absent, not as zero.
public struct SeasonalBaseline: Hashable, Sendable {
    /// The usual, as people are told it: rounded.
    public var expected: Int64
    /// The usual: the mean of the middle half.
    public var mean: Double
    /// The scaled median absolute deviation, which for a normal distribution is the standard
    /// deviation.
    public var deviation: Int64
    /// Like periods that were measured.
    public var sampleCount: Int
    /// Whether a month's end had to be compared with ordinary days, for want of others.
    public var isBorrowed = false

    /// Makes a baseline of numbers that are known.
    public init(expected: Int64, deviation: Int64, sampleCount: Int) {
        self.init(mean: Double(expected), deviation: deviation, sampleCount: sampleCount)
        self.expected = expected
    }

    private init(mean: Double, deviation: Int64, sampleCount: Int) {
        self.mean = mean
        expected = Int64(exactly: mean.rounded()) ?? .max
        self.deviation = deviation
        self.sampleCount = sampleCount
    }

    /// What is usual in two periods together.
    ///
    /// Chance is independent in them, what else varies (a busy day) is not: it adds up as it is.
    ///
    /// - Parameters:
    ///   - one: What is usual in the one.
    ///   - other: What is usual in the other.
    /// - Returns: What is usual of the sum of two counts.
    static func + (one: Self, other: Self) -> Self {
        func beyondChance(_ usual: Self) -> Double {
            let deviation = Double(usual.deviation)
            return max(0, deviation * deviation - usual.mean).squareRoot()
        }
        let shared = beyondChance(one) + beyondChance(other)
        let mean = one.mean + other.mean
        var sum = Self(
            mean: mean,
            deviation: Int64(exactly: (mean + shared * shared).squareRoot().rounded()) ?? .max,
            sampleCount: min(one.sampleCount, other.sampleCount))
        sum.isBorrowed = one.isBorrowed || other.isBorrowed
        return sum
    }

    /// Weeks that are looked back.
    public static let weeks = 8
    /// Fewer like periods than this say nothing.
    public static let fewestSamples = 4

    /// Learns what is usual in a period.
    ///
    /// - Parameters:
    ///   - like: The periods that are like it.
    ///   - history: What was measured; `nil` for periods in which nothing was.
    /// - Returns: `nil` while too few like periods were measured.
    public static func usual(
        _ like: LikePeriods, history: (Int) -> Observation?
    ) -> SeasonalBaseline? {
        guard like.season.isMonthEnd else { return ordinary(like, history) }
        if let apart = learned(like.monthEnds, history) { return apart }
        guard var ordinary = ordinary(like, history) else { return nil }
        ordinary.isBorrowed = true
        return ordinary
    }

    private static func ordinary(
        _ like: LikePeriods, _ history: (Int) -> Observation?
    ) -> SeasonalBaseline? {
        learned(like.weekdays, history) ?? learned([like.dayType], history)
    }

    /// Learns from cells of like periods: the first is the period's own, others help with its
    /// deviation only.
    private static func learned(
        _ cells: [[Int]], _ history: (Int) -> Observation?
    ) -> SeasonalBaseline? {
        let own = cells[0].compactMap { history($0)?.value }
        guard own.count >= fewestSamples else { return nil }
        let center = median(own)
        var residuals: [Int64] = []
        for (index, cell) in cells.enumerated() {
            let values = index == 0 ? own : cell.compactMap { history($0)?.value }
            guard values.count >= fewestSamples else { continue }
            let middle = index == 0 ? center : median(values)
            for value in values { residuals.append(abs(value - middle)) }
        }
        // 1.4826 makes it the standard deviation of a normal distribution.
        let deviation = (median(residuals) * 14_826 + 5_000) / 10_000
        return SeasonalBaseline(
            mean: middleMean(own), deviation: deviation, sampleCount: own.count)
    }

    /// The mean of the middle half of some values; of those at its edges a part counts.
    static func middleMean(_ values: [Int64]) -> Double {
        let sorted = values.sorted()
        let (low, high) = (Double(sorted.count) / 4, Double(sorted.count) * 3 / 4)
        var sum = 0.0
        for (index, value) in sorted.enumerated() {
            let share = min(Double(index + 1), high) - max(Double(index), low)
            if share > 0 { sum += Double(value) * share }
        }
        return sum / (high - low)
    }

    /// The middle value; of two middle ones their mean, rounded down.
    static func median(_ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        guard sorted.count % 2 == 0 else { return sorted[middle] }
        let (low, high) = (sorted[middle - 1], sorted[middle])
        return low + (high - low) / 2
    }
}
