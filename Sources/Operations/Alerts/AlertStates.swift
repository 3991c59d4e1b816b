internal import Alerting
internal import Foundation
internal import Storage

/// Alerts between the database and the engine.
enum AlertStates {
    /// How alerts stand; one that another version wrote and this does not understand begins anew.
    static func read(_ store: Store) async throws -> [AlertState.ID: AlertState] {
        let decoder = JSONDecoder()
        var states: [AlertState.ID: AlertState] = [:]
        for text in try await store.alertStates() {
            guard let state = try? decoder.decode(AlertState.self, from: Data(text.utf8)) else {
                continue
            }
            states[state.id] = state
        }
        return states
    }
}

extension AlertRow {
    /// A state as it is stored.
    init(_ state: AlertState) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A state is numbers, texts and dates; these can be encoded.
        let data = (try? encoder.encode(state)) ?? Data("{}".utf8)
        self.init(
            rule: state.rule, key: state.key, phase: state.phase.rawValue, labels: state.labels,
            state: String(decoding: data, as: UTF8.self))
    }
}

extension AlertEventRow {
    /// An event as it is stored.
    init(_ event: AlertEvent) {
        var details: [String: Int64] = [:]
        if let measured = event.measurement {
            details["value"] = measured.value
            details["from"] = Int64(measured.from.timeIntervalSince1970)
            details["to"] = Int64(measured.to.timeIntervalSince1970)
            details["expected"] = measured.expected
            details["unusual_tenths"] = measured.unusualTenths
        }
        self.init(
            rule: event.rule, key: event.key, event: event.kind.rawValue, at: event.at,
            details: details)
    }
}
