internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The audit of links: codes of the other system that lead nowhere, to another, or twice to one.
    func writeLinkAudit(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            findingsLayout(words["sheets.links"], tabColor: 0x8E_44AD))
        let kinds: Set<Finding.Kind> = [.brokenLink, .conflict]
        var cells = FindingCells(rendering: self)
        var isEmpty = true
        for index in groups.order where kinds.contains(report.findings[index].finding.kind) {
            isEmpty = false
            try workbook.append(cells.row(report.findings[index], isMarked: false), to: sheet)
        }
        guard isEmpty else { return }
        let linked = report.entities.reduce(0) { $0 + ($1.linkCounts[.explicitID] ?? 0) }
        try workbook.append(
            [
                .text(
                    words.text("links_are_well", ["links": words.number(linked)]),
                    style: .muted.with(\.isWrapped, false))
            ], to: sheet)
    }

    /// The zone for review: pairs that the model found and is least sure of.
    func writeDoubtfulPairs(to workbook: inout Workbook) throws {
        let small = CellStyle.muted.with(\.pointSize, 8)
        let columns: [(key: String, width: Double, style: CellStyle)] = [
            ("entity", 14, .wrapped), ("probability", 12, percent.with(\.alignment, .center)),
            ("left_title", 30, .wrapped), ("left_record", 11, .wrapped),
            ("right_title", 30, .wrapped), ("right_record", 11, .wrapped),
            ("evidence", 44, .muted.with(\.isWrapped, true)),
            // To decide about the pair by 'sverka verdict'.
            ("left_id", 14, small), ("right_id", 14, small),
        ]
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.review"],
                columns: columns.map { SheetLayout.Column(width: $0.width, style: $0.style) },
                header: columns.map { .text(columnHeading($0.key), style: .header) },
                hasFilter: true, frozenColumns: 2, footer: footer, tabColor: 0x7F_8C8D))
        var isEmpty = true
        for entity in report.entities {
            for pair in entity.doubtfulPairs {
                isEmpty = false
                let permille = Int64((pair.probability * 1000).rounded())
                try workbook.append(
                    [
                        .text(entity.definition.title[report.language.rawValue]),
                        Cell(.decimal(units: permille, scale: 3)),
                        .text(pair.left.title), link(pair.left), .text(pair.right.title),
                        link(pair.right), .text(pair.evidence),
                        .text(pair.left.id.rawValue), .text(pair.right.id.rawValue),
                    ], to: sheet)
            }
        }
        if isEmpty {
            try workbook.append(
                [.text(words["review_is_empty"], style: .muted)], to: sheet)
        }
    }

    private func link(_ record: DoubtfulPair.Record) -> Cell {
        guard let address = record.address else { return .text(record.id.rawValue) }
        let text =
            record.id.rawValue.count <= 10 ? record.id.rawValue : words["open_record"]
        return Cell(.link(address: address, text: text))
    }
}
