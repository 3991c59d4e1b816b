internal import Records
internal import Spreadsheet

/// The tables of the first sheet: this night beside the one before and the one a week earlier.
extension AuditRendering {
    /// The headings of a comparison.
    private var comparisonHeadings: [String] {
        ["now", "before", "change"] + (report.weekBefore == nil ? [] : ["week_before", "change"])
    }

    /// The runs to compare with; without one a week earlier there are no columns for it.
    private var earlierCounts: [AuditCounts?] {
        [report.previous] + (report.weekBefore.map { [$0] } ?? [])
    }

    /// A number of the whole night, compared with those of earlier nights.
    private func comparison(
        isBold: Bool = false, _ number: (AuditCounts) -> Int?
    ) -> [Cell] {
        comparison(report.counts, with: earlierCounts, isBold: isBold, number)
    }

    /// A number now, in the run before and a week earlier, each with the change; empty cells where
    /// there is no such run, or it did not count this.
    private func comparison(
        _ counts: AuditCounts, with earlier: [AuditCounts?], isBold: Bool = false,
        _ number: (AuditCounts) -> Int?
    ) -> [Cell] {
        let (count, change) = (count.with(\.isBold, isBold), change.with(\.isBold, isBold))
        let now = number(counts) ?? 0
        var cells = [Cell.integer(now, style: count)]
        for then in earlier {
            let before = then.flatMap(number)
            cells += [
                before.map { .integer($0, style: count) } ?? .empty,
                before.map { .integer(now - $0, style: change) } ?? .empty,
            ]
        }
        return cells
    }

    func writeBrief(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
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
    func writeKinds(
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

    func writeSeverities(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin(
            "by_severity", ["severity"] + comparisonHeadings, in: &workbook, sheet)
        for severity in Finding.Severity.allCases.sorted(by: >) {
            let name = words["severities.\(severity.rawValue)"]
            try workbook.append(
                [.text(name, style: severity.style)]
                    + comparison { $0.bySeverity[severity] ?? 0 }, to: sheet)
        }
    }

    func writeSides(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin("by_side", ["side", "now"], in: &workbook, sheet)
        for side in [Side.left, .right, nil] {
            let name = side.map { report[$0].title } ?? words["both_sides"]
            try workbook.append(
                [.text(name), .integer(report.counts.bySide[side] ?? 0, style: count)],
                to: sheet)
        }
    }

    /// How many findings stand of each entity, against the same nights.
    func writeEntities(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        guard !report.entities.isEmpty else { return }
        try begin("by_entity", ["entity"] + comparisonHeadings, in: &workbook, sheet)
        for entity in report.entities {
            let earlier = [entity.previous] + (report.weekBefore == nil ? [] : [entity.weekBefore])
            try workbook.append(
                [.text(entity.definition.title[report.language.rawValue])]
                    + comparison(entity.counts, with: earlier) { $0.total }, to: sheet)
        }
    }
}
