/// A colour as `0xRRGGBB`.
public struct RGBColor: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The value, `0xRRGGBB`.
    public var rawValue: UInt32

    /// Takes a colour written as `0xRRGGBB`.
    public init(integerLiteral value: UInt32) { rawValue = value & 0xFF_FFFF }
}

/// How a cell looks.
///
/// Styles are values: equal ones share one format in the file.
public struct CellStyle: Hashable, Sendable {
    /// Where the content stands between left and right.
    public enum Alignment: Hashable, Sendable {
        /// As Excel does by type: numbers right, texts left.
        case byType
        /// At the left edge.
        case left
        /// In the middle.
        case center
        /// At the right edge.
        case right
    }

    /// Whether the text is bold.
    public var isBold = false
    /// Whether the text is italic.
    public var isItalic = false
    /// The size of the text in points.
    public var pointSize = 10.0
    /// The colour of the text; `nil` is the reader's default.
    public var textColor: RGBColor?
    /// The colour behind the text.
    public var background: RGBColor?
    /// Whether long texts go on in further lines.
    public var isWrapped = false
    /// Where the content stands between left and right.
    public var alignment = Alignment.byType
    /// Whether the content stands a little away from the edge that it is aligned to.
    public var isIndented = false
    /// Whether a thin line surrounds the cell.
    public var hasBorder = false
    /// How a number or date is written, in Excel's notation: `#,##0.00`.
    public var numberFormat: String?
    /// Whether it looks like a link.
    public var isUnderlined = false

    /// Makes a plain style.
    public init() {}

    /// The style with a change.
    public func with<Value>(_ property: WritableKeyPath<Self, Value>, _ value: Value) -> Self {
        var copy = self
        copy[keyPath: property] = value
        return copy
    }
}

extension CellStyle {
    /// Text without anything to it, standing at the top of its row.
    public static let plain = CellStyle()
    /// Text that goes on in further lines.
    public static let wrapped = CellStyle().with(\.isWrapped, true)
    /// The head of a column.
    public static let header = CellStyle().with(\.isBold, true).with(\.isWrapped, true)
        .with(\.background, 0x1F_3A5F).with(\.textColor, 0xFF_FFFF).with(\.hasBorder, true)
    /// The name of a sheet, above everything.
    public static let title = CellStyle().with(\.isBold, true).with(\.pointSize, 16)
        .with(\.textColor, 0x1F_3A5F)
    /// The head of a part of a sheet.
    public static let section = CellStyle().with(\.isBold, true).with(\.pointSize, 12)
        .with(\.textColor, 0x1F_3A5F)
    /// What may be overlooked.
    public static let muted = CellStyle().with(\.textColor, 0x6B_7280)
    /// A warning that must not be overlooked.
    public static let alarm = CellStyle().with(\.isBold, true).with(\.isWrapped, true)
        .with(\.background, 0xFD_E2E1).with(\.textColor, 0x8B_0000)
    /// The left one of two values that differ.
    public static let differingLeft = CellStyle.wrapped.with(\.background, 0xFF_F2CC)
    /// The right one of two values that differ.
    public static let differingRight = CellStyle.wrapped.with(\.background, 0xDD_EBF7)
    /// The colour of something that costs money.
    public static let error = CellStyle().with(\.background, 0xF8_CBAD).with(\.textColor, 0x7F_1D1D)
    /// The colour of something worth mending.
    public static let warning = CellStyle().with(\.background, 0xFF_E699)
        .with(\.textColor, 0x66_4D00)
    /// The colour of something worth knowing.
    public static let info = CellStyle().with(\.background, 0xE7_E6E6)
    /// A link.
    public static let link = CellStyle().with(\.textColor, 0x05_63C1).with(\.isUnderlined, true)
    /// A whole number with grouped thousands: `1 234` where the reader's country writes it so.
    public static let count = CellStyle().with(\.numberFormat, "#,##0")
    /// An amount of rubles.
    public static let rubles = CellStyle().with(\.numberFormat, "#,##0.00\\ \"₽\"")
    /// A day as Russians write it.
    public static let date = CellStyle().with(\.numberFormat, "dd\\.mm\\.yyyy")
        .with(\.alignment, .left)
    /// A time as Russians write it.
    public static let dateTime = CellStyle().with(\.numberFormat, "dd\\.mm\\.yyyy\\ hh:mm")
        .with(\.alignment, .left)
}
