import Alerting
import Foundation

/// What rules measured, as a person reads it: `84`, `1.5 %`, `12345.60 RUB`, `90 min`.
struct AlertValueText {
    private let measures: [String: AlertMeasure]

    init(_ rules: [AlertRule]) {
        measures = Dictionary(rules.map { ($0.name, $0.measure) }) { first, _ in first }
    }

    /// A number of a rule's alert; empty for none.
    func text(_ value: Int64?, _ rule: String, _ key: String) -> String {
        guard let value else { return "" }
        switch measures[rule] {
        case .journalErrorRate: return Self.point(value / 1_000, 1) + " %"
        case .moneyAtRisk: return Self.point(value, 2) + " " + Self.currency(key)
        case .lateRuns: return "\(value) min"
        default: return String(value)
        }
    }

    private static func currency(_ key: String) -> String {
        let label = key.split(separator: ",").first { $0.hasPrefix("currency=") }
        return label.map { String($0.dropFirst("currency=".count)) } ?? ""
    }

    /// A number with its last digits behind a point.
    private static func point(_ value: Int64, _ digits: Int) -> String {
        let text = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return (value < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
