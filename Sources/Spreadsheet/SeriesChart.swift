/// A chart of one or more series, whose numbers are cells of any sheet of the workbook.
public struct SeriesChart: Hashable, Sendable {
    /// How the series are drawn.
    public enum Kind: Hashable, Sendable {
        /// Bars lying on their side, the first row on top.
        case bars
        /// Standing bars, those of a row beside each other.
        case columns
        /// Standing bars on top of each other: with an invisible series below, the steps of a
        /// waterfall.
        case stackedColumns
        /// Lines.
        case lines
    }

    /// One column of numbers.
    public struct Series: Hashable, Sendable {
        /// What the legend calls it.
        public var name: String
        /// The column with its numbers.
        public var column: Int
        /// Its colour; `nil` for one that is not to be seen and only lifts the others.
        public var color: RGBColor?
        /// Whether the legend names it.
        public var isInLegend: Bool

        /// Makes a series.
        public init(name: String, column: Int, color: RGBColor?, isInLegend: Bool = true) {
            self.name = name
            self.column = column
            self.color = color
            self.isInLegend = isInLegend
        }
    }

    /// How the series are drawn.
    public var kind: Kind
    /// What stands above it.
    public var title: String
    /// The sheet with its numbers.
    public var sheetName: String
    /// The rows with its numbers, counted from zero.
    public var rows: ClosedRange<Int>
    /// The column with the rows' names.
    public var nameColumn: Int
    /// The columns of numbers.
    public var series: [Series]
    /// How numbers are written, in Excel's notation.
    public var numberFormat: String
    /// Whether each number stands beside its bar.
    public var hasLabels: Bool
    /// The row at which its upper left corner stands.
    public var atRow: Int
    /// The column at which its upper left corner stands.
    public var atColumn: Int
    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int

    /// Makes a chart.
    public init(
        _ kind: Kind, title: String, sheetName: String, rows: ClosedRange<Int>, nameColumn: Int,
        series: [Series], numberFormat: String = "#,##0", hasLabels: Bool = false, atRow: Int,
        atColumn: Int, width: Int, height: Int
    ) {
        self.kind = kind
        self.title = title
        self.sheetName = sheetName
        self.rows = rows
        self.nameColumn = nameColumn
        self.series = series
        self.numberFormat = numberFormat
        self.hasLabels = hasLabels
        self.atRow = atRow
        self.atColumn = atColumn
        self.width = width
        self.height = height
    }
}
