/// The keys of ``Records/Finding/reason``; templates hold the texts for people.
///
/// An `invalid` finding's reason is a raw value of `IdentifierDefect` or one of the three at the end.
public enum FindingReason {
    /// A record without counterpart.
    public static let noCounterpart = "no_counterpart"
    /// Both sides have a value, and they differ.
    public static let differs = "differs"
    /// Both sides have an amount, and the currencies differ, whatever the numbers.
    public static let currencyDiffers = "currency_differs"
    /// Lines of a document differ in more than one way.
    public static let linesDiffer = "lines_differ"
    /// Lines of a document have another quantity.
    public static let lineQuantity = "line_quantity"
    /// Lines of a document have another price.
    public static let linePrice = "line_price"
    /// Lines of a document have another rate of VAT.
    public static let lineVAT = "line_vat"
    /// Lines that only the left document has.
    public static let lineOnlyLeft = "line_only_left"
    /// Lines that only the right document has.
    public static let lineOnlyRight = "line_only_right"
    /// Only the left side has a value.
    public static let onlyLeft = "only_left"
    /// Only the right side has a value.
    public static let onlyRight = "only_right"
    /// Records of one source that are the same thing.
    public static let sameThing = "same_thing"
    /// An explicit id that no record has.
    public static let pointsNowhere = "points_nowhere"
    /// An explicit id of a record that is marked as deleted.
    public static let pointsToDeleted = "points_to_deleted"
    /// Linked by an explicit id, but with another valid identity.
    public static let otherTaxpayer = "other_taxpayer"
    /// Several records that are not duplicates carry the same explicit id.
    public static let claimedTwice = "claimed_twice"
    /// A text in a telephone field that cannot be dialled.
    public static let notAPhone = "not_a_phone"
    /// A text in an e-mail field that is no address.
    public static let notAnEmail = "not_an_email"
    /// A number below those that are possible: a price of zero.
    public static let tooSmall = "too_small"
}
