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
    /// How far it may lie off grows with chance, with what varies beside, and with how little the usual
    /// is known: the mean of the middle half of n values errs by 1.25 deviations ÷ √n.
    ///
    /// - Parameters:
    ///   - found: What was measured.
    ///   - usual: What is usual.
    ///   - level: How many times the usual everything is now.
    ///   - noise: How it varies by chance.
    /// - Returns: Whether it is a spike, and how unusual it is.
    public func test(
        _ found: Observation, against usual: SeasonalBaseline, level: Double = 1, _ noise: Noise
    ) -> Result {
        let expected = usual.mean * level
        let deviation = Double(usual.deviation)
        let chance = Self.chance(usual.mean, of: found.total, noise)
        let known = chance / Double(usual.sampleCount) * Self.errorOfMiddle * level * level
        let variance = max(1, deviation * deviation * level, chance * level) + known
        let excess = Double(found.value) - expected
        let tenths = (excess * 10 / variance.squareRoot()).rounded(.towardZero)
        // A month's end that has none to be compared with may well be twice an ordinary day.
        let ratio = Double(ratioTenths) / 10 * (usual.isBorrowed ? 2 : 1)
        let size = noise == .share ? found.total : found.value
        return Result(
            isSpike: size >= minimum && tenths >= Double(deviationTenths) && excess > 0
                && Double(found.value) >= expected * ratio,
            unusualTenths: Int64(exactly: tenths) ?? .max)
    }

    /// The square of 1.25.
    private static let errorOfMiddle = 1.57

    /// The variance that chance alone makes.
    private static func chance(_ expected: Double, of total: Int64, _ noise: Noise) -> Double {
        switch noise {
        case .count: expected
        case .share:
            total > 0
                ? max(1, expected) * max(1, 1_000_000 - expected) / Double(total) : 1e12
        case .amount: 0
        }
    }
}
