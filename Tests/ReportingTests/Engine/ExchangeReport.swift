import Foundation
import Records

@testable import Reporting

/// The report `exchange` of the fixtures, with tables at hand; names and numbers are made up.
enum ExchangeReport {
    static let resources = ReportResources(
        builtin: SamplePlaces.root, override: SamplePlaces.fixtures.appending(path: "overrides"))
    static let zone = TimeZone(identifier: "Europe/Moscow") ?? .gmt

    static func definition() throws -> ReportDefinition {
        try ReportDefinition(report: "exchange", resources: resources)
    }

    static func document(
        _ language: ReportLanguage = .russian,
        _ change: (inout [String: ReportTable]) -> Void = { _ in }
    ) throws -> ReportDocument {
        try ReportDocument(definition(), data(language, change), resources: resources)
    }

    static func data(
        _ language: ReportLanguage = .russian,
        _ change: (inout [String: ReportTable]) -> Void = { _ in }
    ) throws -> ReportData {
        var tables = tables
        change(&tables)
        let period =
            ReportPeriod("2024-01", in: zone) ?? ReportPeriod(.none, start: .now, end: .now)
        return ReportData(
            request: ReportRequest(
                period: period, timeZone: zone, language: language,
                company: "ООО «Северный ветер»",
                names: ReportNames(sides: [.left: "1С", .right: "Битрикс24"]),
                madeAt: Date(timeIntervalSince1970: 1_706_770_800)),
            tables: tables)
    }

    static var tables: [String: ReportTable] {
        let totals = ["entries", "succeeded", "failed", "share", "money", "currency", "slowest"]
        func total(_ entries: Int64, _ failed: Int64, _ share: Int64) -> ReportTable {
            ReportTable(
                columns: totals,
                rows: [
                    [
                        .integer(entries), .integer(entries - failed), .integer(failed),
                        .decimal(units: share, scale: 4), .integer(1_234_567_89), .text("RUB"),
                        .integer(93_400),
                    ]
                ])
        }
        return [
            "totals": total(15_432, 231, 9850), "totals@before": total(14_000, 400, 9714),
            "totals@year_before": ReportTable(columns: totals),
            "kinds": kinds,
            "trend": ReportTable(
                columns: ["day", "found", "resolved"],
                rows: (1...31).map { day in
                    [
                        CalendarDate(year: 2024, month: 1, day: day).map(ReportValue.date)
                            ?? .empty,
                        .integer(Int64(day * 37 % 23)), .integer(Int64(day * 11 % 19)),
                    ]
                }),
            "causes": ReportTable(
                columns: ["cause", "change"],
                rows: [
                    [.text("было"), .integer(120)], [.text("новые"), .integer(45)],
                    [.text("исправлено"), .integer(-180)], [.text("вернулись"), .integer(30)],
                    [.text("стало"), .empty],
                ]),
        ]
    }

    static var kinds: ReportTable {
        let last = Date(timeIntervalSince1970: 1_706_300_000)
        func row(
            _ kind: String, _ severity: String, _ entries: Int64, _ failed: Int64,
            _ share: ReportValue, _ person: String, _ address: String, _ code: String
        ) -> [ReportValue] {
            [
                .text(kind), .text(severity), .integer(entries), .integer(failed), share,
                .integer(entries * 100), .text("RUB"), .text(person), .text("открыть"),
                .text(address), .instant(last), .text(code),
            ]
        }
        return ReportTable(
            columns: [
                "object_kind", "severity", "entries", "failed", "share", "money", "currency",
                "person", "page", "address", "last_at", "code",
            ],
            rows: [
                row(
                    "company", "info", 3_245, 0, .decimal(units: 1, scale: 0),
                    "Светлова Ольга Ильинична",
                    "https://example.ru/1", "a1"),
                row(
                    "order", "error", 12_000, 200, .decimal(units: 9833, scale: 4), "",
                    "javascript:alert(1)", "=1+1"),
                row(
                    "price", "warning", 187, 31, .notEnough("few_runs"), "Быстров Антон", "",
                    "-\u{1}-"),
            ])
    }
}
