/// A report laid out: sheets of words, grids and charts, in one language, before it is drawn as a
/// workbook, a page or text files.
public struct ReportDocument: Sendable {
    /// What stands above it.
    public let title: String
    /// The name of its file without an ending: `Обмен за октябрь 2026`.
    public let fileName: String
    /// What a reader must know before the numbers: control totals that differ.
    public let warnings: [String]
    let sheets: [ReportSheet]
    let data: ReportData
    let words: Words
    /// Whether personal data are shortened.
    let isMasked: Bool

    /// Lays a report out.
    ///
    /// - Parameters:
    ///   - definition: The report.
    ///   - data: Its tables.
    ///   - masksPersonalData: Whether personal data are shortened, as in what leaves the house, unless
    ///     the definition says that they never are.
    ///   - resources: Where the words are.
    /// - Throws: ``ReportError`` when control totals differ, words are missing, or a sheet names a
    ///   column that a table does not have.
    public init(
        _ definition: ReportDefinition, _ data: ReportData, masksPersonalData: Bool = false,
        resources: ReportResources
    ) throws(ReportError) {
        let words = try Words(
            report: definition.name, language: data.request.language, resources: resources)
        let totals = try definition.checkedTotals(of: data)
        isMasked = masksPersonalData && definition.isMaskedOutside
        let layout = ReportLayout(definition: definition, words: words, masks: isMasked)
        self.data = data
        self.words = words
        title = try layout.filled("title", data)
        fileName = try FileName.clean(layout.filled("file_name", data))
        warnings = totals.filter { !$0.agrees }.map { total in
            words.text(
                "control_total_differs",
                [
                    "control": words["control_totals.\(total.name)"],
                    "expected": total.expected.key, "actual": total.actual.key,
                ])
        }
        var sheets: [ReportSheet] = []
        for sheet in definition.sheets { sheets += try layout.sheets(sheet, data) }
        self.sheets = sheets
    }

    /// The foot of printed pages.
    var footer: String {
        let date = ClockReading(data.request.madeAt, in: data.request.timeZone).date
        return words.text("printed", ["title": title, "date": words.date(date)])
    }

    /// Writes single values.
    var values: ValueWriter {
        ValueWriter(words: words, request: data.request, masks: isMasked)
    }
}

/// One sheet, laid out.
struct ReportSheet: Sendable {
    let name: String
    let parts: [Part]
    let widths: [Double]
    let printsOnOnePage: Bool

    enum Part: Sendable {
        case text(String, TextBlock.Look)
        case grid(Grid)
        case chart(ChartData)
    }

    /// The grid of a sheet that is nothing else.
    var onlyGrid: Grid? {
        guard parts.count == 1, case .grid(let grid) = parts[0], grid.title == nil else {
            return nil
        }
        return grid
    }
}

/// Rows under headings: of a table, or of figures.
struct Grid: Sendable {
    struct Column: Sendable {
        let heading: String
        let width: Double
        /// Where numbers stand; the heading stands over them.
        let isNumeric: Bool
        var hasBars = false
        var highlights: [Highlight] = []
        /// How cells with these values look.
        var looks: [String: Highlight.Look] = [:]

        /// How a value looks; highlighted numbers are left to the reader's program.
        func look(of value: ReportValue) -> Highlight.Look? {
            looks.isEmpty ? nil : looks[value.key]
        }
    }

    /// What a cell shows.
    struct Cell: Sendable {
        var value: ReportValue
        var format: ColumnFormat?
        /// The row that it is of, for its neighbours' currency or address.
        var row: ReportRow?
        /// A difference, with its sign.
        var isChange = false
        var look: Highlight.Look?
    }

    /// Where the cells come from: large tables are not copied into cells.
    enum Content: Sendable {
        case table(ReportTable, [Source])
        case cells([[Cell]])
    }

    /// A column of a table and how it is written.
    struct Source: Sendable {
        let index: Int
        let format: ColumnFormat?
    }

    let title: String?
    let columns: [Column]
    let content: Content
    /// What stands below the rows.
    let total: [Cell?]?
    let hasFilter: Bool
    /// What stands there when there are no rows.
    let empty: String
    /// A name for files: the table's, or `figures`.
    let name: String

    var rowCount: Int {
        switch content {
        case .table(let table, _): table.rows.count
        case .cells(let rows): rows.count
        }
    }

    /// The cells of a row.
    func row(_ index: Int) -> [Cell] {
        switch content {
        case .table(let table, let sources):
            let row = ReportRow(columns: table.columns, values: table.rows[index])
            return zip(sources, columns).map { source, column in
                let value = row.values[source.index]
                return Cell(
                    value: value, format: source.format, row: row,
                    look: column.look(of: value))
            }
        case .cells(let rows):
            return rows[index]
        }
    }
}

/// A chart with its numbers.
struct ChartData: Sendable {
    let kind: ChartBlock.Kind
    let title: String
    let seriesNames: [String]
    /// One name a row, and a value for each series.
    let table: ReportTable
    let names: Grid.Source
    let values: [Grid.Source]
    let width: Int
    let height: Int
}

extension Highlight {
    /// Whether a value is meant.
    func fits(_ value: ReportValue) -> Bool {
        guard let value = value.number else { return false }
        return switch comparison {
        case .greater: value > number
        case .atLeast: value >= number
        case .less: value < number
        case .atMost: value <= number
        case .equal: value == number
        }
    }
}

/// Names of files as every system takes them.
enum FileName {
    static func clean(_ name: String) -> String {
        let forbidden: Set<Character> = ["/", "\\", ":", "*", "?", "\"", "<", ">", "|"]
        var clean = String(name.map { forbidden.contains($0) || $0.isNewline ? "-" : $0 })
        // A file system counts bytes: 255 with the ending.
        while clean.utf8.count > 200 { clean.removeLast() }
        return clean.isEmpty ? "report" : clean
    }
}
