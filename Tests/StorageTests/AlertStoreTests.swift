import Foundation
import Testing

@testable import Storage

@Suite("Storing alerts")
struct AlertStoreTests {
    private let noon = Date(timeIntervalSince1970: 1_795_683_600)

    private func row(_ rule: String, phase: String) -> AlertRow {
        AlertRow(
            rule: rule, key: "entity=order", phase: phase, labels: ["entity": "order"],
            state: #"{"phase":"\#(phase)"}"#)
    }

    @Test("states, events and messages come together; rules that are gone are forgotten")
    func together() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let message = OutboxMessage(
                idempotencyKey: "alert/a", run: nil, channel: "mail", recipient: "a@example.ru",
                messageID: "<a@example.ru>", content: [1])
            try await store.saveAlerts(
                [row("a", phase: "pending"), row("b", phase: "firing")],
                events: [
                    AlertEventRow(
                        rule: "b", key: "entity=order", event: "fired", at: noon,
                        details: ["value": 5])
                ], rules: ["a", "b"], messages: [(person: "x", alertCount: 2)],
                enqueuing: [message], now: noon)
            try await store.saveAlerts(
                [row("b", phase: "resolved")], events: [], rules: ["b"], messages: [],
                enqueuing: [message], now: noon + 60)
            #expect(try await store.alertStates() == [#"{"phase": "resolved"}"#])
            #expect(
                try await store.alertPhases() == [
                    AlertPhaseCount(rule: "b", phase: "resolved", count: 1)
                ])
            #expect(try await store.alertMessages(since: noon - 1) == ["x": [noon]])
            #expect(try await store.alertMessages(since: noon) == [:])
            #expect(try await store.alertEvents().map(\.details) == [["value": 5]])
            #expect(try await testing.texts("SELECT count(*)::text FROM outbox") == ["1"])
        }
    }

    @Test("a job is scheduled since it was first seen under its schedule")
    func scheduledJobs() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let both = [("nightly", "30 2 * * * GMT"), ("journal", "*/5 * * * * GMT")]
            #expect(
                try await store.noteScheduledJobs(both, now: noon)
                    == ["nightly": noon, "journal": noon])
            let changed = [("nightly", "30 3 * * * GMT"), ("journal", "*/5 * * * * GMT")]
            #expect(
                try await store.noteScheduledJobs(changed, now: noon + 60)
                    == ["nightly": noon + 60, "journal": noon])
            // Taken out and put in again it is new; a clock that was set back makes nothing newer.
            _ = try await store.noteScheduledJobs([changed[1]], now: noon + 120)
            #expect(try await store.scheduledJobs() == ["journal": noon])
            #expect(
                try await store.noteScheduledJobs(changed, now: noon - 3_600)
                    == ["nightly": noon - 3_600, "journal": noon - 3_600])
        }
    }

    @Test("events are never changed")
    func appendOnly() async throws {
        try await StoreTesting.run { testing in
            try await testing.store.saveAlerts(
                [], events: [AlertEventRow(rule: "a", key: "", event: "told", at: noon)],
                rules: [], messages: [], enqueuing: [], now: noon)
            await #expect(throws: (any Error).self) {
                try await testing.texts("DELETE FROM alert_event RETURNING rule")
            }
        }
    }

    @Test("silences end by themselves, or before their time")
    func silences() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let id = try await store.silenceAlerts(
                "a", labels: ["entity": "order"], from: noon, to: noon + 3_600, person: "root",
                comment: "update")
            #expect(try await store.alertSilences(at: noon + 60).map(\.id) == [id])
            #expect(try await store.alertSilences(at: noon + 3_600).isEmpty)
            #expect(try await store.endSilence(id, at: noon + 120))
            #expect(try await store.alertSilences(at: noon + 180).isEmpty)
            #expect(try await !store.endSilence(id, at: noon + 240))
        }
    }
}
