internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The zone for review: weak links, links that could be others, and pairs that just missed.
    func writeDoubtfulPairs(to workbook: inout Workbook) throws {
        let small = CellStyle.muted.with(\.pointSize, 8)
        let columns: [(key: String, width: Double, style: CellStyle)] = [
            ("entity", 14, .wrapped), ("doubt", 22, .wrapped),
            ("probability", 12, percent.with(\.alignment, .center)),
            ("left_title", 30, .wrapped), ("left_record", 11, .wrapped),
            ("right_title", 30, .wrapped), ("right_record", 11, .wrapped),
            ("evidence", 44, .muted.with(\.isWrapped, true)),
            // To decide about the pair by 'sverka verdict'.
            ("left_id", 14, small), ("right_id", 14, small),
        ]
        let note = reviewNote
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.review"],
                columns: columns.map { SheetLayout.Column(width: $0.width, style: $0.style) },
                header: columns.map { .text(columnHeading($0.key), style: .header) },
                hasFilter: true, endsWithTotal: note != nil, frozenColumns: 2, footer: footer,
                tabColor: 0x7F_8C8D))
        for entity in report.entities {
            for pair in entity.doubtfulPairs {
                try workbook.append(row(pair, of: entity.definition), to: sheet)
            }
        }
        if let note {
            try workbook.append([.text(note, style: .muted.with(\.isWrapped, false))], to: sheet)
        }
    }

    private func row(_ pair: DoubtfulPair, of entity: EntityDefinition) -> [Cell] {
        let permille = Int64((pair.probability * 1000).rounded())
        return [
            .text(entity.title[report.language.rawValue]),
            .text(words["review_doubts.\(pair.doubt.rawValue)"]),
            Cell(.decimal(units: permille, scale: 3)),
            .text(pair.left.title), link(pair.left), .text(pair.right.title), link(pair.right),
            .text(text(of: pair.reason, in: entity)),
            .text(pair.left.id.rawValue), .text(pair.right.id.rawValue),
        ]
    }

    /// What stands below the pairs: that there are none, or that not all are shown.
    private var reviewNote: String? {
        if report.entities.allSatisfy(\.doubtfulPairs.isEmpty) { return words["review_is_empty"] }
        let isCut = report.entities.contains { entity in
            ReviewPair.Doubt.allCases.contains { doubt in
                entity.doubtfulPairs.count { $0.doubt == doubt } >= ReviewPair.mostOfDoubt
            }
        }
        guard isCut else { return nil }
        return words.text("review_is_cut", ["count": words.number(ReviewPair.mostOfDoubt)])
    }

    private func link(_ record: DoubtfulPair.Record) -> Cell {
        guard let address = record.address else { return .text(record.id.rawValue) }
        let text =
            record.id.rawValue.count <= 10 ? record.id.rawValue : words["open_record"]
        return Cell(.link(address: address, text: text))
    }
}
