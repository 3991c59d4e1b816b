import Records

/// Compares texts by the numbers in them: sizes, articles, pack units.
///
/// Two goods with all words in common and another size are two goods, which no share of words in common
/// says. A text of one record is compared with each of the other's, and the best counts: a full name
/// says more numbers than a short one.
struct NumbersComparison: PreparedComparison {
    let name: String
    let column: NumberColumn
    let usesTermFrequency: Bool

    let levels = [
        LevelScheme("same numbers", "=", expected: 0.7, isExact: true),
        LevelScheme("one says more", "≈", expected: 0.15),
        LevelScheme("some in common", "≈", expected: 0.08),
        LevelScheme("other numbers", "≠", expected: 0.07),
    ]

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        var best = Outcome.missing
        for i in column.texts(of: first) {
            for j in column.texts(of: second) {
                let level = level(column.numbers(i), column.numbers(j))
                guard level < best.level else { continue }
                best =
                    level == 0 && usesTermFrequency
                    ? Outcome(level: 0, bits: column.bits(i, j)) : Outcome(level: level)
            }
        }
        return best
    }

    private func level(_ a: ArraySlice<TextNumber>, _ b: ArraySlice<TextNumber>) -> UInt8 {
        var (taken, common) = (UInt64(0), 0)
        for number in a {
            let free = b.indices.first {
                taken & 1 &<< UInt64($0 - b.startIndex) == 0 && number.agrees(with: b[$0])
            }
            guard let free else { continue }
            taken |= 1 &<< UInt64(free - b.startIndex)
            common += 1
        }
        if common == 0 { return 3 }
        if common < min(a.count, b.count) { return 2 }
        return a.count == b.count ? 0 : 1
    }

    func normalizedText(_ record: Int) -> String {
        column.texts(of: record).map { place in
            column.numbers(place).map(\.text).joined(separator: " ")
        }.joined(separator: " | ")
    }
}
