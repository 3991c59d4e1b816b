public import Foundation
internal import Records
internal import Spreadsheet

/// The nightly audit as a workbook: summary, what was compared, groups, findings, a sheet for each
/// owner, links, pairs to look at, duplicates, certificates, method; or those of them that the
/// definition names.
public struct NightlyAuditWorkbook: Sendable {
    let definition: AuditDefinition
    let resources: ReportResources
    /// Whether the workbook shows personal data shortened.
    public let isMasked: Bool

    /// Reads the report's definition.
    ///
    /// - Parameters:
    ///   - resources: Where `reports` and `templates` are.
    ///   - masksPersonalData: Whether names and contacts of persons are shortened, as in a workbook
    ///     that leaves the house, unless the definition says that they never are.
    /// - Throws: ``ReportError`` when a file is missing or not understood.
    public init(
        resources: ReportResources, masksPersonalData: Bool = false
    ) throws(ReportError) {
        self.resources = resources
        definition = try AuditDefinition(report: "nightly-audit", resources: resources)
        isMasked = masksPersonalData && definition.masksPersonalData
    }

    /// The name under which the workbook is to be kept and sent: `Сверка 23.11.2026.xlsx`.
    ///
    /// - Parameter report: The report.
    /// - Returns: A name without a folder.
    /// - Throws: ``ReportError`` when the words are missing.
    public func fileName(for report: AuditReport) throws(ReportError) -> String {
        let words = try words(for: report)
        let date = ClockReading(report.finishedAt, in: report.timeZone).date
        let name = words.text("file_name", ["date": words.date(date)])
        // The words may have been changed to anything; a file's name may not.
        return String(name.map { $0 == "/" || $0 == "\\" || $0.isNewline ? "-" : $0 })
    }

    /// Writes the workbook.
    ///
    /// Equal reports give equal bytes.
    ///
    /// - Parameters:
    ///   - report: What to write.
    ///   - file: The file; it appears whole or not at all.
    /// - Throws: ``ReportError`` when control totals differ or words are missing;
    ///   `SpreadsheetError` when the file cannot be written.
    public func write(_ report: AuditReport, to file: URL) throws {
        let words = try words(for: report)
        let totals = try definition.checkedTotals(of: report)
        let rendering = AuditRendering(
            report: isMasked ? report.masked() : report, words: words, definition: definition,
            totals: totals)
        var workbook = try Workbook(
            writingTo: file, createdAt: Int64(report.finishedAt.timeIntervalSince1970),
            title: rendering.title, author: words["author"])
        for sheet in definition.layout.sheets { try rendering.write(sheet, to: &workbook) }
        try workbook.close()
    }

    private func words(for report: AuditReport) throws(ReportError) -> Words {
        try Words(report: definition.name, language: report.language, resources: resources)
    }
}

/// One report on its way into a workbook; each sheet is an extension of it.
struct AuditRendering {
    let report: AuditReport
    let words: Words
    let definition: AuditDefinition
    let totals: [ControlTotal]
    /// The findings that stand, by entity, kind and field.
    let groups: FindingGroups

    init(
        report: AuditReport, words: Words, definition: AuditDefinition, totals: [ControlTotal]
    ) {
        self.report = report
        self.words = words
        self.definition = definition
        self.totals = totals
        groups = FindingGroups(report)
    }

    func write(_ sheet: AuditLayout.Sheet, to workbook: inout Workbook) throws {
        switch sheet {
        case .summary: try writeSummary(to: &workbook)
        case .compared: try writeCompared(to: &workbook)
        case .groups: try writeGroups(to: &workbook)
        case .findings: try writeFindings(to: &workbook)
        case .owners: try writeOwners(to: &workbook)
        case .links: try writeLinkAudit(to: &workbook)
        case .review: try writeDoubtfulPairs(to: &workbook)
        case .duplicates: try writeDuplicates(to: &workbook)
        case .certificates: try writeCertificates(to: &workbook)
        case .method: try writeMethod(to: &workbook)
        }
    }

    var title: String {
        words.text("title", ["left": report.left.title, "right": report.right.title])
    }

    /// What stands at the foot of printed pages.
    var footer: String {
        let date = ClockReading(report.finishedAt, in: report.timeZone).date
        return words.text("printed", ["title": title, "date": words.date(date)])
    }

    /// Everything that a reader must know before the numbers.
    var warnings: [String] { AuditWarnings(report: report, words: words, totals: totals).texts }

    /// What may be said of the night as a whole.
    var claims: AuditClaims { AuditClaims(report: report, words: words) }

    var count: CellStyle { CellStyle.count.with(\.numberFormat, words["formats.count"]) }
    var change: CellStyle { CellStyle.count.with(\.numberFormat, words["formats.change"]) }
    /// Of amounts of the currency in which work is paid.
    var money: CellStyle { amounts(in: report.costs.hourlyCost.currency) }
    var hours: CellStyle { CellStyle.count.with(\.numberFormat, words["formats.hours"]) }
    var date: CellStyle { CellStyle.date.with(\.numberFormat, words["formats.date"]) }
    var dateTime: CellStyle { CellStyle.dateTime.with(\.numberFormat, words["formats.date_time"]) }
    var percent: CellStyle { CellStyle().with(\.numberFormat, words["formats.percent"]) }

    /// An entity's name.
    func title(of entity: EntityName) -> String {
        report.entities.first { $0.definition.name == entity }?
            .definition.title[report.language.rawValue] ?? entity.rawValue
    }

    func heading(_ key: String) -> Cell { .text(words[key], style: .header) }

    /// A column's heading, with the sources' names where it speaks of one.
    func columnHeading(_ key: String) -> String {
        words.text(
            "columns.\(key)", ["left": report.left.title, "right": report.right.title])
    }

    /// Of amounts of a currency, with its sign or its code.
    func amounts(in currency: String) -> CellStyle {
        let sign = words.known("currencies.\(currency)") ?? currency
        return .rubles.with(
            \.numberFormat, words.text("cells.money", ["digits": "", "currency": sign]))
    }

    /// An amount, in its currency.
    func cell(_ money: Money?) -> Cell {
        guard let money else { return .empty }
        return Cell(
            .decimal(units: money.minorUnits, scale: 2), style: amounts(in: money.currency))
    }

    func cell(_ day: CalendarDate) -> Cell {
        Cell(.date(year: day.year, month: day.month, day: day.day), style: date)
    }
}
