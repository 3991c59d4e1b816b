@testable import RecordLinkage
import Records
import Testing

@Suite("Similar texts")
struct SimilarTextTests {
    private func text(_ left: [String], _ right: [String]) -> SimilarText {
        func records(_ texts: [String]) -> [Record] {
            texts.enumerated().map {
                Record(
                    id: RecordID("\($0 + 1)"), fields: [$1.isEmpty ? nil : .text($1)])
            }
        }
        return SimilarText(
            records: RecordList(left: records(left), right: records(right)), fields: [0],
            readsLatinAsRussian: true, threads: 2)
    }

    @Test("similarity is 1 for the same words, 0 for nothing in common, and the same either way")
    func bounds() {
        let similar = text(
            ["дрель ударная makita df330", "чайник электрический", ""],
            ["Makita DF330, дрель ударная", "рубанок", "тиски слесарные"])
        #expect(abs(similar.similarity(0, 3) - 1) < 1e-5)
        #expect(similar.similarity(1, 4) == 0)
        #expect(similar.similarity(0, 4) == similar.similarity(4, 0))
        #expect(similar.isEmpty(2) && !similar.isEmpty(0))
    }

    @Test("each text is paired with its like in spite of errors and of words run together")
    func pairs() {
        let similar = text(
            [
                "Дрель ударная Makita HP1640", "Перфоратор Bosch GBH 2-26",
                "Лобзик Интерскол МП-100",
            ],
            [
                "лобзик интерскол мп100э", "Перфаратор bosch gbh226",
                "дрель Макита HP 1640 ударная",
            ])
        #expect(similar.partner.all.map { $0 } == [5, 4, 3, 2, 1, 0])
    }

    @Test("within one side only two that are each other's nearest are paired")
    func oneSide() {
        let similar = text(
            ["красный шар большой", "красный шар большой новый", "синий куб", "зеленый конус"], [])
        #expect(similar.partner[0] == 1 && similar.partner[1] == 0)
        #expect(similar.partner[2] == TextTable.none && similar.partner[3] == TextTable.none)
    }

    @Test("ten thousand equal texts end without pairs")
    func allEqual() {
        let texts = (0..<10_000).map { _ in "один и тот же текст" }
        #expect(text(texts, texts).pairs.isEmpty)
    }
}
