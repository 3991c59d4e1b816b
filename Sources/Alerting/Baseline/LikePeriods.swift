/// The periods that are like one, from which is learned what is usual in it.
public struct LikePeriods: Sendable {
    /// The period's own season.
    public let season: PeriodClock.Season
    /// The same hour of the same weekday in the last weeks, then the hours beside it.
    let weekdays: [[Int]]
    /// The same hour of the last days on which people work, or do not, as on this.
    let dayType: [Int]
    /// The same hour at the ends of the months before, on days of the same type, then the hours
    /// beside it.
    let monthEnds: [[Int]]

    /// Days that are looked back for days of the same type.
    private static let dayTypeDays = 28
    /// Days that the ends of months are looked back.
    private static let monthEndDays = 370

    /// Finds the periods that are like one.
    ///
    /// - Parameters:
    ///   - period: Its number.
    ///   - clock: Says what the period's season is.
    ///   - fallsBack: Whether days of the same type serve while the weekday is not known; not for an
    ///     hour that only tells how high the day is, since they are many to read.
    public init(of period: Int, _ clock: PeriodClock, fallsBack: Bool = true) {
        let season = clock.season(of: period)
        let isOrdinary = { (period: Int) in !clock.season(of: period).isMonthEnd }
        let isLikeDay = { (period: Int) in
            clock.season(of: period).isWeekend == season.isWeekend
        }
        self.season = season
        let shifts = clock.isHourly ? [0, -1, 1] : [0]
        weekdays = shifts.map { shift in
            (1...SeasonalBaseline.weeks)
                .map { clock.period(period + shift, daysBefore: 7 * $0) }
                .filter(isOrdinary)
        }
        dayType =
            fallsBack
            ? (1...Self.dayTypeDays).map { clock.period(period, daysBefore: $0) }
                .filter { isOrdinary($0) && isLikeDay($0) } : []
        let ends =
            season.isMonthEnd
            ? (1...Self.monthEndDays).filter { clock.isMonthEnd(season.day - $0) } : []
        monthEnds = shifts.map { shift in
            ends.map { clock.period(period + shift, daysBefore: $0) }.filter(isLikeDay)
        }
    }

    /// Every period whose measurement may matter.
    public var all: Set<Int> {
        Set(weekdays.joined()).union(dayType).union(monthEnds.joined())
    }
}
