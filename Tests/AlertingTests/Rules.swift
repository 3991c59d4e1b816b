import Alerting
import Foundation
import Records

/// A rule for tests: errors of an hour.
func hourlyRule(
    _ name: String = "errors", groupBy: [String] = [],
    condition: AlertCondition = .spike(SpikeTest()), severity: AlertSeverity = .error,
    hold: AlertRule.Hold = AlertRule.Hold(), calmPeriods: Int = 2,
    repetition: AlertRule.Repetition = AlertRule.Repetition(), cause: String? = nil,
    inhibitedBy: [String] = []
) -> AlertRule {
    AlertRule(
        name: name, title: LocalizedText(["ru": "Ошибки за час", "en": "Errors in an hour"]),
        advice: LocalizedText(["ru": "Посмотрите журнал.", "en": "Look at the journal."]),
        measure: .journalErrors, period: .hour, groupBy: groupBy, condition: condition,
        severity: severity, hold: hold, calmPeriods: calmPeriods, repetition: repetition,
        cause: cause, inhibitedBy: inhibitedBy)
}

let moscow = TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt
/// 26 November 2026, 12:00 in Moscow: a Thursday.
let noon = Date(timeIntervalSince1970: 1_795_683_600)
let hour = 3_600.0

func verdict(
    _ isBreach: Bool?, hour number: Int, value: Int64 = 50, labels: [String: String] = [:]
) -> AlertVerdict {
    let from = noon + Double(number) * hour
    return AlertVerdict(
        labels: labels, isBreach: isBreach,
        measurement: AlertMeasurement(
            value: value, expected: 12, unusualTenths: 124, from: from, to: from + hour))
}
