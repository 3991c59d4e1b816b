/// One sheet of a report: blocks from top to bottom.
struct SheetDefinition: Sendable {
    /// The key of its title below `sheets` in the words.
    let title: String
    let blocks: [Block]
    /// The columns' widths; those of its tables when empty.
    let widths: [Double]
    /// Whether it is printed on one page; otherwise to the width of one.
    let printsOnOnePage: Bool
    /// A sheet for each value of a column.
    let repetition: Repetition?
    /// A table without which there is no sheet.
    let condition: String?

    /// A sheet for each value of a column, in which the table holds the rows of that value only.
    struct Repetition: Sendable {
        let table: String
        let column: String
        let sheetCountMax: Int
    }
}

/// A part of a sheet.
enum Block: Sendable {
    case text(TextBlock)
    case figures(FiguresBlock)
    case table(TableBlock)
    case chart(ChartBlock)
}

/// Words, with numbers put in.
struct TextBlock: Sendable {
    /// How a text looks.
    enum Look: String, CaseIterable, Sendable {
        case plain, title, section, note, warning
    }

    /// One sentence, or one for each row of a table.
    struct Part: Sendable {
        let words: String
        let each: String?
    }

    let parts: [Part]
    let separator: String
    let look: Look
    /// A table without whose rows the text is left out.
    let condition: String?
    /// A table with whose rows the text is left out.
    let exclusion: String?

    /// Whether there is something to say.
    func isShown(_ data: ReportData) -> Bool {
        condition.map { !data.isEmpty($0) } ?? true && exclusion.map(data.isEmpty) ?? true
    }
}

/// Numbers one below the other, each with what it was.
struct FiguresBlock: Sendable {
    /// Which way of a number is the good one.
    enum Direction: String, CaseIterable, Sendable {
        case up, down, neither
    }

    struct Figure: Sendable {
        /// The key of its label below `figures` in the words.
        let label: String
        let value: CellReference
        let format: ColumnFormat?
        let better: Direction
    }

    let title: String?
    let figures: [Figure]
    let comparisons: [ReportComparison]
}

/// Rows of a table.
struct TableBlock: Sendable {
    struct Column: Sendable {
        let source: String
        /// The key of its heading in the words; `columns.<source>` when absent.
        let title: String?
        let width: Double?
        let format: ColumnFormat?
        /// Whether a bar in each cell shows how large it is.
        let hasBars: Bool
        let highlights: [Highlight]
        /// How cells with these values look.
        let looks: [String: Highlight.Look]
    }

    /// A column to sort by.
    struct Order: Sendable {
        let column: String
        let isDescending: Bool
    }

    let table: String
    let title: String?
    let columns: [Column]
    let order: [Order]
    /// Values a column may have; others are left out.
    let conditions: [String: Set<String>]
    let rowCountMax: Int?
    /// Columns that are summed below the last row.
    let totals: Set<String>
    let hasFilter: Bool
    /// The words' key of what stands there when no row does.
    let empty: String?
}

/// A look that a cell gets when its number compares so.
struct Highlight: Sendable {
    enum Comparison: String, CaseIterable, Sendable {
        case greater = ">"
        case atLeast = ">="
        case less = "<"
        case atMost = "<="
        case equal = "="
    }

    enum Look: String, CaseIterable, Sendable {
        case error, warning, good, muted
    }

    let comparison: Comparison
    let number: Double
    let look: Look
}

/// A chart of a table's rows.
struct ChartBlock: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Bars lying on their side.
        case bar
        /// Standing bars.
        case column
        /// Lines, one for each column of values.
        case line
        /// Steps from one sum to the next; a row whose value is absent shows the sum so far.
        case waterfall
    }

    let kind: Kind
    let table: String
    /// The words' key of its title.
    let title: String
    /// The column with names or dates.
    let names: String
    /// The columns with numbers.
    let values: [String]
    let width: Int
    let height: Int
}
