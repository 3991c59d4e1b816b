public import Foundation

/// Says of periods whether they are breaches of a rule.
public struct AlertJudge: Sendable {
    private let rule: AlertRule
    private let clock: PeriodClock

    /// Makes a judge.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - clock: The periods that are measured; hours also for a rule of minutes.
    public init(_ rule: AlertRule, _ clock: PeriodClock) {
        self.rule = rule
        self.clock = clock
    }

    /// Judges one period of one series.
    ///
    /// - Parameters:
    ///   - like: The period, and those that are like it.
    ///   - period: Its number.
    ///   - series: What was measured.
    /// - Returns: The verdict; `nil` when the period was not measured.
    public func verdict(
        _ like: LikePeriods, _ period: Int, _ series: MeasuredPeriods.Series
    ) -> AlertVerdict? {
        guard let found = series.observations[period] else { return nil }
        let usual = SeasonalBaseline.usual(like) { series.observations[$0] }
        return verdict(
            found, usual, labels: series.labels, from: clock.start(of: period),
            to: clock.end(of: period))
    }

    /// Judges a minute by what is usual in its hour.
    ///
    /// - Parameters:
    ///   - minute: The minute's number, counted from 1970.
    ///   - like: Its hour, and those that are like it.
    ///   - found: What was measured in the minute.
    ///   - hours: What was measured in hours.
    /// - Returns: The verdict.
    public func verdict(
        minute: Int, _ like: LikePeriods, _ found: Observation, _ hours: MeasuredPeriods.Series
    ) -> AlertVerdict {
        var usual = SeasonalBaseline.usual(like) { hours.observations[$0] }
        if rule.measure.noise == .count, let hour = usual {
            usual?.expected = (hour.expected + 59) / 60
            usual?.deviation = (hour.deviation + 59) / 60
        }
        let start = Date(timeIntervalSince1970: Double(minute) * 60)
        return verdict(found, usual, labels: hours.labels, from: start, to: start + 60)
    }

    /// Judges how things stand now.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - labels: What was measured.
    ///   - now: The time.
    /// - Returns: The verdict.
    public func verdict(
        now value: Int64, _ labels: [String: String], at now: Date
    ) -> AlertVerdict {
        verdict(Observation(value: value), nil, labels: labels, from: now, to: now)
    }

    private func verdict(
        _ found: Observation, _ usual: SeasonalBaseline?, labels: [String: String], from: Date,
        to: Date
    ) -> AlertVerdict {
        var measurement = AlertMeasurement(
            value: found.value, total: found.total, from: from, to: to)
        switch rule.condition {
        case .atLeast(let limit):
            return AlertVerdict(
                labels: labels, isBreach: found.value >= limit, measurement: measurement)
        case .spike(let test):
            guard let usual else {
                return AlertVerdict(labels: labels, isBreach: nil, measurement: measurement)
            }
            let result = test.test(found, against: usual, rule.measure.noise)
            measurement.expected = usual.expected
            measurement.unusualTenths = result.unusualTenths
            return AlertVerdict(
                labels: labels, isBreach: result.isSpike, measurement: measurement)
        }
    }
}
