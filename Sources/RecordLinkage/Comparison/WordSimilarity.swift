extension TextColumn {
    /// How similar two unequal words are: 0, or from 0.7 up.
    ///
    /// Words with digits (articles, years) are equal or not. One error is allowed from four
    /// letters, two from eight. A dot behind a word is no error.
    func similarity(
        _ first: UInt32, _ second: UInt32, _ scratch: Scratch, allowsInitials: Bool = false
    ) -> Float {
        let (maskA, maskB) = (masks[Int(first)], masks[Int(second)])
        guard (maskA | maskB) & (Self.digits | Self.mayBeShort) == 0 else {
            guard (maskA | maskB) & Self.digits == 0 else { return 0 }
            if haveSameLetters(first, second) { return 1 }
            guard let a = lettersInOneRun(first), let b = lettersInOneRun(second) else { return 0 }
            let (lettersA, lettersB) = (maskA & ~Self.mayBeShort, maskB & ~Self.mayBeShort)
            return Self.similarity(a, lettersA, b, lettersB, scratch, allowsInitials)
        }
        return Self.similarity(
            wordTable[first], maskA, wordTable[second], maskB, scratch, allowsInitials)
    }

    @inline(__always)
    private static func similarity(
        _ a: UnsafeBufferPointer<UInt8>, _ maskA: UInt64, _ b: UnsafeBufferPointer<UInt8>,
        _ maskB: UInt64, _ scratch: Scratch, _ allowsInitials: Bool
    ) -> Float {
        let (shorter, longer) = (min(a.count, b.count), max(a.count, b.count))
        if shorter == 1 { return allowsInitials && a.first == b.first ? 0.8 : 0 }
        guard shorter >= 3, longer >= 4 else { return 0 }
        let allowed = longer >= 8 ? 2 : 1
        guard longer - shorter <= allowed, (maskA ^ maskB).nonzeroBitCount <= 2 * allowed else {
            return 0
        }
        let distance = scratch.distance.distance(a, b)
        guard distance <= allowed else { return 0 }
        return 1 - Float(distance) / Float(longer)
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
