internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The second sheet: what was compared and how pairs were found, and whether the numbers agree.
    func writeCompared(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.compared"], columns: Self.summaryColumns, isLandscape: false,
                footer: footer, tabColor: 0x1F_3A5F, showsGrid: false))
        for part in definition.layout.compared {
            switch part {
            case .sources: try writeSources(to: &workbook, sheet)
            case .links: try writeLinks(to: &workbook, sheet)
            case .planted: try writePlanted(to: &workbook, sheet)
            case .totals: try writeTotals(to: &workbook, sheet)
            }
        }
    }

    private func writeSources(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
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

    /// How many of the errors that were put there on purpose were found.
    private func writePlanted(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        guard !report.planted.isEmpty else { return }
        try begin(
            "planted", ["entity", "kind", "planted", "found", "found_share"], in: &workbook, sheet)
        for line in report.planted {
            let share = line.planted == 0 ? 0 : Int64(line.found * 1000 / line.planted)
            try workbook.append(
                [
                    .text(title(of: line.entity)),
                    .text(words["kinds.\(line.kind.rawValue).title"]),
                    .integer(line.planted, style: count),
                    .integer(line.found, style: count),
                    Cell(.decimal(units: share, scale: 3), style: percent),
                ], to: sheet)
        }
    }

    private func writeTotals(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try beginSection("control_totals", in: &workbook, sheet)
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
    }
}
