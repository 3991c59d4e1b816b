/// An exact decimal number: `units` divided by ten to the power of `scale`.
///
/// Two quantities are equal when they are the same number: `1.50` equals `1.5`.
public struct Quantity: Hashable, Sendable, Codable {
    /// The digits as a whole number.
    public let units: Int64
    /// How many of the digits stand after the point, 0 to 18, without trailing zeros.
    public let scale: UInt8

    /// Makes a number of digits and a scale, dropping trailing zeros after the point.
    ///
    /// - Parameters:
    ///   - units: The digits as a whole number.
    ///   - scale: How many of them stand after the point.
    public init(units: Int64, scale: UInt8) {
        var (units, scale) = (units, scale)
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        self.units = units
        self.scale = scale
    }

    /// Reads a decimal text such as `-12.50`, `1 234,5` (spaces and comma as in Russian) or `3`.
    ///
    /// The result is `nil` when the text is not a decimal number or exceeds eighteen digits.
    ///
    /// - Parameter text: The number as written; surrounding and grouping spaces are ignored.
    public init?(_ text: String) {
        var (units, scale, digits) = (Int64(0), UInt8(0), 0)
        var (isNegative, seenPoint) = (false, false)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "-", "\u{2212}":
                guard digits == 0, !seenPoint, !isNegative else { return nil }
                isNegative = true
            case ".", ",":
                guard !seenPoint else { return nil }
                seenPoint = true
            case "0"..."9":
                let (product, overflow) = units.multipliedReportingOverflow(by: 10)
                guard !overflow, digits < 18 else { return nil }
                units = product + Int64(scalar.value - 48)
                digits += 1
                if seenPoint { scale += 1 }
            case " ", "\u{A0}", "\u{202F}", "\t":
                continue
            default:
                return nil
            }
        }
        guard digits > 0 else { return nil }
        self.init(units: isNegative ? -units : units, scale: scale)
    }
}

extension Quantity {
    /// The exact sum of two numbers; `nil` when it exceeds what a number can hold.
    public func adding(_ other: Quantity) -> Quantity? {
        let scale = max(self.scale, other.scale)
        func units(_ number: Quantity) -> Int128 {
            (number.scale..<scale).reduce(Int128(number.units)) { units, _ in units * 10 }
        }
        return Int64(exactly: units(self) + units(other)).map { Quantity(units: $0, scale: scale) }
    }
}

extension Quantity: CustomStringConvertible {
    /// The number with a point: `-12.5`.
    public var description: String {
        guard scale > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.count)) + digits
        let split = padded.index(padded.endIndex, offsetBy: -Int(scale))
        return (units < 0 ? "-" : "") + padded[..<split] + "." + padded[split...]
    }
}
