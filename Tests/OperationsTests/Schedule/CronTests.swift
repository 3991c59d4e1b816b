import Foundation
import Testing

@testable import Operations

@Suite("Cron expressions")
struct CronTests {
    private static func instant(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    @Test(
        "are due at the next time that all their fields mean",
        arguments: [
            // Expression, from, then. 2026-11-26 is a Thursday.
            ("30 2 * * *", "2026-11-26T02:29:59Z", "2026-11-26T02:30:00Z"),
            ("30 2 * * *", "2026-11-26T02:30:00Z", "2026-11-27T02:30:00Z"),
            ("*/15 * * * *", "2026-11-26T23:50:00Z", "2026-11-27T00:00:00Z"),
            ("5,35 8-18/5 * * *", "2026-11-26T13:06:00Z", "2026-11-26T13:35:00Z"),
            ("0 6 * * mon-fri", "2026-11-27T06:00:00Z", "2026-11-30T06:00:00Z"),
            ("0 6 * * 7", "2026-11-26T00:00:00Z", "2026-11-29T06:00:00Z"),
            ("0 6 * * SUN", "2026-11-26T00:00:00Z", "2026-11-29T06:00:00Z"),
            ("0 0 1 jan,jul *", "2026-11-26T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("0 0 29 2 *", "2026-11-26T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("50/5 4 * * *", "2026-11-26T04:50:00Z", "2026-11-26T04:55:00Z"),
            ("@monthly", "2026-11-26T00:00:00Z", "2026-12-01T00:00:00Z"),
            // Both day fields restricted: either of them.
            ("0 0 13 * fri", "2026-11-26T12:00:00Z", "2026-11-27T00:00:00Z"),
            ("0 0 13 * fri", "2026-12-12T12:00:00Z", "2026-12-13T00:00:00Z"),
        ])
    func next(expression: String, from: String, then: String) throws {
        let cron = try CronExpression(expression)

        #expect(cron.next(after: try Self.instant(from), in: .gmt) == (try Self.instant(then)))
    }

    @Test("were due at the last time before")
    func last() throws {
        let cron = try CronExpression("30 2 * * mon")

        for (now, due) in [
            ("2026-11-26T12:00:00Z", "2026-11-23T02:30:00Z"),
            ("2026-11-23T02:30:00Z", "2026-11-23T02:30:00Z"),
            ("2026-11-23T02:29:59Z", "2026-11-16T02:30:00Z"),
        ] {
            #expect(cron.last(notAfter: try Self.instant(now), in: .gmt) == (try Self.instant(due)))
        }
    }

    @Test("next and last agree with a minute-by-minute search")
    func search() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let cron = try CronExpression("*/20 5-7 */3 * *")
        // March and October, with both changes of the clock, which do not touch these hours.
        for start in ["2026-03-26T00:00:00Z", "2026-10-22T00:00:00Z"] {
            let start = try Self.instant(start)
            let found = (0..<6 * 1440).map { start.addingTimeInterval(Double($0) * 60) }.filter {
                let parts = calendar.dateComponents([.day, .hour, .minute], from: $0)
                return (parts.day ?? 0) % 3 == 1 && (5...7).contains(parts.hour ?? 0)
                    && (parts.minute ?? 1) % 20 == 0
            }
            try #require(found.count > 10)
            var (forward, at): ([Date], Date) = ([], start.addingTimeInterval(-1))
            while let next = cron.next(after: at, in: zone), next < start + 6 * 86_400 {
                forward.append(next)
                at = next
            }
            #expect(forward == found)
            for (earlier, later) in zip(found, found.dropFirst()) {
                #expect(cron.last(notAfter: later.addingTimeInterval(-1), in: zone) == earlier)
            }
        }
    }

    @Test("a time that the clock leaves out is due at the change, once")
    func gap() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        // On 2026-03-29 the clock goes from 2:00 to 3:00, at 01:00 UTC.
        let cron = try CronExpression("15,30 2 * * *")
        let first = cron.next(after: try Self.instant("2026-03-29T00:00:00Z"), in: zone)

        #expect(first == (try Self.instant("2026-03-29T01:00:00Z")))
        #expect(
            cron.next(after: try #require(first), in: zone)
                == (try Self.instant("2026-03-30T00:15:00Z")))
    }

    @Test("a time that the clock repeats is due once, or every hour when the job is")
    func overlap() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        // On 2026-10-25 the clock goes from 3:00 back to 2:00, at 01:00 UTC.
        let nightly = try CronExpression("30 2 * * *")
        let first = nightly.next(after: try Self.instant("2026-10-24T22:00:00Z"), in: zone)
        #expect(first == (try Self.instant("2026-10-25T00:30:00Z")))
        #expect(
            nightly.next(after: try #require(first), in: zone)
                == (try Self.instant("2026-10-26T01:30:00Z")))

        let hourly = try CronExpression("30 * * * *")
        #expect(
            hourly.next(after: try #require(first), in: zone)
                == (try Self.instant("2026-10-25T01:30:00Z")))
    }

    @Test(
        "that are wrong are refused with the part that is",
        arguments: [
            ("* * * *", "4 fields instead of five"), ("60 * * * *", "'60' is no minute: 0 to 59"),
            ("* 25 * * *", "'25' is no hour"), ("* * 0 * *", "'0' is no day of the month"),
            ("* * * foo *", "'foo' is no month"), ("* * * * 8", "'8' is no weekday"),
            ("*/0 * * * *", "'*/0' is no step"), ("9-5 * * * *", "ends before it begins"),
            ("1,,2 * * * *", "'' is no minute"), ("0 0 30 2 *", "a day that no month has"),
            ("@nightly", "1 fields instead of five"), ("1-2-3 * * * *", "'1-2-3' is no minute"),
        ])
    func refused(expression: String, part: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(expression) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
}
