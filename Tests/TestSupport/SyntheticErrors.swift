public import Foundation

/// Errors of an integration over more than a year, hour by hour, with planted spikes.
///
/// They go up and down with the hour, the weekday and the month's end (by another factor each month),
/// grow by a third within the year, vary from day to day beyond chance, sink in the first days of
/// January, and there are hours in which the integration did not run. The same seed gives the same
/// year.
public struct SyntheticErrors: Sendable {
    /// A planted spike.
    public struct Spike: Hashable, Sendable {
        /// The hour in which it begins, counted from 1970.
        public var firstHour: Int
        /// At which share of that hour, 0 to 1.
        public var offset: Double
        /// The last hour of it.
        public var lastHour: Int
        /// How many times the usual.
        public var factor: Double
    }

    /// The first hour.
    public let firstHour: Int
    /// The first hour of the year in which spikes are planted; what is before is history.
    public let yearFrom: Int
    /// Errors by hour; `nil` where the integration did not run.
    public private(set) var errors: [Int64?] = []
    /// All operations by hour.
    public private(set) var operations: [Int64] = []
    /// What was planted, in the order of time.
    public private(set) var spikes: [Spike] = []

    private var random: SeededNumbers

    /// Weeks before the year.
    public static let historyWeeks = 9

    /// Makes a year.
    ///
    /// - Parameters:
    ///   - seed: Everything follows from it.
    ///   - level: Errors in the busiest hour of an ordinary day at the year's beginning.
    ///   - spikeCount: How many spikes are planted.
    ///   - spikeHours: How long they last.
    ///   - timeZone: Where the days are.
    public init(
        seed: UInt64, level: Double = 60, spikeCount: Int = 30,
        spikeHours: ClosedRange<Int> = 2...8, timeZone: TimeZone
    ) {
        random = SeededNumbers(seed: seed)
        // 2025-01-01T00:00Z, less the history.
        yearFrom = 1_735_689_600 / 3_600
        firstHour = yearFrom - Self.historyWeeks * 168
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: 1_735_689_600))
        plant(spikeCount, spikeHours)
        let end = yearFrom + 365 * 24
        let outages = (0..<25).map { _ in
            let start = firstHour + Int(random.next() % UInt64(end - firstHour))
            return start..<start + 1 + Int(random.next() % 9)
        }
        var (day, dayFactor, monthFactor, month) = (Int.min, 1.0, 2.0, Int.min)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        for hour in firstHour..<end {
            let wall = hour * 3_600 + offset
            if wall / 86_400 != day {
                day = wall / 86_400
                dayFactor = exp(0.15 * random.normal())
            }
            let parts = calendar.dateComponents(
                [.month, .day], from: Date(timeIntervalSince1970: Double(hour) * 3_600))
            if parts.month != month {
                month = parts.month ?? 1
                monthFactor = 1.6 + random.unit()
            }
            let mean =
                level * Self.curve[(wall / 3_600) % 24] * Self.weekday[(day + 3) % 7] * dayFactor
                * season(hour, day, month, parts.day ?? 1, monthFactor)
            let errors = random.poisson(mean * spikeFactor(hour))
            let isOut = outages.contains { $0.contains(hour) }
            self.errors.append(isOut ? nil : Int64(errors))
            operations.append(isOut ? 0 : Int64(random.poisson(mean * 60)) + Int64(errors))
        }
    }

    private static let curve: [Double] = [
        0.30, 0.30, 0.35, 0.45, 0.30, 0.30, 0.32, 0.40, 0.60, 0.85, 1.00, 1.00,
        0.90, 0.85, 0.95, 1.00, 0.95, 0.85, 0.65, 0.50, 0.40, 0.35, 0.30, 0.30,
    ]
    private static let weekday = [1.10, 1.0, 1.0, 0.95, 0.90, 0.45, 0.40]

    private func season(
        _ hour: Int, _ day: Int, _ month: Int, _ dayOfMonth: Int, _ monthFactor: Double
    ) -> Double {
        let next = CivilMonth.day(of: day + 2)
        let isMonthEnd = dayOfMonth == 1 || next <= 2
        let isHoliday = month == 1 && dayOfMonth <= 8
        let growth = 1 + 0.3 * Double(hour - firstHour) / (365 * 24)
        return growth * (isHoliday ? 0.4 : 1) * (isMonthEnd ? monthFactor : 1)
    }

    private mutating func plant(_ count: Int, _ hours: ClosedRange<Int>) {
        // One in each stretch of the year, so that they do not meet.
        let stretch = 365 * 24 / count
        for number in 0..<count {
            let room = UInt64(max(1, stretch - hours.upperBound - 24))
            let first = yearFrom + number * stretch + Int(random.next() % room)
            let length = hours.lowerBound + Int(random.next() % UInt64(hours.count))
            spikes.append(
                Spike(
                    firstHour: first, offset: random.unit(), lastHour: first + length,
                    factor: 3 * exp(random.unit() * log(20.0 / 3.0))))
        }
    }

    private func spikeFactor(_ hour: Int) -> Double {
        guard let spike = spikes.first(where: { $0.firstHour <= hour && hour <= $0.lastHour })
        else { return 1 }
        return hour == spike.firstHour
            ? 1 + (spike.factor - 1) * (1 - spike.offset) : spike.factor
    }
}

/// The day of the month of a day counted from 1970.
private enum CivilMonth {
    static func day(of number: Int) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.component(
            .day, from: Date(timeIntervalSince1970: Double(number) * 86_400))
    }
}
