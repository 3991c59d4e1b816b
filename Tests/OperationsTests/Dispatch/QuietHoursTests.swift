import Channels
import Foundation
import Testing

@testable import Operations

@Suite("Quiet hours")
struct QuietHoursTests {
    private func instant(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    private func zone(_ name: String) throws -> TimeZone {
        try #require(TimeZone(identifier: name))
    }

    @Test(
        "end in the morning, whichever side of midnight it is",
        arguments: [
            // Moscow is three hours ahead.
            ("2026-11-23T18:59:59Z", nil), ("2026-11-23T19:00:00Z", "2026-11-24T05:00:00Z"),
            ("2026-11-23T22:30:00Z", "2026-11-24T05:00:00Z"),
            ("2026-11-24T04:59:59Z", "2026-11-24T05:00:00Z"), ("2026-11-24T05:00:00Z", nil),
        ])
    func night(now: String, end: String?) throws {
        let hours = try #require(QuietHours("22:00-08:00", timeZone: zone("Europe/Moscow")))
        #expect(try hours.end(at: instant(now), severity: .error) == end.map(instant))
    }

    @Test("may lie within a day")
    func noon() throws {
        let hours = try #require(QuietHours("12:00 - 13:30", timeZone: zone("Europe/Moscow")))
        #expect(
            try hours.end(at: instant("2026-11-23T09:10:00Z"), severity: .info)
                == instant("2026-11-23T10:30:00Z"))
        #expect(try hours.end(at: instant("2026-11-23T08:59:00Z"), severity: .info) == nil)
    }

    @Test("end when the clock that is put forward leaves their end out")
    func clockChange() throws {
        // Berlin's clock went from 02:00 to 03:00 on 29 March 2026.
        let hours = try #require(QuietHours("22:00-02:30", timeZone: zone("Europe/Berlin")))
        let end = try #require(try hours.end(at: instant("2026-03-29T00:30:00Z"), severity: .info))
        #expect(try end >= instant("2026-03-29T01:00:00Z"))
        #expect(try end <= instant("2026-03-29T02:00:00Z"))
    }

    @Test("do not hold back what may wake people")
    func exception() throws {
        let hours = try #require(
            QuietHours("22:00-08:00", exception: .critical, timeZone: zone("Europe/Moscow")))
        let night = try instant("2026-11-23T22:30:00Z")
        #expect(hours.end(at: night, severity: .critical) == nil)
        #expect(hours.end(at: night, severity: .error) != nil)
    }

    @Test(
        "are two times of the day",
        arguments: [
            "", "22:00", "22-8", "24:00-08:00", "22:60-08:00", "22:00-22:00", "a-b", "1:2-3:4",
        ])
    func refused(text: String) throws {
        #expect(try QuietHours(text, timeZone: zone("Europe/Moscow")) == nil)
    }
}
