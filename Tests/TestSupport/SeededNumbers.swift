internal import Foundation

/// Random numbers that are the same in every run with the same seed, so that a failure can be repeated.
///
/// Source: SplitMix64, S. Vigna, <https://prng.di.unimi.it/splitmix64.c>.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A whole number below a bound.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// Whether something of a probability happens.
    public mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    /// One of some elements.
    public mutating func one<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// A number from 0 to 1.
    public mutating func unit() -> Double { Double(next() >> 11) / Double(UInt64(1) << 53) }

    /// A number of the standard normal distribution.
    public mutating func normal() -> Double {
        (-2 * log(max(unit(), 1e-300))).squareRoot() * cos(2 * .pi * unit())
    }

    /// A number of the Poisson distribution; of a large mean by the normal one.
    public mutating func poisson(_ mean: Double) -> Int {
        guard mean < 200 else {
            return max(0, Int((mean + mean.squareRoot() * normal()).rounded()))
        }
        let limit = exp(-mean)
        var (count, product) = (0, unit())
        while product > limit {
            count += 1
            product *= unit()
        }
        return count
    }
}
