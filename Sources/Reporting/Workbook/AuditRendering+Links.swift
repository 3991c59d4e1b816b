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
        try workbook.append(
            [.text(claims.noBrokenLinks, style: .muted.with(\.isWrapped, false))], to: sheet)
    }
}
