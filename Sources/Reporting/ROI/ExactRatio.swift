/// A ratio of two amounts, kept exact until it is written.
public struct ExactRatio: Hashable, Sendable {
    /// What is divided.
    public let numerator: Int64
    /// What it is divided by; positive.
    public let denominator: Int64

    /// Makes a ratio; `nil` when there is nothing to divide by.
    ///
    /// - Parameters:
    ///   - numerator: What is divided.
    ///   - denominator: What it is divided by, in the same unit.
    public init?(_ numerator: Int64, over denominator: Int64) {
        guard denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The ratio in units of ten to the power of minus `scale`, rounded half away from zero.
    ///
    /// - Parameter scale: Digits after the point: 4 for a percentage with two.
    /// - Returns: 7333 for 22 over 30 and a scale of 4; the largest number when it does not fit.
    public func units(scale: Int) -> Int64 {
        let power = (0..<scale).reduce(UInt64(1)) { power, _ in power * 10 }
        let product = numerator.magnitude.multipliedFullWidth(by: power)
        guard product.high < denominator.magnitude else {
            return numerator < 0 ? .min : .max
        }
        let divided = denominator.magnitude.dividingFullWidth(product)
        // Half or more of the divisor, without doubling, which might not fit.
        let isUp = divided.remainder >= denominator.magnitude - divided.remainder
        let (rounded, overflow) = divided.quotient.addingReportingOverflow(isUp ? 1 : 0)
        guard !overflow, let units = Int64(exactly: rounded) else {
            return numerator < 0 ? .min : .max
        }
        return numerator < 0 ? -units : units
    }
}
