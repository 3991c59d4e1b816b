/// What a record says in one field.
///
/// An empty field has no value (`nil`), never an empty text.
public enum FieldValue: Hashable, Sendable {
    /// One text, trimmed, as the source wrote it otherwise.
    case text(String)
    /// Several texts of a field that is `multiple`, in the source's order; never empty.
    case texts([String])
    /// Yes or no.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// An exact decimal number.
    case quantity(Quantity)
    /// An amount of money.
    case money(Money)
    /// A day.
    case date(CalendarDate)
    /// A moment, in whole seconds since 1970-01-01T00:00:00Z.
    case instant(epochSeconds: Int64)
}

extension FieldValue {
    /// The texts of the value: one, several, or none when it is not of text.
    public var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        default: []
        }
    }

    /// Hands over each text of the value, without making a list of them; a value that is not of text
    /// is not handed over.
    public func forEachText(_ body: (String) -> Void) {
        switch self {
        case .text(let text): body(text)
        case .texts(let texts): for text in texts { body(text) }
        default: break
        }
    }

    /// Hands over each text of the value, or what stands for it.
    public func forEachPlainText(_ body: (String) -> Void) {
        switch self {
        case .text(let text): body(text)
        case .texts(let texts): for text in texts { body(text) }
        default: body(plainText)
        }
    }

    /// The value as one text for a person or a CSV cell; several are joined by `; `.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .texts(let texts): texts.joined(separator: "; ")
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .quantity(let quantity): quantity.description
        case .money(let money):
            Quantity(units: money.minorUnits, scale: 2).description + " " + money.currency
        case .date(let date): date.description
        case .instant(let seconds): String(seconds)
        }
    }
}
