import Alerting
import Testing

@Suite("A spike")
struct SpikeTests {
    private let test = SpikeTest(deviationTenths: 50, ratioTenths: 20, minimum: 10)

    @Test(
        "is far outside and a multiple and not small",
        arguments: [
            (value: 60, expected: 20, deviation: 5, isSpike: true),
            // Far outside, but no multiple.
            (value: 1_300, expected: 1_000, deviation: 10, isSpike: false),
            // A multiple, but within what is usual.
            (value: 60, expected: 20, deviation: 15, isSpike: false),
            // Both, but few.
            (value: 9, expected: 0, deviation: 0, isSpike: false),
            (value: 10, expected: 0, deviation: 0, isSpike: true),
            // Steady numbers vary by chance all the same.
            (value: 41, expected: 20, deviation: 0, isSpike: false),
            (value: 20, expected: 20, deviation: 0, isSpike: false),
        ])
    func conditions(value: Int64, expected: Int64, deviation: Int64, isSpike: Bool) {
        let usual = SeasonalBaseline(expected: expected, deviation: deviation, sampleCount: 8)
        let result = test.test(Observation(value: value), against: usual, .count)
        #expect(result.isSpike == isSpike)
    }

    @Test("at a month's end without others must be twice as large")
    func borrowed() {
        var usual = SeasonalBaseline(expected: 20, deviation: 2, sampleCount: 8)
        usual.isBorrowed = true
        #expect(!test.test(Observation(value: 70), against: usual, .count).isSpike)
        #expect(test.test(Observation(value: 80), against: usual, .count).isSpike)
    }

    @Test("of a share needs enough operations")
    func share() {
        let usual = SeasonalBaseline(expected: 15_000, deviation: 3_000, sampleCount: 8)
        let test = SpikeTest(deviationTenths: 50, ratioTenths: 30, minimum: 50)
        // Half of eight is no news, half of eight hundred is.
        #expect(
            !test.test(Observation(value: 500_000, total: 8), against: usual, .share).isSpike)
        #expect(
            test.test(Observation(value: 500_000, total: 800), against: usual, .share).isSpike)
    }

    @Test("of amounts near the largest number does not overflow")
    func large() {
        let usual = SeasonalBaseline(expected: .max / 2, deviation: 1, sampleCount: 8)
        let result = SpikeTest(deviationTenths: 50, ratioTenths: 20, minimum: 1)
            .test(Observation(value: .max), against: usual, .amount)
        #expect(result.unusualTenths > 0)
    }
}
