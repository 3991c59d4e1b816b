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

    /// Puts a resolved alert to rest when its time has come.
    public func settle(_ state: inout AlertState, at now: Date) {
        guard state.phase == .resolved,
            now.timeIntervalSince(state.since) >= rule.repetition.first
        else { return }
        // What could not be told of it yet is still to be told.
        guard !state.told.isHeldBack else { return }
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
            state.told.isOver = false
            state.worst = Self.worse(state.worst, measurement)
            return [enter(.firing, .fired, &state, now)]
        default: return []
        }
    }

    private func begin(_ state: inout AlertState, _ measurement: AlertMeasurement) {
        state.incident += 1
        state.told = AlertState.Told()
        state.acknowledgedAt = nil
        state.firedAt = nil
        state.worst = measurement
    }

    private func fire(_ state: inout AlertState, _ now: Date) -> AlertEvent {
        state.firedAt = now
        return enter(.firing, .fired, &state, now)
    }

    private func enter(
        _ phase: AlertState.Phase, _ event: AlertEvent.Kind, _ state: inout AlertState, _ now: Date
    ) -> AlertEvent {
        state.phase = phase
        state.since = now
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
        told.lastAt = told.lastAt.map { $0 + seconds }
        acknowledgedAt = acknowledgedAt.map { $0 + seconds }
        judgedThrough = min(judgedThrough, now)
    }
}
