internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet that says how completely each source was read.
    func writeCertificates(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.certificates"],
                columns: [SheetLayout.Column(width: 40, style: .wrapped)]
                    + Array(
                        repeating: SheetLayout.Column(width: 44, style: .wrapped),
                        count: report.collected.map(\.snapshots.count).reduce(2, max)),
                footer: footer, tabColor: 0x54_8235, showsGrid: false))
        for entity in report.entities {
            let both = Side.allCases.map { (report[$0], entity[$0]) }
            try writeCertificates(both, of: entity.definition, note: nil, to: &workbook, sheet)
        }
        for entity in report.collected {
            try writeCertificates(
                entity.snapshots.map { ($0.source, $0.snapshot) }, of: entity.definition,
                note: words.reason(entity.reason), to: &workbook, sheet)
        }
    }

    /// The certificates of one entity, a column for each source.
    private func writeCertificates(
        _ snapshots: [(source: ReportedSource, snapshot: AuditedEntity.Snapshot)],
        of definition: EntityDefinition, note: String?, to workbook: inout Workbook,
        _ sheet: Workbook.SheetID
    ) throws {
        try workbook.append(
            [.text(definition.title[report.language.rawValue], style: .section)]
                + (note.map { [.text($0, style: .muted)] } ?? []),
            to: sheet, height: 20)
        try workbook.append(
            [heading("columns.certificate")]
                + snapshots.map { source, _ in
                    let kind = source.kind.isEmpty ? "" : " (\(source.kind))"
                    return .text(source.title + kind, style: .header)
                }, to: sheet)
        let columns = snapshots.map { rows(of: $0.snapshot) }
        for (row, first) in (columns.first ?? []).enumerated() {
            try workbook.append([.text(first.name)] + columns.map { $0[row].cell }, to: sheet)
        }
        try writeNotes(snapshots.map(\.snapshot.certificate.noteCounts), to: &workbook, sheet)
        try workbook.append([], to: sheet)
    }

    private func rows(of snapshot: AuditedEntity.Snapshot) -> [(name: String, cell: Cell)] {
        let certificate = snapshot.certificate
        let number = count.with(\.alignment, .left)
        func named(_ key: String, _ cell: Cell) -> (name: String, cell: Cell) {
            (words["certificate.\(key)"], cell)
        }
        func counted(_ value: Int) -> Cell { .integer(value, style: number) }
        /// What not every source can tell.
        func told(_ value: Int?) -> Cell {
            value.map(counted) ?? .text(words["certificate.unknown"], style: .muted)
        }
        let rows = certificate.fileRows
        /// Files announce nothing; they are counted twice instead, or once.
        func scanned(_ rows: RowCounts) -> Cell {
            rows.scanned.map { rowText("rows_scanned", $0) }
                ?? .text(words["certificate.counted_once"], style: .muted)
        }
        func read(_ rows: RowCounts) -> Cell { rowText("rows_read", rows.read) }
        func rowText(_ key: String, _ count: Int) -> Cell {
            .text(words.text("certificate.\(key)", ["rows": words.number(count)]))
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
            named("announced", rows.map(scanned) ?? told(certificate.announcedCount)),
            named("announced_after", rows.map(read) ?? told(certificate.announcedCountAfter)),
            named("listed", counted(certificate.listedCount)),
            named("delivered", counted(certificate.deliveredCount)),
            named("repeated", counted(certificate.repeatedCount)),
            named("appeared", told(certificate.appearedCount)),
            named("skipped", counted(certificate.skippedCount)),
            named("first_id", text(certificate.firstID?.rawValue)),
            named("last_id", text(certificate.lastID?.rawValue)),
            named("pages", counted(certificate.pages)),
            named("requests", counted(certificate.requests)),
            named("retries", counted(certificate.retries)),
            named("refusals", text(refusals(certificate))),
            named("waits", counted(certificate.waits)),
            named("waited", tenths((certificate.waitedMilliseconds + 50) / 100)),
            named("duration", tenths((certificate.durationMilliseconds + 50) / 100)),
            named("megabytes", tenths((certificate.byteCount * 10 + 500_000) / 1_000_000)),
            named("checksum", text(certificate.contentChecksum)),
            named("remarks", text(remarks(certificate))),
        ]
    }

    /// Answers that were none, by status; `nil` when there were none.
    private func refusals(_ certificate: Certificate) -> String? {
        let counts = certificate.failureCounts.sorted { $0.key < $1.key }.map { status, count in
            "\(words.known("certificate.refusal_kinds.\(status)") ?? status): \(words.number(count))"
        }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }

    private func remarks(_ certificate: Certificate) -> String? {
        certificate.remarks.isEmpty
            ? nil : certificate.remarks.map(words.message).joined(separator: "\n")
    }

    private func writeNotes(
        _ counts: [[String: Int]], to workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws {
        let style = count.with(\.alignment, .left)
        for kind in Set(counts.flatMap(\.keys)).sorted() {
            let name = words.text(
                "certificate.notes",
                ["kind": words.known("note_kinds.\(kind)") ?? kind.replacing("_", with: " ")])
            try workbook.append(
                [.text(name)] + counts.map { .integer($0[kind] ?? 0, style: style) }, to: sheet)
        }
    }
}
