import Records
import Testing

@Suite("Pairs for review")
struct ReviewPairTests {
    private func pair(
        _ left: String, _ doubt: ReviewPair.Doubt, _ probability: Double
    ) -> ReviewPair {
        ReviewPair(
            left: RecordID(left), right: RecordID("r"), reason: LinkReason(.model, detail: ""),
            probability: probability, weightBits: 1, doubt: doubt)
    }

    @Test("those most worth a look are the least sure links and the likeliest misses, by doubt")
    func order() {
        let pairs = [
            pair("1", .justMissed, 0.2), pair("2", .justMissed, 0.4), pair("10", .unsure, 0.7),
            pair("9", .unsure, 0.7), pair("3", .unsure, 0.6), pair("4", .tied, 0.9),
        ]

        let ordered = pairs.mostWorthALook()

        #expect(ordered.map(\.left.rawValue) == ["3", "9", "10", "4", "2", "1"])
        #expect(pairs.reversed().mostWorthALook() == ordered)
        #expect(ordered.mostWorthALook() == ordered)
    }

    @Test("of each doubt so many are kept, and those of the others are not touched")
    func bound() {
        let pairs = (1...4).flatMap { number in
            [
                pair("\(number)", .unsure, Double(number) / 10),
                pair("\(number)", .justMissed, Double(number) / 10),
            ]
        }

        let kept = (pairs + [pair("5", .tied, 0.5)]).mostWorthALook(2)

        #expect(kept.map(\.left.rawValue) == ["1", "2", "5", "4", "3"])
    }
}
