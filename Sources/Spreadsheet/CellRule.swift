/// A look that a reader's program gives to cells by their numbers, and keeps giving when they change.
public enum CellRule: Hashable, Sendable {
    /// How a number is compared.
    public enum Comparison: Hashable, Sendable {
        /// Greater than.
        case greater
        /// Greater than, or equal to.
        case atLeast
        /// Less than.
        case less
        /// Less than, or equal to.
        case atMost
        /// Equal to.
        case equal
    }

    /// A bar behind the number, as long as the number is large.
    case bars(RGBColor)
    /// The colours of a style where the number compares so.
    case comparison(Comparison, Double, CellStyle)
}
