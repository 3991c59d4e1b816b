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
    /// Of counts by the hour two things are judged: the hour, and it together with the one before,
    /// since of small numbers a second hour tells as much again.
    ///
    /// - Parameters:
    ///   - period: Its number.
    ///   - history: What was measured.
    /// - Returns: The verdict; `nil` when the period was not measured.
    public func verdict(_ period: Int, _ history: inout SeriesHistory) -> AlertVerdict? {
        guard let found = history.observation(period) else { return nil }
        let usual = history.usual(period)
        let level = usual != nil && hasLevel ? history.level(before: period) : 1
        let alone = verdict(
            found, usual, level, labels: history.labels, from: clock.start(of: period),
            to: clock.end(of: period))
        guard hasLevel, alone.isBreach == false, let usual,
            // What the hour before alone did is told already, or was none.
            Double(found.value) >= Self.raised * usual.mean * level,
            let before = history.observation(period - 1),
            let usualBefore = history.usual(period - 1)
        else { return alone }
        let both = verdict(
            Observation(value: before.value + found.value, total: before.total + found.total),
            usualBefore + usual, level, labels: history.labels,
            from: clock.start(of: period - 1), to: clock.end(of: period))
        return both.isBreach == true ? both : alone
    }

    /// An hour that is to make a spike together with the one before is itself so many times the usual.
    private static let raised = 1.5

    private var hasLevel: Bool {
        guard case .spike = rule.condition else { return false }
        return clock.isHourly && rule.measure.noise == .count
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
            usual?.mean = hour.mean / 60
            usual?.deviation = (hour.deviation + 59) / 60
        }
        let start = Date(timeIntervalSince1970: Double(minute) * 60)
        return verdict(found, usual, 1, labels: hours.labels, from: start, to: start + 60)
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
        verdict(Observation(value: value), nil, 1, labels: labels, from: now, to: now)
    }

    private func verdict(
        _ found: Observation, _ usual: SeasonalBaseline?, _ level: Double,
        labels: [String: String], from: Date, to: Date
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
            let result = test.test(found, against: usual, level: level, rule.measure.noise)
            measurement.expected =
                level > 1 ? Int64((usual.mean * level).rounded()) : usual.expected
            measurement.unusualTenths = result.unusualTenths
            return AlertVerdict(
                labels: labels, isBreach: result.isSpike, measurement: measurement)
        }
    }
}
