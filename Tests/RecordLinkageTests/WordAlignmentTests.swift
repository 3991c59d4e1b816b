@testable import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Words in common")
struct WordAlignmentTests {
    @Test("the same words in any order are the same text")
    func order() {
        let found = align("белая ромашка плюс", "плюс белая ромашка")
        #expect(found.similarity == 1)
        #expect(found.containment == 1)
    }

    @Test("nothing in common is nothing", arguments: ["синий василёк", "я", "ромашка2", ""])
    func nothing(other: String) {
        let found = align("белая ромашка", other)
        #expect(found.similarity == 0)
        #expect(found.information == 0)
    }

    @Test("one text within the other is contained, but not the same")
    func containment() {
        let found = align("ромашка", "торговый дом ромашка")
        #expect(found.containment == 1)
        #expect(found.similarity > 0 && found.similarity < 1)
    }

    @Test("a rare word in common weighs more than a frequent one")
    func rarity() {
        let others = (0..<40).map { "строй компания\($0)" }
        let frequent = align("строй альфа", "строй омега", among: others)
        let rare = align("альфа строй", "альфа монтаж", among: others)
        #expect(rare.information > frequent.information)
        #expect(rare.similarity > frequent.similarity)
    }

    @Test(
        "a typing error in a word of any alphabet is borne",
        arguments: [
            ("ромашка", "рамашка", true), ("ромашка", "ромшака", true), ("ромашка", "ромашк", true),
            ("заря", "зоря", true), ("дом", "дым", false), ("ромашка", "ромашка2", false),
            ("стройснаб1", "стройснаб2", false), ("гидромонтаж", "гидрамантаж", true),
            ("гидромонтаж", "гидрамантож", false), ("лотос", "лотто", false),
        ])
    func typingErrors(left: String, right: String, borne: Bool) {
        #expect((align(left, right).similarity > 0) == borne)
        #expect((align(right, left).similarity > 0) == borne)
    }

    @Test(
        "a typing error in a Latin word is borne whatever its letters",
        arguments: ["Maxwell", "Wilson", "Vaughn", "Lazy", "Young", "Zappa", "Quentin", "Hobbs"])
    func latin(word: String) {
        let column = textColumn(
            [word, String(word.dropLast())], .plain(readsLatinAsRussian: false))
        let numbers = (0..<2).map { column.words(of: column.variants[$0])[0] }
        #expect(column.similarity(numbers[0], numbers[1], Scratch()) > 0)
    }

    @Test(
        "a typing error is borne in other alphabets too, and a digit never",
        arguments: [
            ("Αθήνα", "Αθήναι"), ("თბილისი", "თბილის"), ("Երևան", "Երևանն"), ("Қазақ", "Қазағ"),
        ])
    func otherAlphabets(left: String, right: String) {
        let column = textColumn([left, right, left + "7"], .plain(readsLatinAsRussian: false))
        let numbers = (0..<3).map { column.words(of: column.variants[$0])[0] }
        #expect(column.similarity(numbers[0], numbers[1], Scratch()) > 0)
        #expect(column.similarity(numbers[0], numbers[2], Scratch()) == 0)
    }

    @Test("initials stand for words only where they may")
    func initials() {
        #expect(align("иванов и", "иванов иван", allowsInitials: true).similarity > 0.8)
        let without = align("иванов и", "иванов иван").similarity
        #expect(without < align("иванов и", "иванов иван", allowsInitials: true).similarity)
    }

    @Test("never gives more than the best of all assignments, and just that where it is one to one")
    func optimum() {
        var random = SeededNumbers(seed: 1)
        var exact = 0
        for _ in 0..<150 {
            let words = (0..<4).map { _ in Self.word(&random) }
            let others = words.shuffled(using: &random).map { word in
                switch random.below(3) {
                case 0: word
                case 1: Self.misspelt(word, &random)
                default: Self.word(&random)
                }
            }
            let column = textColumn([words.joined(separator: " "), others.joined(separator: " ")])
            let found = WordAlignment(
                column, column.variants[0], column.variants[1], Scratch(), allowsInitials: false)
            let best = Self.best(column)
            #expect(found.similarity >= 0 && found.similarity <= 1)
            #expect(found.containment >= 0 && found.containment <= 1)
            #expect(found.similarity <= best.similarity + 1e-4)
            if best.isOneToOne {
                exact += 1
                #expect(abs(found.similarity - best.similarity) < 1e-4)
            }
        }
        #expect(exact > 100)
    }

    // MARK: The routine and its slow twin

    private func align(
        _ left: String, _ right: String, among others: [String] = [], allowsInitials: Bool = false
    ) -> WordAlignment {
        // A text without words has no variant; then there is nothing to align.
        let column = textColumn([left, right] + others)
        guard !column.variants(of: 1).isEmpty else {
            return WordAlignment(
                column, column.variants[0], TextColumn.Variant(), Scratch(),
                allowsInitials: allowsInitials)
        }
        return WordAlignment(
            column, column.variants[0], column.variants[1], Scratch(),
            allowsInitials: allowsInitials)
    }

    /// The greatest similarity that any assignment of the words of two texts gives.
    private static func best(_ column: TextColumn) -> (similarity: Float, isOneToOne: Bool) {
        let (a, b) = (column.words(of: column.variants[0]), column.words(of: column.variants[1]))
        let bits = column.wordFrequencies.plainBits
        func weight(_ word: UInt32) -> Float { max(0.5, bits[Int(word)]) }
        let similar = a.map { first in
            b.map { second in first == second ? 1 : column.similarity(first, second, Scratch()) }
        }
        var best: Float = 0
        func go(_ i: Int, _ taken: Set<Int>, _ common: Float, _ total: Float) {
            guard i < a.count else {
                let rest = b.indices.reduce(Float(0)) {
                    $0 + (taken.contains($1) ? 0 : weight(b[$1]))
                }
                let all = total + rest
                if common > 0 { best = max(best, min(1, 2 * common / all)) }
                return
            }
            go(i + 1, taken, common, total + weight(a[i]))
            for j in b.indices where similar[i][j] > 0 && !taken.contains(j) {
                let shared = max(0.5, min(bits[Int(a[i])], bits[Int(b[j])]))
                go(i + 1, taken.union([j]), common + shared * similar[i][j], total + 2 * shared)
            }
        }
        go(0, [], 0, 0)
        let rows = similar.allSatisfy { $0.count { $0 > 0 } <= 1 }
        let columns = b.indices.allSatisfy { j in similar.count { $0[j] > 0 } <= 1 }
        return (best, rows && columns)
    }

    private static func word(_ random: inout SeededNumbers) -> String {
        let syllables = ["ба", "ро", "ку", "ни", "ле", "сто", "гра", "ме"]
        return (0..<3).map { _ in random.one(of: syllables) }.joined()
    }

    private static func misspelt(_ word: String, _ random: inout SeededNumbers) -> String {
        var letters = Array(word)
        letters.remove(at: 1 + random.below(letters.count - 1))
        return String(letters)
    }
}
