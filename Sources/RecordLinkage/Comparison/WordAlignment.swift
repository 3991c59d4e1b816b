/// The words that two texts have in common, weighed by how rare they are.
///
/// Equal words first, then words with a typing error. A word that the other text has only as a
/// note (a town in brackets) is excused: it neither helps nor harms. So is one that is the initials of
/// all that the other text says beside the words in common: `ТПК Амфора`, «Торгово-производственная
/// компания Амфора».
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

    private struct Words {
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
        if b.noteCount > 0 { Self.excuse(a, &restA, notesOf: b, words) }
        if a.noteCount > 0 { Self.excuse(b, &restB, notesOf: a, words) }
        if common > 0 {
            Self.excuseInitials(a, &restA, of: b, &restB, words, column)
            Self.excuseInitials(b, &restB, of: a, &restA, words, column)
        }
        var (weightA, weightB) = (common, common)
        if restA != 0, restB != 0, restA.nonzeroBitCount <= Self.mostUnequal,
            restB.nonzeroBitCount <= Self.mostUnequal
        {
            matchSimilar(
                a, b, &restA, &restB, words, bits, column, scratch, allowsInitials,
                &common, &weightA, &weightB)
        }
        weightA += Self.sum(a, restA, words, bits)
        weightB += Self.sum(b, restB, words, bits)
        guard common > 0 else { return }
        similarity = min(1, 2 * common / (weightA + weightB))
        containment = min(1, common / max(0.001, min(weightA, weightB)))
    }

    /// Very frequent words still weigh something.
    private static func weight(_ bits: Float) -> Float { max(0.5, bits) }

    private static func ones(_ count: Int) -> UInt64 {
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
        _ words: UnsafeBufferPointer<UInt32>
    ) {
        let notes = words[
            (other.start + other.count)..<(other.start + other.count + other.noteCount)]
        var open = rest
        while open != 0 {
            let index = open.trailingZeroBitCount
            open &= open &- 1
            if notes.contains(words[side.start + index]) { rest &= ~(1 &<< UInt64(index)) }
        }
    }

    /// Excuses a word of one text together with all that is left of the other, where its letters are
    /// the first ones of those words.
    ///
    /// Words stand in no order here, so that it does not matter which letter is whose: with every other
    /// word of both in common, that hardly ever agrees by chance.
    private static func excuseInitials(
        _ side: Words, _ rest: inout UInt64, of other: Words, _ otherRest: inout UInt64,
        _ words: UnsafeBufferPointer<UInt32>, _ column: TextColumn
    ) {
        let count = otherRest.nonzeroBitCount
        guard rest.nonzeroBitCount == 1, Self.initials.contains(count) else { return }
        let word = column.wordTable[words[side.start + rest.trailingZeroBitCount]]
        guard word.count == count else { return }
        var (open, free) = (otherRest, ones(count))
        while open != 0 {
            let full = column.wordTable[words[other.start + open.trailingZeroBitCount]]
            open &= open &- 1
            let letter = word.indices.first { free & 1 &<< UInt64($0) != 0 && word[$0] == full[0] }
            guard full.count > 2, let letter else { return }
            free &= ~(1 &<< UInt64(letter))
        }
        (rest, otherRest) = (0, 0)
    }

    /// So many words are written as their initials.
    private static let initials = 2...5

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
}

extension TextColumn {
    /// How similar two unequal words are: 0, or from 0.7 up.
    ///
    /// Words with digits (articles, years) are equal or not. One error is allowed from four
    /// letters, two from eight.
    func similarity(
        _ first: UInt32, _ second: UInt32, _ scratch: Scratch, allowsInitials: Bool = false
    ) -> Float {
        let (maskA, maskB) = (masks[Int(first)], masks[Int(second)])
        guard (maskA | maskB) & Self.digits == 0 else { return 0 }
        let (lengthA, lengthB) = (wordTable.length(first), wordTable.length(second))
        if lengthA == 1 || lengthB == 1 {
            guard allowsInitials else { return 0 }
            return wordTable[first].first == wordTable[second].first ? 0.8 : 0
        }
        let shorter = min(lengthA, lengthB)
        guard shorter >= 3, max(lengthA, lengthB) >= 4 else { return 0 }
        let allowed = max(lengthA, lengthB) >= 8 ? 2 : 1
        guard abs(lengthA - lengthB) <= allowed,
            (maskA ^ maskB).nonzeroBitCount <= 2 * allowed
        else { return 0 }
        let distance = scratch.distance.distance(wordTable[first], wordTable[second])
        guard distance <= allowed else { return 0 }
        return 1 - Float(distance) / Float(max(lengthA, lengthB))
    }

    /// Whether two texts that are not equal say other numbers: «Аптека № 5» and «Аптека № 6», «Ромашка»
    /// and «Ромашка 2».
    ///
    /// Numbers are the same where all digits are, or all words that have some, in whatever order.
    func sayOtherNumbers(_ a: Variant, _ b: Variant) -> Bool {
        let (first, second) = (words(of: a), words(of: b))
        func isNumber(_ word: UInt32) -> Bool { masks[Int(word)] & Self.digits != 0 }
        guard first.contains(where: isNumber) || second.contains(where: isNumber) else {
            return false
        }
        // Words stand in the order of their hashes.
        if first.lazy.filter(isNumber).elementsEqual(second.lazy.filter(isNumber)) { return false }
        func isDigit(_ code: UInt8) -> Bool {
            Self.digits & 1 &<< UInt64(code & 63) != 0 && code < 11
        }
        return !valueTable[a.value].lazy.filter(isDigit)
            .elementsEqual(valueTable[b.value].lazy.filter(isDigit))
    }

    /// Whether each of two texts that say other numbers has some and none of them is the other's:
    /// «Аптека Ромашка № 5» and «Аптека Ромашка № 6», but not «Ромашка 5» and «Ромашка 5, корпус 2».
    func shareNoNumber(_ a: Variant, _ b: Variant) -> Bool {
        let (first, second) = (words(of: a), words(of: b))
        func isNumber(_ word: UInt32) -> Bool { masks[Int(word)] & Self.digits != 0 }
        return first.contains(where: isNumber) && second.contains(where: isNumber)
            && !first.contains { isNumber($0) && second.contains($0) }
    }

    /// Digits are the codes 1 to 10, and have bits of their own among the letters of a word.
    private static let digits: UInt64 = 0x7FE

    /// How many typing errors lie between two whole texts, and how long the longer one is; `nil` when
    /// more than a quarter of it, or where it has more than so many letters.
    func errors(
        _ first: UInt32, _ second: UInt32, _ scratch: Scratch, longest: Int = EditDistance.longest
    ) -> (Int, Int)? {
        let (lengthA, lengthB) = (valueTable.length(first), valueTable.length(second))
        let longer = max(lengthA, lengthB)
        guard longer <= longest, abs(lengthA - lengthB) * 4 <= longer else { return nil }
        guard
            letterCounts[Int(first)].mayBe(within: longer / 4, of: letterCounts[Int(second)])
        else { return nil }
        let (a, b) = (valueTable[first], valueTable[second])
        guard longer <= EditDistance.longest else {
            return BandedEditDistance.distance(a, b, most: longer / 4, &scratch.rows)
                .map { ($0, longer) }
        }
        let distance = scratch.distance.distance(a, b)
        return distance * 4 <= longer ? (distance, longer) : nil
    }
}
