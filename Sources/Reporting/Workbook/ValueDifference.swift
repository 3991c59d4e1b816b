internal import Spreadsheet

/// Which parts of two values differ, for a reader's eye.
///
/// Words are compared first, so that `ООО "Ромашка"` and `ООО Ромашка плюс` differ in words and not
/// in stray letters; where one word stands against one, the differing characters inside it are
/// marked, so that a typing error in a number of twelve digits shows.
enum ValueDifference {
    /// More words than this are compared by their common beginning and end only.
    private static let wordCountMax = 120

    /// Both values as runs, differing parts emphasised.
    static func runs(_ left: String, _ right: String) -> (left: [TextRun], right: [TextRun]) {
        let (a, b) = (words(left), words(right))
        var (marksLeft, marksRight) = (Marks(), Marks())
        var (i, j) = (0, 0)
        for (x, y) in common(a, b) + [(a.count, b.count)] {
            differ(a[i..<x], b[j..<y], &marksLeft, &marksRight)
            if x < a.count {
                marksLeft.add(a[x], isEmphasized: false)
                marksRight.add(b[y], isEmphasized: false)
            }
            (i, j) = (x + 1, y + 1)
        }
        return (marksLeft.runs, marksRight.runs)
    }

    private static func differ(
        _ left: ArraySlice<Substring>, _ right: ArraySlice<Substring>, _ marksLeft: inout Marks,
        _ marksRight: inout Marks
    ) {
        guard left.count == 1, right.count == 1, let a = left.first, let b = right.first else {
            for word in left { marksLeft.add(word, isEmphasized: true) }
            for word in right { marksRight.add(word, isEmphasized: true) }
            return
        }
        let start = zip(a, b).prefix { $0 == $1 }.count
        let (restA, restB) = (a.dropFirst(start), b.dropFirst(start))
        let end = zip(restA.reversed(), restB.reversed()).prefix { $0 == $1 }.count
        for (word, rest, isLeft) in [(a, restA, true), (b, restB, false)] {
            var marks = isLeft ? marksLeft : marksRight
            marks.add(word.prefix(start), isEmphasized: false)
            marks.add(rest.dropLast(end), isEmphasized: true)
            marks.add(rest.suffix(end), isEmphasized: false)
            if isLeft { marksLeft = marks } else { marksRight = marks }
        }
    }

    /// Runs of letters and digits, and everything between them one by one.
    private static func words(_ text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        while start < text.endIndex {
            let isWord = text[start].isLetter || text[start].isNumber
            var end = text.index(after: start)
            while isWord, end < text.endIndex, text[end].isLetter || text[end].isNumber {
                end = text.index(after: end)
            }
            words.append(text[start..<end])
            start = end
        }
        return words
    }

    /// The places of a longest common subsequence, ascending.
    private static func common(_ a: [Substring], _ b: [Substring]) -> [(Int, Int)] {
        guard a.count <= wordCountMax, b.count <= wordCountMax else {
            let start = zip(a, b).prefix { $0 == $1 }.count
            let end = zip(a.dropFirst(start).reversed(), b.dropFirst(start).reversed())
                .prefix { $0 == $1 }.count
            return (0..<start).map { ($0, $0) }
                + (0..<end).reversed().map { (a.count - 1 - $0, b.count - 1 - $0) }
        }
        var lengths = [[Int]](
            repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                lengths[i][j] =
                    a[i] == b[j]
                    ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var (pairs, i, j) = ([(Int, Int)](), 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                pairs.append((i, j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return pairs
    }

    /// Runs being put together; neighbours of one kind become one.
    private struct Marks {
        var runs: [TextRun] = []

        mutating func add(_ text: Substring, isEmphasized: Bool) {
            guard !text.isEmpty else { return }
            if let last = runs.last, last.isEmphasized == isEmphasized {
                runs[runs.count - 1].text += text
            } else {
                runs.append(TextRun(String(text), isEmphasized: isEmphasized))
            }
        }
    }
}
