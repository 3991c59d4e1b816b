internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet that says how completely each source was read.
    func writeCertificates(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.certificates"],
                columns: [
                    SheetLayout.Column(width: 40, style: .wrapped),
                    SheetLayout.Column(width: 44, style: .wrapped),
                    SheetLayout.Column(width: 44, style: .wrapped),
                ],
                footer: footer, tabColor: 0x54_8235, showsGrid: false))
        for entity in report.entities {
            try workbook.append(
                [.text(entity.definition.title[report.language.rawValue], style: .section)],
                to: sheet, height: 20)
            try workbook.append(
                [heading("columns.certificate")]
                    + Side.allCases.map { side in
                        let source = report[side]
                        let kind = source.kind.isEmpty ? "" : " (\(source.kind))"
                        return .text(source.title + kind, style: .header)
                    }, to: sheet)
            let (left, right) = (rows(of: entity.left), rows(of: entity.right))
            for (leftRow, rightRow) in zip(left, right) {
                try workbook.append(
                    [.text(leftRow.name), leftRow.cell, rightRow.cell], to: sheet)
            }
            try writeNotes(of: entity, to: &workbook, sheet)
            try workbook.append([], to: sheet)
        }
    }

    private func rows(of snapshot: AuditedEntity.Snapshot) -> [(name: String, cell: Cell)] {
        let certificate = snapshot.certificate
        let number = count.with(\.alignment, .left)
        func named(_ key: String, _ cell: Cell) -> (name: String, cell: Cell) {
            (words["certificate.\(key)"], cell)
        }
        func counted(_ value: Int?) -> Cell {
            value.map { .integer($0, style: number) } ?? .text(words["none"], style: .muted)
        }
        func text(_ value: String?) -> Cell { .text(value ?? words["none"]) }
        func tenths(_ units: Int) -> Cell {
            Cell(
                .decimal(units: Int64(units), scale: 1),
                style: hours.with(\.alignment, .left))
        }
        let isWhole = certificate.isCertified
        return [
            named(
                "verdict",
                .text(
                    words[isWhole ? "certificate.certified" : "certificate.uncertified"],
                    style: isWhole
                        ? .wrapped.with(\.isBold, true).with(\.background, 0xE2_EFDA) : .alarm)),
            named(
                "doubts",
                certificate.doubts.isEmpty
                    ? text(nil)
                    : .text(
                        certificate.doubts.map(words.doubt).joined(separator: "\n"), style: .alarm)),
            named("records", counted(snapshot.recordCount)),
            named("announced", counted(certificate.announcedCount)),
            named("announced_after", counted(certificate.announcedCountAfter)),
            named("delivered", counted(certificate.deliveredCount)),
            named("repeated", counted(certificate.repeatedCount)),
            named("skipped", counted(certificate.skippedCount)),
            named("first_id", text(certificate.firstID?.rawValue)),
            named("last_id", text(certificate.lastID?.rawValue)),
            named("pages", counted(certificate.pages)),
            named("requests", counted(certificate.requests)),
            named("retries", counted(certificate.retries)),
            named("waited", tenths((certificate.waitedMilliseconds + 50) / 100)),
            named("duration", tenths((certificate.durationMilliseconds + 50) / 100)),
            named("megabytes", tenths((certificate.byteCount * 10 + 500_000) / 1_000_000)),
            named("checksum", text(certificate.contentChecksum)),
        ]
    }

    private func writeNotes(
        of entity: AuditedEntity, to workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws {
        let (left, right) = (
            entity.left.certificate.noteCounts, entity.right.certificate.noteCounts
        )
        let style = count.with(\.alignment, .left)
        for kind in Set(left.keys).union(right.keys).sorted() {
            let name = words.text(
                "certificate.notes", ["kind": words["note_kinds.\(kind)"]])
            try workbook.append(
                [
                    .text(name), .integer(left[kind] ?? 0, style: style),
                    .integer(right[kind] ?? 0, style: style),
                ], to: sheet)
        }
    }
}
