internal import Records

/// The letter that goes with a report: subject, text and HTML, from the templates of its name.
public struct ReportLetter: Hashable, Sendable {
    /// The subject, one line.
    public let subject: String
    /// The text for readers without HTML.
    public let text: String
    /// The text for readers with HTML.
    public let html: String

    /// What a letter says of a file that goes with it.
    public struct File: Hashable, Sendable {
        /// The attached files' names, one but for tables as CSV; empty when none is attached.
        public var attached: [String]
        /// Where it also lies, a path or an address.
        public var place: String?

        /// Makes what is said of a file.
        public init(attached: [String] = [], place: String? = nil) {
            self.attached = attached
            self.place = place
        }
    }

    /// Rows of a table that a letter can show at most: mail programs cut what is too long.
    public static let rowCountMax = 40

    /// Renders the letter of a report.
    ///
    /// Equal documents give equal letters.
    ///
    /// - Parameters:
    ///   - definition: The report.
    ///   - document: The report laid out.
    ///   - file: What is said of the file that goes with it.
    ///   - masksPersonalData: Whether personal data are shortened, unless the definition says that
    ///     they never are.
    ///   - resources: Where the templates are.
    /// - Throws: ``ReportError`` when a template is missing or names something that there is not.
    public init(
        _ definition: ReportDefinition, _ document: ReportDocument, file: File,
        masksPersonalData: Bool = true, resources: ReportResources
    ) throws(ReportError) {
        let templates = try MailTemplates(
            mail: definition.name, language: document.words.language, resources: resources)
        let context = LetterContext(definition, document, masks: masksPersonalData)
        (subject, text, html) = try templates.checkedRender(
            context.values(file: file), rowNames: context.rowNames)
    }

    /// Whether a report has nothing to say, so that its definition wants no mail.
    ///
    /// - Parameters:
    ///   - definition: The report.
    ///   - data: Its tables.
    /// - Returns: Whether all tables that it names under `skip_if_empty` are empty.
    public static func isSkipped(_ definition: ReportDefinition, _ data: ReportData) -> Bool {
        guard let tables = definition.mail?.skippedIfEmpty, !tables.isEmpty else { return false }
        return tables.allSatisfy(data.isEmpty)
    }

    /// Whether a report has nothing to say, so that whoever wants no such report is spared it.
    ///
    /// - Parameters:
    ///   - definition: The report.
    ///   - data: Its tables, or those of one part.
    /// - Returns: Whether all tables that it names under `mail: empty` are empty.
    public static func isEmpty(_ definition: ReportDefinition, _ data: ReportData) -> Bool {
        guard let tables = definition.mail?.emptyTables, !tables.isEmpty else { return false }
        return tables.allSatisfy(data.isEmpty)
    }
}

/// What the templates of a letter may show.
///
/// Everything is worded here; templates choose and arrange.
private struct LetterContext {
    private let definition: ReportDefinition
    private let document: ReportDocument
    private let values: ValueWriter

    init(_ definition: ReportDefinition, _ document: ReportDocument, masks: Bool) {
        self.definition = definition
        self.document = document
        var values = document.values
        values.masks = masks && definition.isMaskedOutside
        self.values = values
    }

    /// The names in the rows of tables, also of empty ones.
    var rowNames: [String: Set<String>] {
        var names: [String: Set<String>] = [:]
        for (name, _, table) in tables {
            names[name] = Set(
                table.columns.flatMap { [$0, "has_\($0)", "is_\($0)", "knows_\($0)"] })
        }
        return names
    }

    /// The tables by the names of templates, `totals` and `totals_before`, each with the name of the
    /// table that the definition declares.
    private var tables: [(name: String, origin: String, table: ReportTable)] {
        document.data.tables.map { key, table in
            let origin = key.split(separator: "@").first.map(String.init) ?? key
            return (key.replacing("@", with: "_"), origin, table)
        }
    }

    func values(file: ReportLetter.File) -> [String: Any] {
        let request = document.data.request
        var values: [String: Any] = [
            "title": document.title, "company": request.company,
            "has_company": !request.company.isEmpty,
            "period": self.values.period(request.period),
            "made": document.words.time(request.madeAt, in: request.timeZone),
            "left": request.names.sides[.left] ?? "", "right": request.names.sides[.right] ?? "",
            "has_warnings": !document.warnings.isEmpty,
            "warnings": document.warnings.map { ["text": $0] },
            "has_workbook": !file.attached.isEmpty, "has_several": file.attached.count > 1,
            "workbook": file.attached.joined(separator: ", "),
            "has_place": file.place != nil, "place": file.place ?? "",
            "texts": texts(), "figures": figures(),
        ]
        for (name, origin, table) in tables {
            let rows = table.rows.prefix(ReportLetter.rowCountMax)
            values[name] = rows.map { row(ReportRow(columns: table.columns, values: $0), origin) }
            values["has_\(name)"] = !table.rows.isEmpty
            values["\(name)_count"] = document.words.number(table.rows.count)
            values["has_rest_of_\(name)"] = table.rows.count > rows.count
            values["rest_of_\(name)"] = document.words.number(table.rows.count - rows.count)
        }
        return values
    }

    /// A row of a table in the formats that the definition declares for its columns.
    private func row(_ row: ReportRow, _ origin: String) -> [String: Any] {
        let formats = definition.table(origin)?.columns ?? [:]
        var values: [String: Any] = [:]
        for (column, value) in zip(row.columns, row.values) {
            let text = OneLine.text(
                self.values.text(value, formats[column], row), lengthMax: 160)
            values[column] = text
            values["has_\(column)"] = !text.isEmpty
            values["is_\(column)"] = value == .boolean(true)
            values["knows_\(column)"] = value.number != nil
        }
        return values
    }

    /// The texts of the sheets, by the key of their first part.
    private func texts() -> [String: Any] {
        let filler = TextFiller(
            definition: definition, words: document.words, data: document.data, value: nil,
            masks: values.masks)
        var texts: [String: Any] = [:]
        for sheet in definition.sheets where sheet.repetition == nil {
            for case .text(let block) in sheet.blocks {
                guard let key = block.parts.first?.words else { continue }
                let lines = block.isShown(document.data) ? try? filler.lines(block) : nil
                texts[key.replacing(".", with: "_")] = lines?.joined(separator: "\n") ?? ""
            }
        }
        return texts
    }

    /// The figures of the sheets, one below the other.
    private func figures() -> [[String: Any]] {
        var figures: [[String: Any]] = []
        for sheet in document.sheets {
            for case .grid(let grid) in sheet.parts where grid.name == "figures" {
                for index in 0..<grid.rowCount {
                    let cells = grid.row(index)
                    let texts = cells.map {
                        values.text($0.value, $0.format, $0.row, isChange: $0.isChange)
                    }
                    let change = cells.count > 3 ? cells[3] : nil
                    figures.append([
                        "label": texts[0], "value": texts[1],
                        "before": cells.count > 2 ? texts[2] : "",
                        "has_before": cells.count > 2 && cells[2].value != .empty,
                        "change": cells.count > 3 ? texts[3] : "",
                        "has_change": change.map { $0.value != .empty } ?? false,
                        "is_good": change?.look == .good, "is_bad": change?.look == .error,
                    ])
                }
            }
        }
        return figures
    }
}

/// Texts for places that take one line.
enum OneLine {
    /// A text in one line, without what no mail program can show, cut with an ellipsis.
    static func text(_ text: String, lengthMax: Int) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF:
                if line.last != " " { line.append(" ") }
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line.count > lengthMax ? line.prefix(lengthMax - 1) + "…" : line
    }
}
