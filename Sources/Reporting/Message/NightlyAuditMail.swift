internal import Records

/// The nightly audit as a mail: what changed, the ten worst findings, where the workbook is.
public struct NightlyAuditMail: Sendable {
    /// A mail's three texts.
    public struct Letter: Hashable, Sendable {
        /// The subject, one line.
        public var subject: String
        /// The text for readers without HTML.
        public var text: String
        /// The text for readers with HTML, at most ``NightlyAuditMail/htmlByteCountMax`` bytes.
        public var html: String
    }

    /// The size at which mail programs begin to cut: Gmail at 102 kilobytes.
    public static let htmlByteCountMax = 100_000

    private let definition: AuditDefinition
    private let resources: ReportResources

    /// Reads the report's definition.
    ///
    /// - Parameters:
    ///   - resources: Where `reports` and `templates` are.
    ///   - masksPersonalData: Whether names and contacts of persons are shortened; `nil` for what the
    ///     definition says.
    /// - Throws: ``ReportError`` when a file is missing or not understood.
    public init(
        resources: ReportResources, masksPersonalData: Bool? = nil
    ) throws(ReportError) {
        self.resources = resources
        var definition = try AuditDefinition(report: "nightly-audit", resources: resources)
        if let masksPersonalData { definition.masksPersonalData = masksPersonalData }
        self.definition = definition
    }

    /// Renders the texts.
    ///
    /// Equal reports give equal texts.
    ///
    /// - Parameters:
    ///   - report: What to say.
    ///   - workbookName: The attached workbook's name; `nil` when none is attached.
    ///   - workbookPlace: Where the workbook also lies, a path or an address; `nil` for nowhere.
    /// - Returns: The three texts.
    /// - Throws: ``ReportError`` when control totals differ, or words or templates are missing.
    public func letter(
        for report: AuditReport, workbookName: String?, workbookPlace: String? = nil
    ) throws(ReportError) -> Letter {
        let words = try Words(
            report: definition.name, language: report.language, resources: resources)
        let templates = try MailTemplates(
            mail: definition.name, language: report.language, resources: resources)
        let totals = try definition.checkedTotals(of: report)
        // Long names are cut to fit; should that not do, fewer findings are listed.
        var limit = definition.worstFindings
        while true {
            var context = MailContext(
                report: report, words: words, definition: definition, totals: totals,
                limit: limit)
            let values = context.values(name: workbookName, place: workbookPlace)
            let (subject, text, html) = try templates.checkedRender(
                values, rowNames: MailContext.rowNames)
            if html.utf8.count <= Self.htmlByteCountMax || limit == 0 {
                return Letter(subject: subject, text: text, html: html)
            }
            limit /= 2
        }
    }
}
