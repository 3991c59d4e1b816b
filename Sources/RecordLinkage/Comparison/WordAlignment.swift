/// The words that two texts have in common, weighed by how rare they are.
///
/// Equal words first, then words with a typing error. A word that the other text has only as a
/// note (a town in brackets) is excused: it neither helps nor harms. So is one that is the initials of
/// words that the other text says: `ТПК Амфора`, «Торгово-производственная компания Амфора». Beside
/// words in common one that is short for another counts as that, a little less: «З-д Амфора», «Завод
/// Амфора».
struct WordAlignment {
    /// Twice the weight in common over the weight of both, 0 to 1.
    private(set) var similarity: Float = 0
    /// The weight in common over the lighter text's weight, 0 to 1.
    private(set) var containment: Float = 0
    /// Bits of information in the words in common.
    private(set) var information: Float = 0

    /// The most unequal words on either side that are tried for typing errors.
    private static let mostUnequal = 8

    init(
        _ column: TextColumn, _ first: TextColumn.Variant, _ second: TextColumn.Variant,
        _ scratch: Scratch, allowsInitials: Bool
    ) {
        align(
            Words(column, first), Words(column, second), column.words.all,
            column.wordFrequencies.plainBits.all, column, scratch, allowsInitials)
    }

    /// Where the words of a text stand.
    struct Words {
        let start: Int
        let count: Int
        let noteCount: Int

        init(_ column: TextColumn, _ variant: TextColumn.Variant) {
            start = Int(variant.wordStart)
            count = Int(variant.wordCount)
            noteCount = Int(variant.noteCount)
        }
    }

    private mutating func align(
        _ a: Words, _ b: Words, _ words: UnsafeBufferPointer<UInt32>,
        _ bits: UnsafeBufferPointer<Float>, _ column: TextColumn, _ scratch: Scratch,
        _ allowsInitials: Bool
    ) {
        var (restA, restB) = (Self.ones(a.count), Self.ones(b.count))
        var common: Float = 0
        for i in 0..<a.count {
            let word = words[a.start + i]
            for j in 0..<b.count where words[b.start + j] == word && restB & 1 &<< UInt64(j) != 0 {
                common += Self.weight(bits[Int(word)])
                information += bits[Int(word)]
                restA &= ~(1 &<< UInt64(i))
                restB &= ~(1 &<< UInt64(j))
                break
            }
        }
        if b.noteCount > 0 { Self.excuse(a, &restA, notesOf: b, words, column) }
        if a.noteCount > 0 { Self.excuse(b, &restB, notesOf: a, words, column) }
        if common > 0 {
            Self.excuseInitials(a, &restA, of: b, &restB, words, bits, column)
            Self.excuseInitials(b, &restB, of: a, &restA, words, bits, column)
        }
        var (weightA, weightB) = (common, common)
        if restA != 0, restB != 0, restA.nonzeroBitCount <= Self.mostUnequal,
            restB.nonzeroBitCount <= Self.mostUnequal
        {
            matchSimilar(
                a, b, &restA, &restB, words, bits, column, scratch, allowsInitials,
                &common, &weightA, &weightB)
            if common > 0, column.hasShortenedWords {
                matchShortened(
                    a, b, &restA, &restB, words, bits, column, &common, &weightA, &weightB)
            }
        }
        weightA += Self.sum(a, restA, words, bits)
        weightB += Self.sum(b, restB, words, bits)
        guard common > 0 else { return }
        similarity = min(1, 2 * common / (weightA + weightB))
        containment = min(1, common / max(0.001, min(weightA, weightB)))
    }

    /// Very frequent words still weigh something.
    private static func weight(_ bits: Float) -> Float { max(0.5, bits) }

    /// The bits of so many words.
    static func ones(_ count: Int) -> UInt64 {
        count >= 64 ? ~0 : (1 &<< UInt64(count)) &- 1
    }

    private static func sum(
        _ side: Words, _ rest: UInt64, _ words: UnsafeBufferPointer<UInt32>,
        _ bits: UnsafeBufferPointer<Float>
    ) -> Float {
        var (rest, sum) = (rest, Float(0))
        while rest != 0 {
            let index = rest.trailingZeroBitCount
            sum += weight(bits[Int(words[side.start + index])])
            rest &= rest &- 1
        }
        return sum
    }

    private static func excuse(
        _ side: Words, _ rest: inout UInt64, notesOf other: Words,
        _ words: UnsafeBufferPointer<UInt32>, _ column: TextColumn
    ) {
        let notes = words[
            (other.start + other.count)..<(other.start + other.count + other.noteCount)]
        var open = rest
        while open != 0 {
            let index = open.trailingZeroBitCount
            open &= open &- 1
            let word = words[side.start + index]
            let mayBeShort =
                column.hasShortenedWords && column.masks[Int(word)] & TextColumn.mayBeShort != 0
            // Words of notes have no gaps, which a dot behind a word makes: «(Тверь)», «Тверь.».
            if notes.contains(word)
                || mayBeShort && notes.contains(where: { column.haveSameLetters(word, $0) })
            {
                rest &= ~(1 &<< UInt64(index))
            }
        }
    }

    private mutating func matchSimilar(
        _ a: Words, _ b: Words, _ restA: inout UInt64, _ restB: inout UInt64,
        _ words: UnsafeBufferPointer<UInt32>, _ bits: UnsafeBufferPointer<Float>,
        _ column: TextColumn, _ scratch: Scratch, _ allowsInitials: Bool,
        _ common: inout Float, _ weightA: inout Float, _ weightB: inout Float
    ) {
        var openA = restA
        while openA != 0 {
            let i = openA.trailingZeroBitCount
            openA &= openA &- 1
            let wordA = words[a.start + i]
            var (best, bestJ) = (Float(0), -1)
            var openB = restB
            while openB != 0 {
                let j = openB.trailingZeroBitCount
                openB &= openB &- 1
                let similarity = column.similarity(
                    wordA, words[b.start + j], scratch, allowsInitials: allowsInitials)
                if similarity > best { (best, bestJ) = (similarity, j) }
            }
            guard bestJ >= 0 else { continue }
            restA &= ~(1 &<< UInt64(i))
            restB &= ~(1 &<< UInt64(bestJ))
            // The misspelt word is rare by its error; the rightly spelt one tells the rarity.
            let shared = min(bits[Int(wordA)], bits[Int(words[b.start + bestJ])])
            common += Self.weight(shared) * best
            weightA += Self.weight(shared)
            weightB += Self.weight(shared)
            information += max(0, shared * best - 1)
        }
    }

    /// Counts words that are short for words of the other text.
    private mutating func matchShortened(
        _ a: Words, _ b: Words, _ restA: inout UInt64, _ restB: inout UInt64,
        _ words: UnsafeBufferPointer<UInt32>, _ bits: UnsafeBufferPointer<Float>,
        _ column: TextColumn, _ common: inout Float, _ weightA: inout Float,
        _ weightB: inout Float
    ) {
        var openA = restA
        while openA != 0 {
            let i = openA.trailingZeroBitCount
            openA &= openA &- 1
            let wordA = words[a.start + i]
            var openB = restB
            while openB != 0 {
                let j = openB.trailingZeroBitCount
                openB &= openB &- 1
                let wordB = words[b.start + j]
                guard column.isShort(wordA, for: wordB) else { continue }
                restA &= ~(1 &<< UInt64(i))
                restB &= ~(1 &<< UInt64(j))
                // A word is written short where it is frequent: the shortening may be rare.
                let shared = min(bits[Int(wordA)], bits[Int(wordB)])
                common += Self.weight(shared) * Self.ofShortened
                weightA += Self.weight(shared)
                weightB += Self.weight(shared)
                information += max(0, shared * Self.ofShortened - 1)
                break
            }
        }
    }

    /// How much of the word that is meant a shorter one counts.
    private static let ofShortened: Float = 0.9
}
