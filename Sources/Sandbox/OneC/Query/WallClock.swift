/// A date and time of day without a zone, as 1C keeps them.
struct WallClock {
    /// A unit of `dateadd` and `datedifference`.
    enum Unit: String {
        case second, minute, hour, day, week, month, quarter, year

        var seconds: Int64? {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3600
            case .day: 86_400
            case .week: 604_800
            case .month, .quarter, .year: nil
            }
        }

        var months: Int64 {
            switch self {
            case .quarter: 3
            case .year: 12
            default: 1
            }
        }
    }

    var year: Int64
    var month: Int64
    var day: Int64
    /// Since midnight.
    var second: Int64

    /// Reads `2024-03-11T16:36:46`; `nil` when it is anything else.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 19 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            Int64(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.second = hour * 3600 + minute * 60 + second
    }

    private init(days: Int64, second: Int64) {
        (year, month, day) = Moment.civil(days: days)
        self.second = second
    }

    /// Days since 1970.
    var days: Int64 { Moment.days(year: year, month: month, day: day) }

    /// Monday is one.
    var dayOfWeek: Int64 { ((days + 3) % 7 + 7) % 7 + 1 }

    var dayOfYear: Int64 {
        var first = self
        (first.month, first.day) = (1, 1)
        return days - first.days + 1
    }

    /// The form of 1C.
    var text: String {
        Moment.local(days * 86_400 + second - Moment.moscow)
    }

    func adding(_ number: Int64, _ unit: Unit) -> WallClock {
        if let seconds = unit.seconds {
            let total = days * 86_400 + second + number * seconds
            let days = total >= 0 ? total / 86_400 : -((-total + 86_399) / 86_400)
            return WallClock(days: days, second: total - days * 86_400)
        }
        let months = year * 12 + month - 1 + number * unit.months
        var moved = self
        (moved.year, moved.month) = (months / 12, months % 12 + 1)
        // The last day of a month stays the last day.
        while WallClock(days: moved.days, second: 0).month != moved.month { moved.day -= 1 }
        return moved
    }

    func difference(to other: WallClock, _ unit: Unit) -> Int64 {
        if let seconds = unit.seconds {
            return (other.days * 86_400 + other.second - days * 86_400 - second) / seconds
        }
        return (other.year * 12 + other.month - year * 12 - month) / unit.months
    }
}
