@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Radix sort")
struct RadixSortTests {
    @Test(
        "sorts as the standard library does, at every size where its way changes",
        arguments: [0, 1, 2, 255, 256, 257, 2_047, 5_000])
    func twin(count: Int) {
        var random = SeededNumbers(seed: UInt64(count))
        for bits in [1, 11, 12, 33, 64] {
            let mask: UInt64 = bits == 64 ? ~0 : (1 << UInt64(bits)) - 1
            var values = (0..<count).map { _ in random.next() & mask }
            let expected = values.sorted()
            RadixSort.sort(&values, bits: 0, bits)
            #expect(values == expected)
        }
    }

    @Test(
        "looks at the given bits only and keeps the order of equal ones", arguments: [100, 3_000])
    func stability(count: Int) {
        var random = SeededNumbers(seed: 7)
        for (lowest, highest) in [(0, 8), (5, 16), (20, 64), (32, 45), (10, 10)] {
            let width = UInt64(highest - lowest)
            let mask: UInt64 = width == 64 ? ~0 : (1 << width) - 1
            func digits(_ value: UInt64) -> UInt64 { (value >> UInt64(lowest)) & mask }
            // Few different digits, so that most are equal.
            var values = (0..<count).map { _ in random.next() & 0xF1F3_00F7_1F8F_0387 }
            let expected = values.enumerated()
                .sorted { (digits($0.1), $0.0) < (digits($1.1), $1.0) }.map(\.1)
            RadixSort.sort(&values, bits: lowest, highest)
            #expect(values == expected)
        }
    }
}
