internal import Foundation
internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The first sheet: one page for a person with one minute.
    func writeSummary(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.summary"], columns: Self.summaryColumns, isLandscape: false,
                printsOnOnePage: true, footer: footer, tabColor: 0x1F_3A5F, showsGrid: false))
        try writeTop(to: &workbook, sheet)
        var kinds: ClosedRange<Int>?
        for part in definition.layout.summary {
            switch part {
            case .brief: try writeBrief(to: &workbook, sheet)
            case .kinds: kinds = try writeKinds(to: &workbook, sheet)
            case .severities: try writeSeverities(to: &workbook, sheet)
            case .sides: try writeSides(to: &workbook, sheet)
            case .entities: try writeEntities(to: &workbook, sheet)
            case .chart: break
            }
        }
        // It lies above the cells, so that it stands below all of them, wherever it is named.
        guard definition.layout.summary.contains(.chart), let kinds, report.counts.total > 0
        else { return }
        try workbook.addChart(
            BarChart(
                title: words["sections.chart"], rows: kinds, nameColumn: 0, valueColumn: 1,
                color: 0x1F_3A5F, atRow: workbook.rowCount(of: sheet) + 1, atColumn: 0,
                width: 780, height: 260),
            to: sheet)
    }

    /// The columns of the first two sheets: a name, and numbers.
    static var summaryColumns: [SheetLayout.Column] {
        [SheetLayout.Column(width: 36)]
            + Array(repeating: SheetLayout.Column(width: 14), count: 7)
    }

    private func writeTop(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try workbook.append([.text(title, style: .title)], to: sheet, height: 26)
        let subtitle = words.text(
            "subtitle",
            [
                "run": String(report.runID.rawValue),
                "started": words.time(report.startedAt, in: report.timeZone),
                "finished": words.time(report.finishedAt, in: report.timeZone),
                "zone": report.timeZone.identifier,
            ])
        let company = report.company.isEmpty ? "" : report.company + ". "
        try workbook.append([.text(company + subtitle, style: .muted)], to: sheet)
        let before =
            report.previousRunAt.map {
                words.text("compared_with", ["time": words.time($0, in: report.timeZone)])
            } ?? claims.noPrevious
        let week =
            report.weekBeforeRunAt.map {
                " "
                    + words.text(
                        "compared_with_week", ["time": words.time($0, in: report.timeZone)])
            } ?? ""
        try workbook.append([.text(before + week, style: .muted)], to: sheet)
        for warning in warnings {
            try workbook.appendJoined(
                .text(warning, style: .alarm), columns: 0...7, to: sheet)
        }
        if report.counts.total == 0 {
            try workbook.append([.text(claims.noFindings, style: .section)], to: sheet)
        }
    }

    /// Begins a table: its title and its head.
    func begin(
        _ section: String, _ headings: [String], in workbook: inout Workbook,
        _ sheet: Workbook.SheetID
    ) throws {
        try beginSection(section, in: &workbook, sheet)
        try workbook.append(
            headings.map { key in
                let isText = ["metric", "kind", "severity", "side", "source", "entity", "reason"]
                    .contains(key)
                let style = CellStyle.header.with(\.alignment, isText ? .left : .right)
                return .text(words["summary.\(key)"], style: style)
            }, to: sheet)
    }

    /// Writes the title of a part, below the one before.
    func beginSection(
        _ section: String, in workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws {
        if workbook.rowCount(of: sheet) > 0 { try workbook.append([], to: sheet) }
        try workbook.append(
            [.text(words["sections.\(section)"], style: .section)], to: sheet, height: 20)
    }
}

extension Finding.Severity {
    /// The colour of a severity.
    var style: CellStyle {
        switch self {
        case .error: .error
        case .warning: .warning
        case .info: .info
        }
    }
}
