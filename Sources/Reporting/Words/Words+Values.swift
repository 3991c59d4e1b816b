internal import Foundation
internal import Records

extension Words {
    /// An amount of money in whole units, as mails give it: `12 345 ₽`.
    func money(_ money: Money) -> String {
        let whole = (money.minorUnits.magnitude + 50) / 100
        let sign = money.minorUnits < 0 && whole > 0 ? -1 : 1
        return text(
            "formats.money",
            [
                "amount": number(sign * Int(whole)),
                "currency": known("currencies.\(money.currency)") ?? money.currency,
            ])
    }

    /// A day: `23.11.2026`.
    func date(_ date: CalendarDate) -> String {
        text(
            "formats.date_text",
            [
                "day": two(date.day), "month": two(date.month), "year": String(date.year),
                "month_name": self["months.\(date.month)"],
            ])
    }

    /// A time in a zone: `23.11.2026 06:30`.
    func time(_ time: Date, in zone: TimeZone) -> String {
        let clock = ClockReading(time, in: zone)
        return date(clock.date) + " " + two(clock.hour) + ":" + two(clock.minute)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// Why an entity was read and not compared.
    func reason(_ reason: CollectedEntity.Reason) -> String {
        switch reason {
        case .notMeant: self["not_compared.not_meant"]
        case .lackedBy(let sources):
            text("not_compared.lacked", ["sources": sources.joined(separator: ", ")])
        case .unread(let sources):
            text("not_compared.unread", ["sources": sources.joined(separator: ", ")])
        }
    }

    /// What speaks against a snapshot's completeness, in words.
    func doubt(_ doubt: Certificate.Doubt) -> String {
        switch doubt {
        case .countDiffers(let announced, let delivered):
            text(
                "doubts.count_differs",
                ["announced": number(announced), "delivered": number(delivered)])
        case .changedWhileReading(let before, let after):
            text(
                "doubts.changed_while_reading",
                ["before": number(before), "after": number(after)])
        case .suddenDrop(let previous, let current):
            text(
                "doubts.sudden_drop",
                ["previous": number(previous), "current": number(current)])
        case .recordsSkipped(let count):
            text("doubts.records_skipped", ["records": self.count(count, "record")])
        case .rightsLost(let detail):
            text("doubts.rights_lost", ["detail": self.detail(detail)])
        case .partial(let detail):
            text("doubts.partial", ["detail": self.detail(detail)])
        }
    }

    /// A message as the end of a sentence that brings its own full stop.
    private func detail(_ message: String) -> String {
        let text = self.message(message)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// What a clock on the wall shows in a zone; before the year 1 its first day, after 9999 its last.
struct ClockReading {
    let date: CalendarDate
    let hour: Int
    let minute: Int
    let second: Int

    init(_ time: Date, in zone: TimeZone) {
        // Not by a Calendar: Foundation's is Julian before 1582, and has days that there are none of.
        let local =
            Int64(time.timeIntervalSince1970.rounded(.down)) + Int64(zone.secondsFromGMT(for: time))
        let second = (local % 86_400 + 86_400) % 86_400
        date = CalendarDate(daysSinceEpoch: (local - second) / 86_400)
        hour = Int(second / 3_600)
        minute = Int(second / 60 % 60)
        self.second = Int(second % 60)
    }
}
