/// A chart of bars lying on their side: one number a row.
public struct BarChart: Hashable, Sendable {
    /// What stands above it.
    public var title: String
    /// The rows with one bar each, counted from zero.
    public var rows: ClosedRange<Int>
    /// The column with the bars' names.
    public var nameColumn: Int
    /// The column with the numbers.
    public var valueColumn: Int
    /// The colour of the bars.
    public var color: RGBColor
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
        title: String, rows: ClosedRange<Int>, nameColumn: Int, valueColumn: Int, color: RGBColor,
        atRow: Int, atColumn: Int, width: Int = 480, height: Int = 260
    ) {
        self.title = title
        self.rows = rows
        self.nameColumn = nameColumn
        self.valueColumn = valueColumn
        self.color = color
        self.atRow = atRow
        self.atColumn = atColumn
        self.width = width
        self.height = height
    }
}
