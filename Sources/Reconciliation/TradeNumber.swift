/// The check digit of a number of goods: EAN-8, UPC-12, EAN-13 and ITF-14.
///
/// Source: GS1 General Specifications, section 7.9.1: from the right, digits count three times and
/// once in turn, and the check digit makes the sum a multiple of ten.
enum TradeNumber {
    /// The lengths that numbers of goods have, check digit included.
    private static let lengths = [8, 12, 13, 14]

    /// Whether a text looks like such a number and its check digit is wrong.
    static func isWrong(_ text: String) -> Bool {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }.map { Int($0) - 48 }
        guard lengths.contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else {
            return false
        }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            sum + digit.element * (digit.offset % 2 == 0 ? 1 : 3)
        }
        return sum % 10 != 0
    }
}
