import Foundation
import Records
import Testing

@testable import Storage

@Suite("What rules of alerts measure")
struct AlertQueryTests {
    /// A night that compared counterparties of two sources.
    private func night(
        _ testing: StoreTesting, left: Bool = true, right: Bool = true, state: String = "succeeded",
        startedAt: String = "now()", counts: [String] = []
    ) async throws -> RunID {
        let run = try await testing.startRun()
        let id = testing.record("1")
        let one = try await testing.take([id], certified: left, run: run)
        let other = try await testing.take(
            [id], certified: right, source: SourceName("portal"), run: run)
        let comparison =
            "(\(run.rawValue), 'counterparty', \(one.id.rawValue), \(other.id.rawValue))"
        _ = try await testing.texts(
            """
            INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
            VALUES \(comparison) RETURNING entity
            """)
        for count in counts {
            _ = try await testing.texts(
                """
                INSERT INTO comparison_count (run_id, entity, kind, severity, state, finding_count,
                    at_stake_minor, at_stake_currency)
                VALUES (\(run.rawValue), 'counterparty', \(count)) RETURNING entity
                """)
        }
        _ = try await testing.texts(
            """
            UPDATE run SET state = '\(state)', finished_at = now(), started_at = \(startedAt)
            WHERE id = \(run.rawValue) RETURNING job
            """)
        return run
    }

    /// A run of a job that ended, with one stage.
    private func ended(
        _ testing: StoreTesting, _ job: String, _ state: String, stages: [String: String]
    ) async throws {
        let run = try await testing.startRun(job)
        for (stage, state) in stages {
            _ = try await testing.texts(
                """
                INSERT INTO run_stage (run_id, name, state, finished_at)
                VALUES (\(run.rawValue), '\(stage)', '\(state)', now()) RETURNING name
                """)
        }
        _ = try await testing.texts(
            """
            UPDATE run SET state = '\(state)', finished_at = now()
            WHERE id = \(run.rawValue) RETURNING job
            """)
    }

    @Test("nights: the last of a day, of two snapshots without doubts, by kind and currency")
    func nights() async throws {
        try await StoreTesting.run { testing in
            _ = try await night(
                testing, startedAt: "timestamptz '2026-11-24 20:30+00'",
                counts: ["'missing', 'error', 'new', 9, 900, 'RUB'"])
            _ = try await night(
                testing, startedAt: "timestamptz '2026-11-24 20:40+00'",
                counts: [
                    "'missing', 'error', 'new', 2, 500, 'RUB'",
                    "'missing', 'warning', 'reopened', 1, 70, 'RUB'",
                    "'missing', 'error', 'open', 4, 1000, 'RUB'",
                    "'missing', 'error', 'resolved', 3, 333, 'RUB'",
                    "'missing', 'error', 'open', 1, 20, 'USD'",
                    "'invalid', 'info', 'new', 5, 0, ''",
                ])
            // Failed, and doubtful on either side: as if there had been none.
            let counts = ["'missing', 'error', 'new', 7, 7, 'RUB'"]
            for (left, right, state) in [
                (true, true, "failed"), (false, true, "incomplete"), (true, false, "incomplete"),
            ] {
                _ = try await night(
                    testing, left: left, right: right, state: state,
                    startedAt: "timestamptz '2026-11-25 20:40+00'", counts: counts)
            }
            // Nothing found is a number, too; by the clock of Moscow it was the 27th.
            _ = try await night(testing, startedAt: "timestamptz '2026-11-26 21:30+00'")
            let since = try Date("2026-11-20T00:00:00Z", strategy: .iso8601)
            let found = try await testing.store.nightCounts(
                since: since, timeZone: "Europe/Moscow")
            let lines = found.map {
                "\($0.day) \($0.entity) \($0.kind ?? "-") \($0.currency) \($0.newCount) "
                    + "\($0.atStakeMinor)"
            }.sorted()
            #expect(
                lines == [
                    "20781 counterparty invalid  5 0", "20781 counterparty missing RUB 3 1570",
                    "20781 counterparty missing USD 0 20", "20784 counterparty -  0 0",
                ])
            let late = try Date("2026-11-26T00:00:00Z", strategy: .iso8601)
            #expect(
                try await testing.store.nightCounts(since: late, timeZone: "Europe/Moscow").count
                    == 1)
        }
    }

    @Test("collector failures: of the last night that ended, and of the journal's last reading")
    func collectorFailures() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            try await ended(
                testing, "nightly", "incomplete", stages: ["collect 1c order": "failed"])
            try await ended(
                testing, "nightly", "incomplete",
                stages: [
                    "collect my own 1c counterparty": "failed", "collect bitrix24 order": "done",
                    "compare order": "failed",
                ])
            // One that goes on says nothing yet.
            let running = try await testing.startRun()
            _ = try await store.beginStage(running, "collect bitrix24 order")
            try await store.failStage(running, "collect bitrix24 order", error: "x")
            #expect(
                try await store.collectorFailures() == [
                    ["source": "my own 1c", "entity": "counterparty"]
                ])
            try await ended(
                testing, "journal", "incomplete",
                stages: ["read exchange": "done", "alerts": "done"])
            #expect(
                try await store.collectorFailures().map { $0["source"] }
                    == ["exchange", "my own 1c"])
            try await ended(
                testing, "journal", "incomplete",
                stages: ["collect my exchange operation": "failed"])
            #expect(
                try await store.collectorFailures() == [
                    ["source": "my exchange", "entity": "operation"],
                    ["source": "my own 1c", "entity": "counterparty"],
                ])
            try await ended(
                testing, "journal", "succeeded", stages: ["collect my exchange operation": "done"])
            #expect(try await store.collectorFailures().count == 1)
        }
    }

    @Test("uncertified snapshots: the last of each source and entity")
    func uncertifiedSnapshots() async throws {
        try await StoreTesting.run { testing in
            let portal = SourceName("portal")
            _ = try await testing.take([testing.record("1")], certified: false)
            _ = try await testing.take([testing.record("1")])
            _ = try await testing.take([testing.record("1")], source: portal)
            #expect(try await testing.store.uncertifiedSnapshots() == [])
            _ = try await testing.take([testing.record("1")], certified: false, source: portal)
            #expect(
                try await testing.store.uncertifiedSnapshots() == [
                    ["source": "portal", "entity": "counterparty"]
                ])
        }
    }

    @Test("undelivered messages: given up within a week, or due for more than an hour, by channel")
    func undeliveredMessages() async throws {
        try await StoreTesting.run { testing in
            let now = try Date("2026-11-26T12:00:00Z", strategy: .iso8601)
            func add(
                _ id: String, _ channel: String, _ state: String, enqueued: String, due: String
            )
                async throws
            {
                let sent = state == "sent" ? "now()" : "NULL"
                _ = try await testing.texts(
                    """
                    INSERT INTO outbox (idempotency_key, channel, personal_recipient, message_id,
                        state, enqueued_at, next_attempt_at, claimed_at, sent_at)
                    VALUES ('\(id)', '\(channel)', 'a@example.ru', '<\(id)>', '\(state)',
                        '2026-11-\(enqueued)+00', '2026-11-\(due)+00', now(), \(sent))
                    RETURNING idempotency_key
                    """)
            }
            try await add("given up", "mail", "failed", enqueued: "25 12:00", due: "25 12:00")
            try await add("long ago", "mail", "failed", enqueued: "18 12:00", due: "18 12:00")
            try await add("dropped", "mail", "dropped", enqueued: "25 12:00", due: "25 12:00")
            try await add("sent", "mail", "sent", enqueued: "26 09:00", due: "26 09:00")
            try await add("overdue", "mail", "pending", enqueued: "26 09:00", due: "26 10:30")
            try await add("hangs", "bot", "sending", enqueued: "26 09:00", due: "26 09:00")
            try await add("just now", "bot", "pending", enqueued: "26 11:30", due: "26 11:30")
            // It waits for the end of quiet hours, as it should.
            try await add("quiet", "bot", "pending", enqueued: "26 09:00", due: "26 14:00")
            #expect(try await testing.store.undeliveredMessages(at: now) == ["mail": 2, "bot": 1])
        }
    }

    /// Six open findings and two that are none any more, by two nights.
    private func fillFindings(_ testing: StoreTesting) async throws {
        let first = try await night(testing).rawValue
        let last = try await night(testing).rawValue
        let rows = [
            // kind, field, reason, severity, left, right, minor, currency, state, opened, resolved
            "'mismatch', 'amount', 'differs', 'error', '{o1}', '{d1}', 50000, 'RUB', 'open', \(first), NULL",
            "'mismatch', 'amount', 'differs', 'error', '{o2}', '{d2}', 30000, 'RUB', 'open', \(last), NULL",
            "'mismatch', 'amount', 'differs', 'error', '{o3}', '{d3}', 99000, 'USD', 'open', \(last), NULL",
            "'missing', NULL, 'absent', 'warning', '{o4}', '{}', 70000, 'RUB', 'open', \(last), NULL",
            "'invalid', 'tax_id', 'checksum', 'info', '{o5}', '{}', NULL, NULL, 'open', \(last), NULL",
            "'invalid', 'tax_id', 'checksum', 'error', '{o6}', '{}', NULL, NULL, 'open', \(first), NULL",
            "'missing', NULL, 'absent', 'error', '{o7}', '{}', 900000, 'RUB', 'resolved', \(first), \(last)",
            "'missing', NULL, 'absent', 'error', '{o8}', '{}', 900000, 'RUB', 'accepted', \(first), NULL",
        ]
        for (index, row) in rows.enumerated() {
            let parts = row.split(separator: ", ").map(String.init)
            let accepted = parts[8] == "'accepted'"
            _ = try await testing.texts(
                """
                INSERT INTO finding (fingerprint, entity, kind, field, reason, severity, left_ids,
                    right_ids, at_stake_minor, at_stake_currency, state, opened_run_id,
                    resolved_run_id, first_run_id, is_accepted, evidence, personal_title)
                VALUES ('00000000-0000-0000-0000-00000000000\(index)', 'counterparty',
                    \(parts[0...10].joined(separator: ", ")), \(first), \(accepted), '', 'ООО')
                RETURNING kind
                """)
        }
    }

    @Test("causes of findings: the most money first, of one currency, never summed over several")
    func findingCauses() async throws {
        try await StoreTesting.run { testing in
            try await fillFindings(testing)
            func causes(
                _ labels: [String: String], onlyNew: Bool, _ limit: Int = 9
            )
                async throws -> [String]
            {
                try await testing.store.findingCauses(labels, onlyNew: onlyNew, limit: limit).map {
                    "\($0.type) \($0.shape) \($0.count) "
                        + "\($0.atStakeMinor.map(String.init) ?? "-") \($0.currency ?? "-")"
                }
            }
            #expect(
                try await causes([:], onlyNew: false) == [
                    "mismatch counterparty.amount 3 80000 RUB",
                    "missing counterparty 1 70000 RUB", "invalid counterparty.tax_id 2 - -",
                ])
            #expect(
                try await causes(["entity": "counter*"], onlyNew: true) == [
                    "missing counterparty 1 70000 RUB", "mismatch counterparty.amount 2 30000 RUB",
                    "invalid counterparty.tax_id 1 - -",
                ])
            #expect(
                try await causes(["currency": "USD", "kind": "mismatch"], onlyNew: false)
                    == ["mismatch counterparty.amount 1 99000 USD"])
            #expect(try await causes([:], onlyNew: false, 1).count == 1)
            #expect(try await causes(["entity": "order"], onlyNew: false) == [])
        }
    }

    @Test("examples of findings: the most money first, then the gravest, with both sides' ids")
    func findingExamples() async throws {
        try await StoreTesting.run { testing in
            try await fillFindings(testing)
            func examples(
                _ labels: [String: String], onlyNew: Bool, _ limit: Int = 9
            )
                async throws -> [String]
            {
                try await testing.store.findingExamples(labels, onlyNew: onlyNew, limit: limit).map
                {
                    ($0.leftIDs + $0.rightIDs).joined(separator: "+")
                        + " \($0.kind) \($0.atStakeMinor.map(String.init) ?? "-")"
                }
            }
            #expect(
                try await examples([:], onlyNew: false) == [
                    "o3+d3 mismatch 99000", "o4 missing 70000", "o1+d1 mismatch 50000",
                    "o2+d2 mismatch 30000", "o6 invalid -", "o5 invalid -",
                ])
            #expect(
                try await examples(["kind": "mismatch", "currency": "RUB"], onlyNew: true)
                    == ["o2+d2 mismatch 30000"])
            #expect(
                try await examples([:], onlyNew: false, 2)
                    == ["o3+d3 mismatch 99000", "o4 missing 70000"])
        }
    }
}
