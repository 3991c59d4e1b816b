/// One cell of a sheet: what it holds, with its type, and how it looks.
public struct Cell: Hashable, Sendable {
    /// What a cell holds.
    ///
    /// A text is always a text: one that begins with `=` is no formula.
    public enum Content: Hashable, Sendable {
        /// Nothing; the style still shows.
        case empty
        /// A text; what XML cannot hold is left out, what Excel cannot hold is cut.
        case text(String)
        /// A text of which parts look different.
        case runs([TextRun])
        /// A whole number; beyond fifteen digits it becomes a text, since Excel keeps no more.
        case integer(Int64)
        /// A decimal number, `units` divided by ten to the power of `scale`; exact to fifteen
        /// digits, a text beyond.
        case decimal(units: Int64, scale: Int)
        /// Yes or no.
        case boolean(Bool)
        /// A day.
        case date(year: Int, month: Int, day: Int)
        /// A wall-clock time; a workbook knows no zones.
        case dateTime(WallClock)
        /// A text that opens an `http`, `https` or `mailto` address; plain text where the address
        /// or the number of links exceeds what Excel takes, or the address is of another kind.
        case link(address: String, text: String)
    }

    /// What the cell holds.
    public var content: Content
    /// How it looks; `nil` takes the column's style.
    public var style: CellStyle? {
        get { look?.style }
        set { look = newValue.map(Look.init) }
    }
    /// Apart, since few cells have one and all are copied.
    private var look: Look?

    /// Whether it has a style of its own.
    var hasStyle: Bool { look != nil }

    /// Makes a cell.
    ///
    /// - Parameters:
    ///   - content: What it holds.
    ///   - style: How it looks; `nil` takes the column's style.
    public init(_ content: Content, style: CellStyle? = nil) {
        self.content = content
        look = style.map(Look.init)
    }

    /// An empty cell.
    public static let empty = Cell(.empty)

    /// A cell of text.
    public static func text(_ text: String, style: CellStyle? = nil) -> Cell {
        Cell(.text(text), style: style)
    }

    /// A cell of a whole number.
    public static func integer(_ number: Int, style: CellStyle? = nil) -> Cell {
        Cell(.integer(Int64(number)), style: style)
    }
}

/// A style that cells share.
private final class Look: Hashable, Sendable {
    let style: CellStyle

    init(_ style: CellStyle) { self.style = style }

    static func == (one: Look, other: Look) -> Bool { one === other || one.style == other.style }

    func hash(into hasher: inout Hasher) { hasher.combine(style) }
}

/// A time as a clock on the wall shows it.
public struct WallClock: Hashable, Sendable {
    /// The year, 1900 to 9999.
    public let year: Int32
    /// The month, 1 to 12.
    public let month: Int8
    /// The day of the month.
    public let day: Int8
    /// The hour, 0 to 23.
    public let hour: Int8
    /// The minute, 0 to 59.
    public let minute: Int8
    /// The second, 0 to 59.
    public let second: Int8

    /// Makes a time.
    public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        self.year = Int32(year)
        self.month = Int8(month)
        self.day = Int8(day)
        self.hour = Int8(hour)
        self.minute = Int8(minute)
        self.second = Int8(second)
    }
}

/// A part of a cell's text with a look of its own.
public struct TextRun: Hashable, Sendable {
    /// The text; an empty run is left out.
    public var text: String
    /// Whether it is the part that a reader must see: bold, in ``emphasisColor``.
    public var isEmphasized: Bool

    /// The colour of emphasised parts.
    public static let emphasisColor: RGBColor = 0xC0_0000

    /// Makes a run.
    public init(_ text: String, isEmphasized: Bool = false) {
        self.text = text
        self.isEmphasized = isEmphasized
    }
}
