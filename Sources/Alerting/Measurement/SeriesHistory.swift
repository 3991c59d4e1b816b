/// What was measured of one alert, and what is usual in each of its periods, which is learned once.
public struct SeriesHistory {
    /// The alert's labels.
    public let labels: [String: String]
    private let observations: Observations
    private let like: (Int) -> LikePeriods
    private var known: [Int: SeasonalBaseline?] = [:]

    /// Makes a history.
    ///
    /// - Parameters:
    ///   - series: What was measured.
    ///   - like: The periods that are like one; asked for those that are judged and, of hours, for
    ///     ``contextCount`` before each.
    public init(_ series: MeasuredPeriods.Series, like: @escaping (Int) -> LikePeriods) {
        labels = series.labels
        observations = series.observations
        self.like = like
    }

    /// Hours before one that tell how high everything is now.
    public static let contextCount = 8
    /// Everything may be so many times the usual at most; more is an incident, not a level.
    private static let levelMax = 1.6
    /// Fewer errors than this say nothing of a level.
    private static let levelCountMin = 20.0
    /// Hours that lie so many deviations above the usual are no part of the level.
    private static let oddDeviations = 5.0

    /// What was measured in a period; `nil` when nothing was.
    func observation(_ period: Int) -> Observation? { observations[period] }

    /// What is usual in a period; `nil` while too little is known.
    mutating func usual(_ period: Int) -> SeasonalBaseline? {
        if let found = known[period] { return found }
        let observations = observations
        let usual = SeasonalBaseline.usual(like(period)) { observations[$0] }
        known[period] = usual
        return usual
    }

    /// How many times the usual everything is, by the hours before one and the one before it: on a
    /// busy day, or at a month's end that is busier than others, all hours are higher.
    ///
    /// Never below one: a quiet morning does not make an ordinary hour a spike.
    mutating func level(before hour: Int) -> Double {
        var (found, expected) = (0.0, 0.0)
        for earlier in hour - Self.contextCount...hour - 2 {
            guard let value = observations[earlier]?.value, let usual = usual(earlier) else {
                continue
            }
            let deviation = max(1, Double(usual.deviation), usual.mean.squareRoot())
            let excess = Double(value) - usual.mean
            guard excess < Self.oddDeviations * deviation else { continue }
            found += Double(value)
            expected += usual.mean
        }
        guard expected >= Self.levelCountMin else { return 1 }
        return min(Self.levelMax, max(1, found / expected))
    }
}
