/// ИНН, the Russian taxpayer number: ten digits for an organisation, twelve for a person.
///
/// A value of this type has passed its check digits.
///
/// Source: order of the Federal Tax Service of 26.06.2025 № ЕД-7-14/559@.
public struct TaxID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The ten or twelve digits.
    public let digits: String

    /// Reads a taxpayer number; spaces around and between the digits are ignored.
    ///
    /// - Parameter text: The number as written.
    /// - Throws: ``IdentifierDefect`` that says what is wrong with it.
    public init(validating text: String) throws(IdentifierDefect) {
        let digits = try Digits(text)
        guard digits.count == 10 || digits.count == 12 else { throw .wrongLength }
        guard digits[0] != 0 || digits[1] != 0 else { throw .wrongPrefix }
        if digits.count == 10 {
            guard digits[9] == Self.checkDigit(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]) else {
                throw .checkDigit
            }
        } else {
            let first = Self.checkDigit(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            let second = Self.checkDigit(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            guard digits[10] == first, digits[11] == second else { throw .checkDigit }
        }
        self.digits = digits.text
    }

    /// Whether bytes are a taxpayer number in plain digits with right check digits.
    ///
    /// - Complexity: O(1), without allocation.
    public static func areValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 10 || bytes.count == 12,
            bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }), bytes[0] != 48 || bytes[1] != 48
        else { return false }
        func digit(_ index: Int) -> Int { Int(bytes[index]) - 48 }
        // The weights of the longest sum; shorter ones are its end.
        func check(_ count: Int) -> Int {
            var sum = 0
            for index in 0..<count { sum += digit(index) * weights[11 - count + index] }
            return sum % 11 % 10
        }
        if bytes.count == 10 { return digit(9) == check(9) }
        return digit(10) == check(10) && digit(11) == check(11)
    }

    private static let weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

    /// Whether it belongs to a person or sole proprietor.
    public var isPerson: Bool { digits.utf8.count == 12 }

    /// The digits.
    public var description: String { digits }

    /// Orders numbers by their digits.
    public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }

    private static func checkDigit(_ digits: Digits, _ weights: [Int]) -> Int {
        var sum = 0
        for (index, weight) in weights.enumerated() { sum += digits[index] * weight }
        return sum % 11 % 10
    }
}
