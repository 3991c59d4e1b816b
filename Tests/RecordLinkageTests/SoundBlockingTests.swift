@testable import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Names that sound alike are candidates")
struct SoundBlockingTests {
    /// What is typed for a letter that sounds like it.
    private static let swaps: [Character: String] = [
        "о": "а", "а": "о", "е": "и", "и": "е", "л": "лл", "м": "мм", "н": "нн",
    ]

    @Test("planted names are found in spite of three errors", arguments: [false, true])
    func planted(isLatin: Bool) {
        var random = SeededNumbers(seed: 5)
        let names = (0..<200).map { _ in "\(Self.word(&random)) \(Self.word(&random))" }
        let typed = names.map { Self.misspelt($0, errors: 3, &random) }
        let right = isLatin ? typed.map(Self.inLatin) : typed
        let found = candidates(names, right, [.rareWord, .wordPair])
        for index in names.indices {
            let pair = UInt64(index) << 32 | UInt64(names.count + index)
            #expect(found.pairs.contains(pair), "\(names[index]), \(right[index])")
        }
        // No block is more than the few that are meant.
        #expect(found.statistics.allSatisfy { $0.skippedBlocks == 0 && $0.largestBlock <= 8 })
    }

    @Test("surnames with initials too")
    func initials() {
        let found = candidates(["Козлов Иван Петрович"], ["Казлов И.П."], [.initials])
        #expect(found.pairs == [1])
        #expect(candidates(["Козлов Иван"], ["Казаков И."], [.initials]).pairs.isEmpty)
    }

    @Test(
        "short words, words with digits and other words lead nowhere",
        arguments: [("Лодка5", "Латка5"), ("Дом", "Дам"), ("Завод", "Заказ"), ("Вера", "Вира")])
    func apart(left: String, right: String) {
        #expect(candidates([left], [right], [.rareWord, .wordPair]).pairs.isEmpty)
    }

    @Test("a shortened word leads where its letters lead")
    func shortened() {
        #expect(candidates(["Вектор. Завод"], ["Вектар Комбинат"], [.rareWord]).pairs == [1])
        #expect(candidates(["Вектор Тверь."], ["Ромашка (Тверь)"], [.city]).pairs == [1])
    }

    private func candidates(
        _ left: [String], _ right: [String], _ transforms: [BlockingKey.Transform]
    ) -> CandidatePairs {
        func records(_ names: [String]) -> [Record] {
            names.enumerated().map { index, name in
                Record(id: RecordID(String(index)), fields: [.text(name)])
            }
        }
        let list = RecordList(left: records(left), right: records(right))
        let column = TextColumn(
            records: list, source: .init([0]), reading: .organization, threads: 1)
        return CandidatePairs(
            records: list,
            rules: transforms.map { transform in
                let key = BlockingKey(FieldName("name"), transform)
                return (
                    rule: BlockingRule([key]),
                    makers: [TextKeys(column: column, transform: transform, mostFrequent: 40)]
                )
            },
            known: [], threads: 1)
    }

    // None of the letters that meet is read as one in Latin, as `sh` is.
    private static func word(_ random: inout SeededNumbers) -> String {
        let syllables = ["мар", "пол", "кин", "лет", "гум", "рос", "тал", "нер", "фук", "бул"]
        return (0..<4).map { _ in random.one(of: syllables) }.joined() + "ок"
    }

    private static func misspelt(
        _ name: String, errors: Int, _ random: inout SeededNumbers
    ) -> String {
        var letters = name.map(String.init)
        let places = name.indices.filter { swaps[name[$0]] != nil }
            .map { name.distance(from: name.startIndex, to: $0) }
        for place in places.shuffled(using: &random).prefix(errors) {
            letters[place] = swaps[Character(letters[place])] ?? letters[place]
        }
        return letters.joined()
    }

    private static func inLatin(_ name: String) -> String {
        let latin: [Character: String] = [
            "а": "a", "б": "b", "г": "g", "е": "e", "и": "i", "к": "k", "л": "l", "м": "m",
            "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        ]
        return name.map { latin[$0] ?? String($0) }.joined()
    }
}
