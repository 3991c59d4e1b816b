internal import Definitions

/// What `reports/nightly-audit/report.yaml` says: sheets, columns, control totals, limits of the mail.
struct AuditDefinition: Sendable {
    /// What a column of findings shows.
    enum Source: String, CaseIterable, Sendable {
        case entity, severity, kind, state, title, field, reason, advice, side, owner, evidence,
            fingerprint, number
        case leftID = "left_id"
        case rightID = "right_id"
        case leftValue = "left_value"
        case rightValue = "right_value"
        case leftRecord = "left_record"
        case rightRecord = "right_record"
        case firstSeen = "first_seen"
        case daysOpen = "days_open"
        case atStake = "at_stake"
    }

    /// How a column shows it.
    enum Format: String, CaseIterable, Sendable {
        case word, text, value, link, date, count, money, code
    }

    struct Column: Sendable {
        let source: Source
        let format: Format
        let width: Double
    }

    /// What happens when a control total differs.
    enum Consequence: String, CaseIterable, Sendable {
        case refuse, warn
    }

    let name: String
    let question: [String: String]
    let layout: AuditLayout
    let columns: [Column]
    /// How many of the columns are printed, from the first on; `nil` for those before the first that
    /// only a program's author wants to know.
    let printedColumns: Int?
    let markedRows: Int
    /// Owners who get a sheet of their own, those with most findings first.
    let ownerSheetsMax: Int
    let controlTotals: [(name: String, consequence: Consequence)]
    let worstFindings: Int
    var masksPersonalData: Bool

    /// Reads a report's definition.
    init(report: String, resources: ReportResources) throws(ReportError) {
        let path = "reports/\(report)/report.yaml"
        let text = try resources.text(of: path)
        do {
            let root = try YAMLNode(parsing: text, file: path)
            try self.init(root)
        } catch {
            throw ReportError(error)
        }
    }

    private init(_ root: YAMLNode) throws(DefinitionError) {
        try root.allow(keys: [
            "report", "question", "period", "workbook", "summary", "compared", "findings",
            "control_totals", "mail",
        ])
        name = try root.required("report").text()
        var question: [String: String] = [:]
        for (key, value) in try root.required("question").pairs() {
            question[key.value] = try value.text()
        }
        self.question = question
        layout = try AuditLayout(root)

        let findings = try root.required("findings")
        try findings.allow(keys: ["columns", "printed_columns", "marked_rows", "owner_sheets"])
        var columns: [Column] = []
        for item in try findings.required("columns").items() {
            try item.allow(keys: ["source", "format", "width"])
            columns.append(
                Column(
                    source: try item.required("source").choice(of: Source.self),
                    format: try item.required("format").choice(of: Format.self),
                    width: try item.required("width").number()))
        }
        self.columns = columns
        let printed = try findings.optional("printed_columns")
        printedColumns = try printed?.integer()
        if let printed, let printedColumns, !(1...columns.count).contains(printedColumns) {
            throw printed.error("'printed_columns' is 1 to \(columns.count)")
        }
        markedRows = try findings.required("marked_rows").integer()
        ownerSheetsMax = try findings.optional("owner_sheets")?.integer() ?? 30

        var totals: [(name: String, consequence: Consequence)] = []
        for item in try root.required("control_totals").items() {
            try item.allow(keys: ["name", "otherwise"])
            totals.append(
                (
                    try item.required("name").choice(of: ControlTotal.Name.self).rawValue,
                    try item.required("otherwise").choice(of: Consequence.self)
                ))
        }
        controlTotals = totals

        let mail = try root.required("mail")
        try mail.allow(keys: ["worst_findings", "mask_personal_data"])
        worstFindings = try mail.required("worst_findings").integer()
        masksPersonalData = try mail.required("mask_personal_data").boolean()
    }

    /// The control totals of a report that it asks for, with what happens where they differ.
    ///
    /// - Throws: ``ReportError/controlTotalsDiffer(report:names:)`` when one that must agree does
    ///   not.
    func checkedTotals(of report: AuditReport) throws(ReportError) -> [ControlTotal] {
        let totals = ControlTotal.all(of: report).filter { total in
            controlTotals.contains { $0.name == total.name }
        }
        let fatal = totals.filter { total in
            !total.agrees
                && controlTotals.contains { $0.name == total.name && $0.consequence == .refuse }
        }
        guard fatal.isEmpty else {
            throw .controlTotalsDiffer(
                report: name,
                names: fatal.map { "\($0.name): expected \($0.expected), got \($0.actual)" })
        }
        return totals
    }
}
