import Foundation
import Records

@testable import Reporting

/// Tables for the approved samples of the reports that come with the program; made up.
enum SampleTables {
    static let zone = TimeZone(identifier: "Europe/Moscow") ?? .gmt

    /// A report of `reports/` over made-up tables.
    static func document(_ report: String, _ language: ReportLanguage) throws -> ReportDocument {
        let definition = try ReportDefinition(report: report, resources: SampleReport.resources)
        return try ReportDocument(
            definition, data(report, language), resources: SampleReport.resources)
    }

    static func data(_ report: String, _ language: ReportLanguage) -> ReportData {
        let isRussian = language == .russian
        let week = ReportPeriod("2026-W47", in: zone)
        let run = ReportPeriod(
            .run, start: Date(timeIntervalSince1970: 1_795_399_200),
            end: Date(timeIntervalSince1970: 1_795_399_547), run: RunID(58))
        let request = ReportRequest(
            period: report == "owner-digest" ? week ?? run : run, timeZone: zone,
            language: language, company: isRussian ? "ООО «Северный ветер»" : "North Wind LLC",
            names: ReportNames(
                [SampleReport.definition],
                sides: [
                    .left: isRussian ? "1С" : "1C", .right: isRussian ? "Битрикс24" : "Bitrix24",
                ]),
            madeAt: Date(timeIntervalSince1970: 1_795_399_600))
        return ReportData(
            request: request,
            tables: report == "owner-digest" ? owners(isRussian) : failedRun)
    }

    private static func owners(_ isRussian: Bool) -> [String: ReportTable] {
        let (olga, anton) =
            isRussian ? ("Светлова Ольга", "Быстров Антон") : ("Olga Svetlova", "Anton Bystrov")
        let seen = Date(timeIntervalSince1970: 1_793_000_000)
        func finding(
            _ owner: String, _ number: Int64, _ kind: String, _ field: String, _ severity: String,
            _ state: String, _ title: String, _ values: (String, String), _ money: Int64?
        ) -> [ReportValue] {
            let isOlga = owner == olga
            return [
                .text(isOlga ? "olga@example.ru" : "anton@example.ru"), .text(owner),
                .text(isOlga ? "olga@example.ru" : "anton@example.ru"), .integer(number),
                .text("counterparty"), .text(kind), field.isEmpty ? .empty : .text(field),
                .text(severity), .text(state), .boolean(state == "resolved"),
                .boolean(number != 4 && number != 12), .text(title), .text(values.0),
                .text(values.1),
                money.map(ReportValue.integer) ?? .empty, .text("RUB"),
                .instant(seen + Double(number) * 86_400), .integer(40 - number * 3),
                .text("a\(number)"), .text("\(number)"), .empty,
                .text("https://b24.example/crm/company/details/\(number)/"),
            ]
        }
        let findings = ReportTable(
            columns: [
                "owner_key", "owner", "owner_email", "number", "entity", "kind", "field",
                "severity", "state", "resolved", "first",
                "title", "left_value", "right_value", "at_stake", "currency",
                "first_seen_at", "days_open", "left_id", "right_id", "left_address",
                "right_address",
            ],
            rows: [
                finding(
                    olga, 1, "mismatch", "tax_id", "error", "open", "ООО «Ромашка»",
                    ("7707083893", "7707083839"), 1_250_000_00),
                finding(
                    olga, 4, "mismatch", "phone", "warning", "new", "ООО «Василёк»",
                    ("+74951234567", "+74951234599"), nil),
                finding(
                    olga, 12, "mismatch", "credit", "info", "open", "ООО «Тихий океан»",
                    ("150000 RUB", "931177.25 USD"), nil),
                finding(
                    olga, 9, "missing", "", "error", "resolved", "=Липа ООО", ("", ""), 90_000_00),
                finding(
                    anton, 3, "duplicate", "", "warning", "reopened", "АО «Заря»", ("", ""), nil),
            ])
        let owners = ReportTable(
            columns: [
                "owner_key", "owner", "owner_email", "listed", "standing", "opened", "resolved",
                "errors", "at_stake", "currency", "other_currencies", "oldest_days",
            ],
            rows: [
                [
                    .text("olga@example.ru"), .text(olga), .text("olga@example.ru"), .integer(4),
                    .integer(3), .integer(1), .integer(1), .integer(1), .integer(1_250_000_00),
                    .text("RUB"), .empty, .integer(37),
                ],
                [
                    .text("anton@example.ru"), .text(anton), .text("anton@example.ru"),
                    .integer(1), .integer(1), .integer(1), .integer(0), .integer(0), .empty,
                    .text("RUB"), .empty, .integer(31),
                ],
            ])
        return ["owners": owners, "found": findings, "findings": findings]
    }

    private static var failedRun: [String: ReportTable] {
        let start = Date(timeIntervalSince1970: 1_795_399_200)
        return [
            "run": ReportTable(
                columns: [
                    "number", "job", "state", "started_at", "finished_at", "duration", "error",
                    "engine", "holder", "last_success_at", "failures_in_a_row", "failed_stages",
                ],
                rows: [
                    [
                        .integer(58), .text("nightly"), .text("failed"), .instant(start),
                        .instant(start + 347), .integer(347_000),
                        .text(Self.diskFull), .text("0.1.0"), .text("server process 4711"),
                        .instant(start - 86_400), .integer(1), .integer(1),
                    ]
                ]),
            "stages": ReportTable(
                columns: [
                    "action", "entity", "source", "state", "attempts", "started_at", "duration",
                    "error",
                ],
                rows: [
                    [
                        .text("collect"), .text("counterparty"), .text("1c"), .text("done"),
                        .integer(1),
                        .instant(start), .integer(21_400), .empty,
                    ],
                    [
                        .text("report"), .empty, .empty, .text("failed"), .integer(2),
                        .instant(start + 300), .integer(1_900),
                        .text(Self.diskFull),
                    ],
                ]),
        ]
    }

    private static let diskFull =
        "Сверка.xlsx was not written: the disk is full (rows could not be kept in the temporary "
        + "folder); free some space and start again"
}
