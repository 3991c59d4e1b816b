/// Why a text is not the identifier that it should be.
///
/// Keys for templates, not texts for people.
public enum IdentifierDefect: String, Error, Hashable, Sendable, Codable {
    /// Something other than the characters allowed.
    case notDigits = "not_digits"
    /// A wrong number of characters.
    case wrongLength = "wrong_length"
    /// A region or prefix that does not exist.
    case wrongPrefix = "wrong_prefix"
    /// The check digit does not follow from the others.
    case checkDigit = "check_digit"
}
