// Slashes part numbers, «123-45-67/765-43-21», or stand within one: `310/246-1501`.
extension PhoneNumber {
    /// The numbers of a text between slashes, each whole.
    ///
    /// Parts that together have the digits of a whole number are one where one of them has too few for
    /// a number of its own, or the first begins a whole number: `310/246-1501`, `8-4862/55-12-34`,
    /// `(495)123/45/67`. Of «22-33-44/45/46» the short ones are other endings, and stay parts.
    ///
    /// - Complexity: O(length); a text without slashes is only searched for one.
    static func parts(_ text: Substring) -> [Substring] {
        guard text.utf8.contains(UInt8(ascii: "/")) else { return [text] }
        let pieces = text.split(separator: "/").map(SlashedPiece.init)
        var (parts, rest) = ([Substring](), pieces[...])
        while let first = rest.first {
            let count = pieceCount(rest)
            let last = rest[rest.startIndex + count - 1]
            parts.append(text[first.text.startIndex..<last.text.endIndex])
            rest = rest.dropFirst(count)
        }
        return parts
    }

    /// How many pieces the first number has.
    private static func pieceCount(_ pieces: ArraySlice<SlashedPiece>) -> Int {
        guard let first = pieces.first, first.digitCount > 0 else { return 1 }
        var (digitCount, count) = (first.digitCount, 1)
        var hasFragment = first.isFragment
        while digitCount < wholeLength, count < pieces.count {
            let piece = pieces[pieces.startIndex + count]
            // What stands behind words is no more of the number.
            if piece.hasWordsBefore || pieces[pieces.startIndex + count - 1].hasWordsBehind {
                return 1
            }
            digitCount += piece.digitCount
            hasFragment = hasFragment || piece.isFragment
            count += 1
        }
        guard count > 1, first.mayBegin(numberOf: digitCount) else { return 1 }
        let second = pieces[pieces.startIndex + 1]
        let isWhole =
            first.begins(numberOf: digitCount) || first.isFragment
            || hasFragment && !second.isOtherEnding(of: first)
        return isWhole ? count : 1
    }
}

/// What stands between slashes.
private struct SlashedPiece {
    let text: Substring
    /// How many digits it has before words behind them: an extension is not counted.
    let digitCount: Int
    let hasWordsBefore: Bool
    let hasWordsBehind: Bool
    private let isInternational: Bool
    private let isBracketed: Bool
    /// Whether 7 or 8 stands apart before the rest.
    private let hasTrunk: Bool
    private let lastGroupCount: Int

    init(_ text: Substring) {
        self.text = text
        let number = text.unicodeScalars.drop {
            !PhoneNumber.isDigit($0) && $0 != "+" && $0 != "("
        }
        let plain = number.prefix { !$0.properties.isAlphabetic && $0 != "#" && $0 != "*" }
        let groups = plain.split(whereSeparator: { !PhoneNumber.isDigit($0) })
        digitCount = groups.reduce(0) { $0 + $1.count }
        hasWordsBefore = text.unicodeScalars[..<number.startIndex]
            .contains { $0.properties.isAlphabetic }
        hasWordsBehind = plain.endIndex < number.endIndex
        isInternational = number.first == "+"
        isBracketed = number.first == "("
        hasTrunk = groups.first.map { $0.elementsEqual(["7"]) || $0.elementsEqual(["8"]) } ?? false
        lastGroupCount = groups.last?.count ?? 0
    }

    /// Whether it has too few digits for a number.
    var isFragment: Bool { digitCount < PhoneNumber.fewestDigits }

    /// Whether it may be the beginning of a whole number of so many digits.
    func mayBegin(numberOf count: Int) -> Bool {
        count >= PhoneNumber.wholeLength
            // With 7 or 8 before it a number of Russia has eleven.
            && count <= (isInternational ? PhoneNumber.mostDigits : PhoneNumber.wholeLength + 1)
    }

    /// Whether it begins as only a whole number of so many digits does.
    func begins(numberOf count: Int) -> Bool {
        isInternational || isBracketed || (hasTrunk && count == PhoneNumber.wholeLength + 1)
    }

    /// Whether it may stand in the place of the last digits of a number of a town.
    func isOtherEnding(of number: SlashedPiece) -> Bool {
        digitCount == number.lastGroupCount
            && (PhoneNumber.fewestDigits...7).contains(number.digitCount)
    }
}
