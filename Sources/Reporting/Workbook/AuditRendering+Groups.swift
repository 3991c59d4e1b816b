internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet of groups: what is wrong how often, the most frequent first.
    func writeGroups(to workbook: inout Workbook) throws {
        let columns: [(key: String, width: Double, style: CellStyle)] = [
            ("entity", 22, .wrapped), ("kind", 20, .wrapped), ("field", 24, .wrapped),
            ("count", 13, count), ("of_them_new", 13, count), ("of_them_errors", 13, count),
            ("at_stake", 20, money), ("hours", 13, hours), ("cost", 18, money),
        ]
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.groups"],
                columns: columns.map { column in
                    SheetLayout.Column(
                        width: column.width, style: column.style,
                        rules: column.key == "count" ? [.bars(0x9D_C3E6)] : [])
                },
                header: columns.map { column in
                    let isText = ["entity", "kind", "field"].contains(column.key)
                    return .text(
                        columnHeading(column.key),
                        style: .header.with(\.alignment, isText ? .left : .right))
                },
                hasFilter: true, footer: footer, tabColor: 0xE0_7B00))
        for group in groups.groups { try workbook.append(row(of: group), to: sheet) }
        let owners = Set(
            report.findings.lazy.filter { $0.stands && !$0.owner.isEmpty }.map(\.owner)
        ).count
        if owners > definition.ownerSheetsMax {
            let note = words.text(
                "more_owners",
                [
                    "shown": words.number(definition.ownerSheetsMax),
                    "all": words.number(owners),
                ])
            try workbook.append([], to: sheet)
            try workbook.append([.text(note, style: .muted)], to: sheet)
        }
    }

    private func row(of group: FindingGroups.Group) -> [Cell] {
        let key = group.key
        let definition = report.entities.first { $0.definition.name == key.entity }?.definition
        let field = definition?.fields.first { $0.name == key.field }
        let fieldTitle = field?.title[report.language.rawValue] ?? key.field?.rawValue
        let minutes =
            group.count * (definition?.reconciliation.rule(for: key.kind).minutesToFix ?? 0)
        return [
            .text(title(of: key.entity)), .text(words["kinds.\(key.kind.rawValue).title"]),
            .text(
                fieldTitle ?? words["record_as_whole"], style: fieldTitle == nil ? .muted : nil),
            .integer(group.count), .integer(group.newCount), .integer(group.errorCount),
            atStake(group.atStake),
            Cell(.decimal(units: Int64((minutes * 10 + 30) / 60), scale: 1)),
            cell(report.costs.cost(ofMinutes: minutes)),
        ]
    }

    /// One currency as a number; several, which have no sum, as a text.
    private func atStake(_ amounts: [String: Int64]) -> Cell {
        let moneys = amounts.sorted { $0.key < $1.key }.map {
            Money(minorUnits: $0.value, currency: $0.key)
        }
        guard moneys.count > 1 else { return cell(moneys.first) }
        return .text(moneys.map(words.money).joined(separator: "; "), style: .wrapped)
    }
}
