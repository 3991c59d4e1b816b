internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet of duplicates: a row for each record, those of one cluster together.
    func writeDuplicates(to workbook: inout Workbook) throws {
        let fields = clusterFields
        let (count, percent) = (
            count.with(\.alignment, .center), percent.with(\.alignment, .center)
        )
        let columns: [(heading: String, column: SheetLayout.Column)] =
            [
                (columnHeading("cluster"), SheetLayout.Column(width: 8, style: count)),
                (columnHeading("system"), SheetLayout.Column(width: 14, style: .wrapped)),
                (columnHeading("record"), SheetLayout.Column(width: 12)),
                (columnHeading("title"), SheetLayout.Column(width: 30, style: .wrapped)),
            ]
            + fields.map { ($0.heading, SheetLayout.Column(width: 16, style: .wrapped)) } + [
                (columnHeading("probability"), SheetLayout.Column(width: 12, style: percent)),
                (columnHeading("evidence"), SheetLayout.Column(width: 28, style: .muted)),
            ]
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.duplicates"], columns: columns.map(\.column),
                header: columns.map { .text($0.heading, style: .header) }, hasFilter: true,
                frozenColumns: 1, footer: footer, tabColor: 0xBF_8F00))
        var number = 0
        for entity in report.entities {
            for cluster in entity.clusters {
                number += 1
                try write(
                    cluster, number, of: entity, fields.map(\.name), to: &workbook, sheet)
            }
        }
        if number == 0 {
            try workbook.append(
                [.empty, .empty, .empty, .text(words["duplicates.none"], style: .muted)],
                to: sheet)
        }
    }

    /// The columns of all entities' fields, each field once.
    private var clusterFields: [(name: FieldName, heading: String)] {
        var fields: [(name: FieldName, heading: String)] = []
        for entity in report.entities {
            for name in entity.clusterFields where !fields.contains(where: { $0.name == name }) {
                let field = entity.definition.fields.first { $0.name == name }
                fields.append((name, field?.title[report.language.rawValue] ?? name.rawValue))
            }
        }
        return fields
    }

    private func write(
        _ cluster: ReportedCluster, _ number: Int, of entity: AuditedEntity, _ fields: [FieldName],
        to workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws {
        // Every other cluster is shaded, so that an eye sees where one ends.
        let shade: RGBColor? = number % 2 == 0 ? 0xF3_F6FA : nil
        func shaded(_ style: CellStyle) -> CellStyle { style.with(\.background, shade) }
        for member in cluster.members {
            let record =
                member.address.map {
                    Cell.Content.link(
                        address: $0,
                        text: member.id.rawValue.count <= 10
                            ? member.id.rawValue : words["open_record"])
                } ?? .text(member.id.rawValue)
            let values = fields.map { field -> Cell in
                let place = entity.clusterFields.firstIndex(of: field)
                let value = place.flatMap {
                    member.values.indices.contains($0) ? member.values[$0] : nil
                }
                return Cell(value.map { .text($0) } ?? .empty, style: shaded(.wrapped))
            }
            let permille = (member.probability * 1000).rounded()
            let reason = words["link_reasons.\(cluster.reason.kind.rawValue)"]
            let detail = cluster.reason.detail
            try workbook.append(
                [
                    .integer(number, style: shaded(count.with(\.alignment, .center))),
                    .text(report[cluster.side].title, style: shaded(.wrapped)),
                    Cell(record, style: shaded(.wrapped)),
                    .text(member.title, style: shaded(.wrapped)),
                ] + values + [
                    Cell(
                        .decimal(units: Int64(permille), scale: 3),
                        style: shaded(percent.with(\.alignment, .center))),
                    .text(
                        detail.isEmpty ? reason : "\(reason): \(detail)",
                        style: shaded(.muted.with(\.isWrapped, true))),
                ], to: sheet)
        }
    }
}
