/// Says whether a number is a spike: far outside of what is usual **and** a multiple of it **and**
/// not small.
///
/// Each condition alone cries wolf: deviations where numbers are steady, multiples where they are
/// near zero, a fixed number where they are large.
public struct SpikeTest: Hashable, Sendable {
    /// How many tenths of deviations above the usual.
    public var deviationTenths: Int64
    /// How many tenths of the usual.
    public var ratioTenths: Int64
    /// At least so much, whatever is usual; for a share, of so many operations.
    public var minimum: Int64

    /// How a number varies by chance alone, which is the least that its deviation is believed to be.
    public enum Noise: Hashable, Sendable {
        /// As independent events do: by the root of their number.
        case count
        /// As the share of independent events among others does; in millionths.
        case share
        /// Not at all; amounts have no such law.
        case amount
    }

    /// Makes a test.
    ///
    /// - Parameters:
    ///   - deviationTenths: Tenths of deviations above the usual.
    ///   - ratioTenths: Tenths of the usual.
    ///   - minimum: The least that is looked at.
    public init(deviationTenths: Int64 = 50, ratioTenths: Int64 = 20, minimum: Int64 = 10) {
        self.deviationTenths = deviationTenths
        self.ratioTenths = ratioTenths
        self.minimum = minimum
    }

    /// What a test found.
    public struct Result: Hashable, Sendable {
        /// Whether it is a spike.
        public var isSpike: Bool
        /// How many tenths of deviations it lies above the usual.
        public var unusualTenths: Int64
    }

    /// Tests a number.
    ///
    /// - Parameters:
    ///   - found: What was measured.
    ///   - usual: What is usual.
    ///   - noise: How it varies by chance.
    /// - Returns: Whether it is a spike, and how unusual it is.
    public func test(
        _ found: Observation, against usual: SeasonalBaseline, _ noise: Noise
    )
        -> Result
    {
        let deviation = max(
            usual.deviation, 1, Self.chance(usual.expected, of: found.total, noise))
        let excess = found.value - usual.expected
        let unusual = excess.multipliedReportingOverflow(by: 10)
        let tenths = (unusual.overflow ? .max : unusual.partialValue) / deviation
        // A month's end that has none to be compared with may well be twice an ordinary day.
        let ratio = ratioTenths * (usual.isBorrowed ? 2 : 1)
        let isMultiple = Self.scaled(found.value, 10) >= Self.scaled(usual.expected, ratio)
        let size = noise == .share ? found.total : found.value
        return Result(
            isSpike: size >= minimum && tenths >= deviationTenths && isMultiple
                && excess > 0,
            unusualTenths: tenths)
    }

    private static func chance(_ expected: Int64, of total: Int64, _ noise: Noise) -> Int64 {
        switch noise {
        // One more than expected: a median of few small numbers may well be one too low.
        case .count: root(expected + 1)
        case .share:
            total > 0
                ? root(max(1, expected) * max(1, 1_000_000 - expected) / total) : 1_000_000
        case .amount: 0
        }
    }

    private static func scaled(_ value: Int64, _ factor: Int64) -> Int64 {
        let (product, isTooBig) = value.multipliedReportingOverflow(by: factor)
        return isTooBig ? .max : product
    }

    /// The square root, rounded up.
    private static func root(_ value: Int64) -> Int64 {
        guard value > 0 else { return 0 }
        return Int64(Double(value).squareRoot().rounded(.up))
    }
}
