public import Foundation

/// Moves an alert from state to state: ok → pending → firing → resolved → ok.
///
/// It fires when N of the last M periods were breaches and ends after some calm periods in a row, so
/// that a number that swings about its limit is one incident and not many. A breach soon after the
/// end is the same incident again. The clock is a parameter, as is everything else.
public struct AlertMachine: Sendable {
    private let rule: AlertRule

    /// Makes a machine for the alerts of a rule.
    public init(_ rule: AlertRule) { self.rule = rule }

    /// Takes what a period says.
    ///
    /// A period that was judged before, or that nothing can be said of, changes nothing.
    ///
    /// - Parameters:
    ///   - verdict: What the period says.
    ///   - state: The alert; it is changed.
    ///   - now: The time.
    /// - Returns: What happened.
    public func take(
        _ verdict: AlertVerdict, _ state: inout AlertState, at now: Date
    ) -> [AlertEvent] {
        let measurement = verdict.measurement
        guard measurement.to > state.judgedThrough else { return [] }
        state.judgedThrough = measurement.to
        guard let isBreach = verdict.isBreach else { return [] }
        state.last = measurement
        state.recent = Array((state.recent + [isBreach]).suffix(rule.hold.of))
        state.calmCount = isBreach ? 0 : state.calmCount + 1
        if isBreach, state.phase == .pending || state.phase == .firing {
            state.worst = Self.worse(state.worst, measurement)
        }
        return move(&state, isBreach: isBreach, measurement, now)
    }

    /// A period that ended so long ago is news of the past: the service slept, or the journal came late.
    private static let lateness = 2 * 3_600.0

    /// When something happened to an alert, for people: when it was seen, as a rule; of what is seen
    /// much later, the end of the period that shows it.
    private func moment(_ measurement: AlertMeasurement, _ now: Date) -> Date {
        now.timeIntervalSince(measurement.to) > Self.lateness ? measurement.to : now
    }

    /// Ends an alert of which nothing has been measured for so long that nobody can say it goes on: the
    /// integration has stopped, or writes its journal no more.
    ///
    /// - Parameters:
    ///   - state: The alert; it is changed.
    ///   - now: The time.
    /// - Returns: What happened.
    public func lapse(_ state: inout AlertState, at now: Date) -> [AlertEvent] {
        guard state.phase == .firing || state.phase == .pending, let lapse = rule.lapse,
            state.judgedThrough > .distantPast,
            now.timeIntervalSince(state.judgedThrough) > lapse
        else { return [] }
        state.recent = []
        let event =
            state.phase == .firing
            ? enter(.resolved, .resolved, &state, now) : enter(.ok, .calmed, &state, now)
        // What ended is the waiting, and that now.
        state.since = now
        return [event]
    }

    /// Puts a resolved alert to rest when its time has come.
    public func settle(_ state: inout AlertState, at now: Date) {
        guard state.phase == .resolved,
            now.timeIntervalSince(state.since) >= rule.repetition.first
        else { return }
        // What could not be told of it yet is still to be told.
        guard !state.isUntold else { return }
        state.phase = .ok
        state.since = now
    }

    private func move(
        _ state: inout AlertState, isBreach: Bool, _ measurement: AlertMeasurement, _ now: Date
    ) -> [AlertEvent] {
        let isHeld = state.recent.count { $0 } >= rule.hold.breaches
        switch state.phase {
        case .ok where isBreach:
            begin(&state, measurement)
            return isHeld
                ? [fire(&state, now)] : [enter(.pending, .pending, &state, now)]
        case .pending where isHeld: return [fire(&state, now)]
        case .pending where !state.recent.contains(true) || state.calmCount >= rule.hold.of:
            return [enter(.ok, .calmed, &state, now)]
        case .firing where state.calmCount >= rule.calmPeriods:
            return [enter(.resolved, .resolved, &state, now)]
        case .resolved where isBreach && isHeld:
            // The same incident goes on; what was told of it counts.
            state.changeTold { $0.isOver = false }
            state.worst = Self.worse(state.worst, measurement)
            return [enter(.firing, .fired, &state, now)]
        default: return []
        }
    }

    private func begin(_ state: inout AlertState, _ measurement: AlertMeasurement) {
        state.incident += 1
        state.forgetTold()
        state.acknowledgedAt = nil
        state.firedAt = nil
        state.worst = measurement
    }

    private func fire(_ state: inout AlertState, _ now: Date) -> AlertEvent {
        state.firedAt = state.last.map { moment($0, now) } ?? now
        return enter(.firing, .fired, &state, now)
    }

    private func enter(
        _ phase: AlertState.Phase, _ event: AlertEvent.Kind, _ state: inout AlertState, _ now: Date
    ) -> AlertEvent {
        state.phase = phase
        state.since = state.last.map { moment($0, now) } ?? now
        return AlertEvent(
            rule: state.rule, key: state.key, kind: event, at: now, measurement: state.last)
    }

    private static func worse(
        _ known: AlertMeasurement?, _ found: AlertMeasurement
    ) -> AlertMeasurement {
        guard let known, known.value >= found.value else { return found }
        return known
    }
}

extension AlertState {
    /// The latest moment that was remembered of the machine's clock.
    public var latestMoment: Date { max(since, told.lastAt ?? .distantPast) }

    /// Moves what was remembered, so that pauses stay as long as they were when the machine's clock
    /// was set back.
    ///
    /// - Parameters:
    ///   - seconds: By how much; negative.
    ///   - now: The time by the clock as it is.
    public mutating func shift(by seconds: Double, now: Date) {
        since += seconds
        firedAt = firedAt.map { $0 + seconds }
        changeTold { $0.lastAt = $0.lastAt.map { $0 + seconds } }
        acknowledgedAt = acknowledgedAt.map { $0 + seconds }
        judgedThrough = min(judgedThrough, now)
    }
}
