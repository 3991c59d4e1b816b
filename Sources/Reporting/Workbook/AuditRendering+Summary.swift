internal import Foundation
internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The first sheet: one page for a person with one minute.
    func writeSummary(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.summary"],
                columns: [SheetLayout.Column(width: 36)]
                    + Array(repeating: SheetLayout.Column(width: 14), count: 7),
                isLandscape: false,
                // Of many entities one page would be too small to read.
                printsOnOnePage: report.entities.count == 1, footer: footer, tabColor: 0x1F_3A5F,
                showsGrid: false))
        try writeTop(to: &workbook, sheet)
        try writeBrief(to: &workbook, sheet)
        let kinds = try writeKinds(to: &workbook, sheet)
        try writeSeverities(to: &workbook, sheet)
        try writeSides(to: &workbook, sheet)
        try writeCompared(to: &workbook, sheet)
        try writeLinks(to: &workbook, sheet)
        try writePlanted(to: &workbook, sheet)
        let below = try writeTotals(to: &workbook, sheet)
        if let kinds, report.counts.total > 0 {
            try workbook.addChart(
                BarChart(
                    title: words["sections.chart"], rows: kinds, nameColumn: 0, valueColumn: 1,
                    color: 0x1F_3A5F, atRow: below + 1, atColumn: 0, width: 780, height: 260),
                to: sheet)
        }
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
            } ?? words["first_run"]
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
            try workbook.append([.text(words["all_well"], style: .section)], to: sheet)
        }
    }

    private func begin(
        _ section: String, _ headings: [String], in workbook: inout Workbook,
        _ sheet: Workbook.SheetID
    ) throws {
        try workbook.append([], to: sheet)
        try workbook.append(
            [.text(words["sections.\(section)"], style: .section)], to: sheet, height: 20)
        try workbook.append(
            headings.map { key in
                let isText = ["metric", "kind", "severity", "side", "source", "entity", "reason"]
                    .contains(key)
                let style = CellStyle.header.with(\.alignment, isText ? .left : .right)
                return .text(words["summary.\(key)"], style: style)
            }, to: sheet)
    }

    /// The headings of ``comparison(isBold:_:)``.
    private var comparisonHeadings: [String] {
        ["now", "before", "change"] + (report.weekBefore == nil ? [] : ["week_before", "change"])
    }

    /// The runs to compare with; without one a week earlier there are no columns for it.
    private var earlierCounts: [AuditCounts?] {
        [report.previous] + (report.weekBefore.map { [$0] } ?? [])
    }

    /// A number now, in the run before and a week earlier, each with the change; empty cells where
    /// there is no such run, or it did not count this.
    private func comparison(
        isBold: Bool = false, _ number: (AuditCounts) -> Int?
    ) -> [Cell] {
        let (count, change) = (count.with(\.isBold, isBold), change.with(\.isBold, isBold))
        let now = number(report.counts) ?? 0
        var cells = [Cell.integer(now, style: count)]
        for then in earlierCounts {
            let before = then.flatMap(number)
            cells += [
                before.map { .integer($0, style: count) } ?? .empty,
                before.map { .integer(now - $0, style: change) } ?? .empty,
            ]
        }
        return cells
    }

    private func writeBrief(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin("brief", ["metric"] + comparisonHeadings, in: &workbook, sheet)
        let total = Cell.text(words["summary.total"], style: .plain.with(\.isBold, true))
        try workbook.append([total] + comparison(isBold: true) { $0.total }, to: sheet)
        for (key, path) in [
            ("new", \AuditCounts.newCount), ("reopened", \.reopenedCount),
            ("resolved", \.resolvedCount), ("accepted", \.acceptedCount),
        ] {
            try workbook.append(
                [.text(words["summary.\(key)"])] + comparison { $0[keyPath: path] }, to: sheet)
        }
        func cost(_ counts: AuditCounts) -> Money {
            report.costs.cost(ofMinutes: report.costs.minutes(for: counts))
        }
        let now = cost(report.counts)
        var cells = [cell(now)]
        for then in earlierCounts {
            let before = then.map(cost)
            let difference = before.map {
                Money(minorUnits: now.minorUnits - $0.minorUnits, currency: now.currency)
            }
            cells += [cell(before), cell(difference)]
        }
        try workbook.append([.text(words["summary.cost"])] + cells, to: sheet)
    }

    /// Writes the table of kinds.
    ///
    /// - Returns: The rows with a kind each, for the chart; `nil` when there are none.
    private func writeKinds(
        to workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws -> ClosedRange<Int>? {
        try begin(
            "by_kind",
            ["kind"] + comparisonHeadings + ["hours", "cost_each_kind"],
            in: &workbook, sheet)
        let first = workbook.rowCount(of: sheet)
        let costs = report.costs
        for kind in Finding.Kind.listed {
            let now = report.counts.byKind[kind] ?? 0
            let before = [report.previous, report.weekBefore].compactMap { $0?.byKind[kind] }
            guard now > 0 || before.contains(where: { $0 > 0 }) else { continue }
            let minutes = costs.minutes(of: kind, in: report.counts)
            try workbook.append(
                [.text(words["kinds.\(kind.rawValue).title"])]
                    + comparison { $0.byKind[kind] ?? 0 } + [
                        hoursCell(minutes),
                        cell(costs.cost(ofMinutes: minutes)),
                    ], to: sheet)
        }
        let last = workbook.rowCount(of: sheet) - 1
        let minutes = costs.minutes(for: report.counts)
        let bold = CellStyle.plain.with(\.isBold, true)
        try workbook.append(
            [.text(words["summary.sum"], style: bold)]
                + comparison(isBold: true) { $0.total } + [
                    hoursCell(minutes, isBold: true),
                    Cell(
                        cell(costs.cost(ofMinutes: minutes)).content,
                        style: money.with(\.isBold, true)),
                ], to: sheet)
        let note = words.text("summary.cost_note", ["hour": words.money(costs.hourlyCost)])
        try workbook.append([.text(note, style: .muted.with(\.pointSize, 9))], to: sheet)
        return first <= last ? first...last : nil
    }

    private func hoursCell(_ minutes: Int, isBold: Bool = false) -> Cell {
        // Tenths of an hour, rounded half up.
        Cell(
            .decimal(units: Int64((minutes * 10 + 30) / 60), scale: 1),
            style: hours.with(\.isBold, isBold))
    }

    private func writeSeverities(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin(
            "by_severity", ["severity"] + comparisonHeadings, in: &workbook, sheet)
        for severity in Finding.Severity.allCases.sorted(by: >) {
            let name = words["severities.\(severity.rawValue)"]
            try workbook.append(
                [.text(name, style: severity.style)]
                    + comparison { $0.bySeverity[severity] ?? 0 }, to: sheet)
        }
    }

    private func writeSides(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin("by_side", ["side", "now"], in: &workbook, sheet)
        for side in [Side.left, .right, nil] {
            let name = side.map { report[$0].title } ?? words["both_sides"]
            try workbook.append(
                [.text(name), .integer(report.counts.bySide[side] ?? 0, style: count)],
                to: sheet)
        }
    }

    private func writeCompared(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin(
            "compared",
            ["source", "entity", "records", "linked", "missing", "not_expected", "share"],
            in: &workbook, sheet)
        for entity in report.entities {
            for side in Side.allCases {
                let snapshot = entity[side]
                let missing =
                    snapshot.recordCount - snapshot.linkedCount - snapshot.notExpectedCount
                let share =
                    snapshot.recordCount == 0
                    ? Cell.empty
                    : Cell(
                        .decimal(
                            units: Int64(snapshot.linkedCount * 1000 / snapshot.recordCount),
                            scale: 3), style: percent)
                try workbook.append(
                    [
                        .text(report[side].title),
                        .text(entity.definition.title[report.language.rawValue]),
                        .integer(snapshot.recordCount, style: count),
                        .integer(snapshot.linkedCount, style: count),
                        .integer(missing, style: count),
                        .integer(snapshot.notExpectedCount, style: count), share,
                    ], to: sheet)
            }
        }
        try writeCollected(to: &workbook, sheet)
    }

    /// What was read and not compared, with the reason.
    private func writeCollected(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        for entity in report.collected {
            for (source, snapshot) in entity.snapshots.map({ ($0.source, $0.snapshot) }) {
                try workbook.append(
                    [
                        .text(source.title),
                        .text(entity.definition.title[report.language.rawValue]),
                        .integer(snapshot.recordCount, style: count),
                        .text(words.reason(entity.reason), style: .muted),
                    ], to: sheet)
            }
        }
    }

    /// How many of the errors that were put there on purpose were found.
    private func writePlanted(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        guard !report.planted.isEmpty else { return }
        try begin(
            "planted", ["kind", "entity", "planted", "found", "share"], in: &workbook, sheet)
        for line in report.planted {
            let share = line.planted == 0 ? 0 : Int64(line.found * 1000 / line.planted)
            try workbook.append(
                [
                    .text(words["kinds.\(line.kind.rawValue).title"]),
                    .text(title(of: line.entity)), .integer(line.planted, style: count),
                    .integer(line.found, style: count),
                    Cell(.decimal(units: share, scale: 3), style: percent),
                ], to: sheet)
        }
    }

    private func writeLinks(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin("links", ["reason", "entity", "links"], in: &workbook, sheet)
        for entity in report.entities {
            for kind in LinkReason.Kind.allCases {
                guard let number = entity.linkCounts[kind], number > 0 else { continue }
                try workbook.append(
                    [
                        .text(words["link_reasons.\(kind.rawValue)"]),
                        .text(entity.definition.title[report.language.rawValue]),
                        .integer(number, style: count),
                    ], to: sheet)
            }
        }
    }

    /// Writes the control totals.
    ///
    /// - Returns: The row below them.
    private func writeTotals(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws -> Int {
        try workbook.append([], to: sheet)
        try workbook.append(
            [.text(words["sections.control_totals"], style: .section)], to: sheet, height: 20)
        let name = CellStyle.header
        try workbook.append(
            [heading("summary.control"), Cell(.empty, style: name), Cell(.empty, style: name)]
                + ["expected", "actual"].map {
                    .text(words["summary.\($0)"], style: .header.with(\.alignment, .right))
                } + [.text(words["summary.verdict"], style: .header.with(\.alignment, .center))],
            to: sheet)
        for total in totals {
            let subject = total.subject.isEmpty ? "" : " (\(total.subject))"
            try workbook.append(
                [
                    .text(words["control_totals.\(total.name)"] + subject), .empty, .empty,
                    .integer(total.expected, style: count), .integer(total.actual, style: count),
                    .text(
                        words[total.agrees ? "summary.agrees" : "summary.differs"],
                        style: (total.agrees ? .plain : CellStyle.alarm)
                            .with(\.alignment, .center)),
                ], to: sheet)
        }
        return workbook.rowCount(of: sheet)
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
