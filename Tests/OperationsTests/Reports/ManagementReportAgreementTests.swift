import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Monthly report for managers, counted again from what is stored")
struct ManagementReportAgreementTests {
    private static let october = "'2026-10-01 00:00+03' AND '2026-10-31 23:59:59.999999+03'"
    /// The runs of October.
    private static let nights = "(SELECT id FROM run WHERE as_of BETWEEN \(october))"
    private static let lastNight = "(SELECT max(id) FROM run WHERE as_of BETWEEN \(october))"

    /// The report of October over nights as the benchmark makes them, with all rows of every table.
    private static func filled(_ scene: HistoryScene) async throws -> ReportData {
        try await scene.fill(nights: 80, findings: 12, records: 60, operations: 2_000)
        return try await scene.data(
            "monthly-management", period: "2026-10", parameters: ["top": "100000"])
    }

    /// The whole number that a reference names.
    private func number(_ text: String, _ data: ReportData) throws -> Int64 {
        let reference = try #require(CellReference(text))
        guard case .integer(let number) = try data.value(reference) else {
            Issue.record("\(text) is no whole number")
            return -1
        }
        return number
    }

    /// What stands after a run.
    private func countStanding(after run: String) -> String {
        """
        SELECT count(*) AS number FROM finding WHERE opened_run_id <= \(run)
            AND (resolved_run_id IS NULL OR resolved_run_id > \(run))
        """
    }

    @Test("has as many findings on every sheet as there are")
    func findings() async throws {
        try await HistoryScene.play { scene in
            let data = try await Self.filled(scene)
            let standing = try await scene.number(countStanding(after: Self.lastNight))
            let resolved = try await scene.number(
                "SELECT count(*) AS number FROM finding WHERE resolved_run_id IN \(Self.nights)")
            let opened = try await scene.number(
                "SELECT count(*) AS number FROM finding WHERE opened_run_id IN \(Self.nights)")
            #expect(standing > 0 && resolved > 0 && opened > 0)
            for reference in [
                "totals.standing", "sum(entities.standing)", "sum(age.standing)",
                "sum(causes.standing)", "sum(owners.standing)", "outlook.standing",
                "last(trend.standing)", "last(steps.standing)", "sum(steps.change)",
            ] {
                #expect(try number(reference, data) == standing, "\(reference)")
            }
            for reference in [
                "totals.resolved", "sum(entities.resolved)", "sum(causes.resolved)",
                "times.resolved_count", "outlook.resolved", "sum(trend.resolved)",
            ] {
                #expect(try number(reference, data) == resolved, "\(reference)")
            }
            for reference in [
                "sum(causes.opened)", "sum(owners.opened)", "sum(fields.opened)",
                "times.detected_count", "outlook.found", "sum(trend.found)", "sum(weekdays.found)",
                "sum(origins.found)", "sum(authors.found)",
            ] {
                #expect(try number(reference, data) == opened, "\(reference)")
            }
            #expect(try number("outlook.nights", data) == 31)
            #expect(try number("outlook.change_ahead", data) == opened - resolved)
            #expect(data.table("currencies").rows.isEmpty)
        }
    }

    @Test("has the right number in single rows: a field, a person, a night, a weekday, an entity")
    func rows() async throws {
        try await HistoryScene.play { scene in
            let data = try await Self.filled(scene)
            let opened = "SELECT count(*) AS number FROM finding WHERE opened_run_id IN"
            let night = "(SELECT id FROM run WHERE as_of = '2026-10-10 02:00+03')"
            let stored = [
                "sum(fields.opened[field=phone])": "\(opened) \(Self.nights) AND field = 'phone'",
                // The record's number says whose it is, see the filling.
                "owners.opened[personal_owner=Сотрудник 5]": """
                \(opened) \(Self.nights)
                    AND 1 + split_part(right_ids[1], '-', 2)::integer % 40 = 5
                """,
                "trend.found[night=2026-10-10]": "\(opened) \(night)",
                "trend.standing[night=2026-10-10]": countStanding(after: night),
                // Found in the night on Tuesday: it arose on Monday.
                "weekdays.found[weekday=1]": """
                \(opened) (SELECT id FROM run WHERE as_of BETWEEN \(Self.october)
                    AND extract(isodow FROM as_of AT TIME ZONE 'Europe/Moscow') = 2)
                """,
                "sum(duplicates.groups)": """
                SELECT count(*) AS number FROM cluster_version WHERE valid_from <= \(Self.lastNight)
                    AND (valid_to IS NULL OR valid_to > \(Self.lastNight))
                """,
                "sum(duplicates.surplus[entity=contact])": """
                SELECT sum(cardinality(member_ids) - 1)::bigint AS number FROM cluster_version
                WHERE entity = 'contact' AND valid_from <= \(Self.lastNight)
                    AND (valid_to IS NULL OR valid_to > \(Self.lastNight))
                """,
            ]
            for (reference, statement) in stored {
                let expected = try await scene.number(statement)
                #expect(expected > 0, "\(reference)")
                #expect(try number(reference, data) == expected, "\(reference)")
            }
        }
    }

    @Test("has as many operations and failures as the journal, by hour, weekday and exchange")
    func journal() async throws {
        try await HistoryScene.play { scene in
            let data = try await Self.filled(scene)
            let entries = """
                SELECT count(*) AS number FROM journal_entry
                WHERE occurred_at BETWEEN \(Self.october)
                """
            let moment = "occurred_at AT TIME ZONE 'Europe/Moscow'"
            let operations = try await scene.number(entries)
            let failed = try await scene.number("\(entries) AND is_error")
            #expect(failed > 0)
            for table in ["weekdays", "hours", "exchanges"] {
                #expect(try number("sum(\(table).operations)", data) == operations, "\(table)")
                #expect(try number("sum(\(table).failed)", data) == failed, "\(table)")
            }
            let stored = [
                "hours.operations[hour=10]": "\(entries) AND extract(hour FROM \(moment)) = 10",
                "weekdays.operations[weekday=7]":
                    "\(entries) AND extract(isodow FROM \(moment)) = 7",
                "sum(exchanges.failed[object_kind=order])":
                    "\(entries) AND is_error AND object_kind = 'order'",
            ]
            for (reference, statement) in stored {
                let expected = try await scene.number(statement)
                #expect(try number(reference, data) == expected, "\(reference)")
            }
        }
    }
}
