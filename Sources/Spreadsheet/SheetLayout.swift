/// What a sheet is before its first row: name, columns, head, print set-up.
public struct SheetLayout: Hashable, Sendable {
    /// One column.
    public struct Column: Hashable, Sendable {
        /// The width in characters of the default font.
        public var width: Double
        /// The look of cells that have no style of their own.
        public var style: CellStyle
        /// Looks by number for all rows below the head; without a head there are none.
        public var rules: [CellRule]

        /// Makes a column.
        public init(width: Double, style: CellStyle = .plain, rules: [CellRule] = []) {
            self.width = width
            self.style = style
            self.rules = rules
        }
    }

    /// The name on the tab; what Excel forbids is replaced, and it is cut to 31 characters.
    public var name: String
    /// The columns, from A on.
    public var columns: [Column]
    /// The head, frozen, repeated on every printed page and on every continuation sheet; empty for
    /// a sheet without one.
    public var header: [Cell]
    /// Whether the head carries filters.
    public var hasFilter: Bool
    /// Whether the last row is a sum or a note, which is neither filtered nor looked at by rules of columns.
    public var endsWithTotal: Bool
    /// Whether readers do not see it unless they ask for it, and it is not printed.
    public var isHidden: Bool
    /// How many columns stay in sight when the reader scrolls to the right.
    public var frozenColumns: Int
    /// Whether it prints on sheets turned on their side.
    public var isLandscape: Bool
    /// How many columns are printed; `nil` for all.
    public var printedColumns: Int?
    /// Whether it is shrunk to one printed page; otherwise to the width of one.
    public var printsOnOnePage: Bool
    /// What stands at the foot of printed pages, on the left.
    public var footer: String
    /// The colour of the tab.
    public var tabColor: RGBColor?
    /// Whether the grid between cells shows.
    public var showsGrid: Bool

    /// Makes a layout.
    public init(
        name: String, columns: [Column], header: [Cell] = [], hasFilter: Bool = false,
        endsWithTotal: Bool = false, isHidden: Bool = false,
        frozenColumns: Int = 0, isLandscape: Bool = true, printedColumns: Int? = nil,
        printsOnOnePage: Bool = false, footer: String = "",
        tabColor: RGBColor? = nil, showsGrid: Bool = true
    ) {
        self.name = name
        self.columns = columns
        self.header = header
        self.hasFilter = hasFilter
        self.endsWithTotal = endsWithTotal
        self.isHidden = isHidden
        self.frozenColumns = frozenColumns
        self.isLandscape = isLandscape
        self.printedColumns = printedColumns
        self.printsOnOnePage = printsOnOnePage
        self.footer = footer
        self.tabColor = tabColor
        self.showsGrid = showsGrid
    }
}
