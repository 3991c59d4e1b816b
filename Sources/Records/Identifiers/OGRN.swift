/// ОГРН or ОГРНИП, the number in the state register: 13 digits, or 15 for a sole proprietor.
///
/// A value of this type has passed its check digit.
public struct OGRN: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The thirteen or fifteen digits.
    public let digits: String

    /// Reads a register number; spaces around and between the digits are ignored.
    ///
    /// - Parameter text: The number as written.
    /// - Throws: ``IdentifierDefect`` that says what is wrong with it.
    public init(validating text: String) throws(IdentifierDefect) {
        let digits = try Digits(text)
        switch digits.count {
        case 13:
            guard digits[0] == 1 || digits[0] == 5 else { throw .wrongPrefix }
            guard digits.number(first: 12) % 11 % 10 == Int64(digits[12]) else { throw .checkDigit }
        case 15:
            guard digits[0] == 3 else { throw .wrongPrefix }
            guard digits.number(first: 14) % 13 % 10 == Int64(digits[14]) else { throw .checkDigit }
        default: throw .wrongLength
        }
        self.digits = digits.text
    }

    /// The digits.
    public var description: String { digits }

    /// Orders numbers by their digits.
    public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }
}
