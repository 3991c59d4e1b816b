import Alerting
import Foundation
import Testing

@Suite("The life of an alert")
struct MachineTests {
    private var state = AlertState(rule: "errors", labels: [:], at: noon)

    /// Takes a row of hours: `!` a breach, `.` calm, `?` nothing can be said.
    private mutating func take(
        _ hours: String, by rule: AlertRule, from first: Int = 0
    )
        -> [AlertEvent.Kind]
    {
        let machine = AlertMachine(rule)
        var events: [AlertEvent.Kind] = []
        for (index, mark) in hours.enumerated() {
            let isBreach: Bool? = mark == "?" ? nil : mark == "!"
            let now = noon + Double(first + index + 1) * hour
            machine.settle(&state, at: now)
            events += machine.take(
                verdict(isBreach, hour: first + index), &state, at: now
            ).map(\.kind)
        }
        return events
    }

    @Test("goes from ok by firing and resolved to ok")
    mutating func simple() {
        #expect(take(".!!..", by: hourlyRule()) == [.fired, .resolved])
        #expect(state.phase == .resolved)
        #expect(state.incident == 1)
        #expect(take("....", by: hourlyRule(), from: 5) == [])
        #expect(state.phase == .ok)
    }

    @Test("is pending until N of M periods were breaches")
    mutating func hold() {
        let rule = hourlyRule(hold: .init(breaches: 2, of: 3))
        #expect(take("!", by: rule) == [.pending])
        #expect(state.phase == .pending)
        #expect(take("..", by: rule, from: 1) == [])
        #expect(take(".", by: rule, from: 3) == [.calmed])
        #expect(take("!.!", by: rule, from: 4) == [.pending, .fired])
        #expect(state.incident == 2)
    }

    @Test("that flaps is one incident")
    mutating func flapping() {
        #expect(take("!.!.!.!.!.", by: hourlyRule()) == [.fired])
        #expect(state.incident == 1)
        // A breach soon after the end is the same incident.
        #expect(take(".", by: hourlyRule(), from: 10) == [.resolved])
        #expect(take("!", by: hourlyRule(), from: 11) == [.fired])
        #expect(state.incident == 1)
    }

    @Test("is a new incident when it was at rest for as long as the first pause")
    mutating func anew() {
        let rule = hourlyRule(repetition: .init(first: 2 * hour))
        #expect(take("!..", by: rule) == [.fired, .resolved])
        #expect(take(".....!", by: rule, from: 3) == [.fired])
        #expect(state.incident == 2)
    }

    @Test("does not change by a period of which nothing is known")
    mutating func unknown() {
        #expect(take("!????", by: hourlyRule()) == [.fired])
        #expect(state.phase == .firing)
    }

    @Test("does not change by a period that was judged before")
    mutating func twice() {
        let machine = AlertMachine(hourlyRule(hold: .init(breaches: 2, of: 2)))
        for _ in 0..<3 {
            _ = machine.take(verdict(true, hour: 0), &state, at: noon + hour)
        }
        #expect(state.phase == .pending)
        #expect(state.recent == [true])
    }

    @Test("remembers the worst of an incident")
    mutating func worst() {
        let machine = AlertMachine(hourlyRule())
        for (index, value) in [50, 90, 70].enumerated() {
            _ = machine.take(
                verdict(true, hour: index, value: Int64(value)), &state,
                at: noon + Double(index + 1) * hour)
        }
        #expect(state.worst?.value == 90)
        #expect(state.last?.value == 70)
    }

    @Test("keeps its pauses when the machine's clock is set back")
    mutating func clockSetBack() {
        _ = take("!!!", by: hourlyRule())
        state.told.lastAt = noon + 3 * hour
        state.shift(by: -24 * hour, now: noon - 21 * hour)
        #expect(state.told.lastAt == noon - 21 * hour)
        #expect(state.latestMoment <= noon - 21 * hour)
        #expect(state.judgedThrough == noon - 21 * hour)
        #expect(state.phase == .firing)
    }

    @Test("of a past that is seen late, happened when it happened")
    mutating func late() {
        let machine = AlertMachine(hourlyRule())
        let now = noon + 20 * hour
        for (index, isBreach) in [true, false, false].enumerated() {
            _ = machine.take(verdict(isBreach, hour: index), &state, at: now)
        }
        #expect(state.phase == .resolved)
        #expect(state.firedAt == noon + hour)
        #expect(state.since == noon + 3 * hour)
    }

    @Test("ends when nothing was measured for a day and a half, and not before")
    mutating func lapse() {
        let machine = AlertMachine(hourlyRule())
        _ = take("!!", by: hourlyRule())
        let last = noon + 2 * hour
        #expect(machine.lapse(&state, at: last + 36 * hour).isEmpty)
        #expect(state.phase == .firing)
        #expect(machine.lapse(&state, at: last + 37 * hour).map(\.kind) == [.resolved])
        #expect(state.phase == .resolved)
        #expect(state.since == last + 37 * hour)
        #expect(machine.lapse(&state, at: last + 90 * hour).isEmpty)
        // A breach that was only pending is calmed, and one that is there or not never lapses.
        var pending = AlertState(rule: "errors", labels: [:], at: noon)
        let held = AlertMachine(hourlyRule(hold: .init(breaches: 2, of: 2)))
        _ = held.take(verdict(true, hour: 0), &pending, at: noon + hour)
        #expect(held.lapse(&pending, at: noon + 40 * hour).map(\.kind) == [.calmed])
        // Of minutes only the last are looked at.
        var minutes = hourlyRule()
        minutes.period = .minute
        var burst = AlertState(rule: "errors", labels: [:], at: noon)
        _ = AlertMachine(minutes).take(verdict(true, hour: 0), &burst, at: noon + hour)
        #expect(
            AlertMachine(minutes).lapse(&burst, at: noon + 4 * hour).map(\.kind) == [.resolved])
        var moment = hourlyRule()
        moment.period = .moment
        _ = take("!", by: moment, from: 100)
        #expect(AlertMachine(moment).lapse(&state, at: noon + 900 * hour).isEmpty)
    }

    @Test("can be stored and read again")
    mutating func coding() throws {
        _ = take("!!", by: hourlyRule())
        let data = try JSONEncoder().encode(state)
        #expect(try JSONDecoder().decode(AlertState.self, from: data) == state)
    }
}
