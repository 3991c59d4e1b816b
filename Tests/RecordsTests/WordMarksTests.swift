@testable import Records
import Testing

@Suite("What stands beside words")
struct WordMarksTests {
    @Test(
        "dots and hyphens are seen by a folder as by a text itself",
        arguments: [
            ("торг. дом", [[.dotted], []]), ("А.О.", [[.dotted], [.dotted]]),
            ("з-д Заря", [[.beforeHyphen], [.afterHyphen], []]),
            ("м-н-с", [[.beforeHyphen], [.beforeHyphen, .afterHyphen], [.afterHyphen]]),
            ("з - д", [[], []]), ("з- д", [[], []]), ("з -д", [[], []]), ("з--д", [[], []]),
            ("з-«д»", [[], []]), ("-д", [[]]), ("з-", [[]]), ("Заря .", [[]]),
        ] as [(String, [WordMarks])])
    func marks(text: String, expected: [WordMarks]) {
        var (text, folder) = (text, WordFolder())
        #expect(FoldedText(text).words.map(\.marks) == expected)
        // Twice: words that are met for the first time, and words that are known.
        for _ in 0..<2 {
            let folded = text.withUTF8 { folder.fold($0) }
            #expect(folded.words.map(\.marks) == expected)
            let isTold = text.withUTF8 { folder.tokenize($0) }
            #expect(isTold && folder.tokens.map(\.marks) == expected)
        }
    }

    @Test("a token knows its brackets beside them")
    func brackets() {
        var folder = WordFolder()
        var text = "Заря (торг. дом) Юг"
        let isTold = text.withUTF8 { folder.tokenize($0) }
        #expect(isTold)
        #expect(folder.tokens.map(\.isInBrackets) == [false, true, true, false])
        #expect(folder.tokens[1].marks == [.bracketed, .dotted])
    }
}
