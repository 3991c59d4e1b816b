import Records

/// Compares free texts by their words, or short texts as a whole.
struct TextComparison: PreparedComparison {
    /// What similarity is measured by.
    enum Measure: Sendable { case words, personName, jaroWinkler, typingErrors }

    let name: String
    let column: TextColumn
    let measure: Measure
    let thresholds: [Float]
    let usesTermFrequency: Bool
    let levels: [LevelScheme]

    init(
        name: String, column: TextColumn, measure: Measure, thresholds: [Double],
        usesTermFrequency: Bool
    ) {
        self.name = name
        self.column = column
        self.measure = measure
        self.usesTermFrequency = usesTermFrequency
        let standard: [Double] =
            switch measure {
            case .words: [0.9, 0.75, 0.55, 0.35, 0.15]
            case .personName, .jaroWinkler: [0.94, 0.86, 0.75]
            case .typingErrors: [0.88, 0.75, 0.6]
            }
        self.thresholds = (thresholds.isEmpty ? standard : thresholds).map(Float.init)
        levels = Self.levels(self.thresholds.count)
    }

    private static func levels(_ count: Int) -> [LevelScheme] {
        var levels = [LevelScheme("exact", "=", expected: 0.7, isExact: true)]
        var rest = 0.25
        for index in 0..<count {
            levels.append(LevelScheme("similar \(index + 1)", "≈", expected: rest * 0.6))
            rest *= 0.4
        }
        levels.append(LevelScheme("different", "≠", expected: 0.05))
        return levels
    }

    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        column.fetch(pairs, half)
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        var best: (rank: Float, outcome: Outcome)?
        for i in column.variants(of: first) {
            for j in column.variants(of: second) {
                let found = compare(column.variants[i], column.variants[j], scratch)
                if found.rank > best?.rank ?? -1 { best = found }
            }
        }
        guard var outcome = best?.outcome else { return .missing }
        if !usesTermFrequency { outcome.information = Outcome.plain }
        return outcome
    }

    private func compare(
        _ a: TextColumn.Variant, _ b: TextColumn.Variant, _ scratch: Scratch
    ) -> (rank: Float, outcome: Outcome) {
        if a.value == b.value {
            return (2, Outcome(level: 0, bits: column.valueFrequencies.bits[Int(a.value)]))
        }
        var (similarity, information) = (Float(0), Float(0))
        let plain = column.valueFrequencies.plainBits
        let rarity = min(plain[Int(a.value)], plain[Int(b.value)])
        let isSingle = a.wordCount == 1 && b.wordCount == 1
        switch measure {
        case .words, .personName:
            let words = WordAlignment(
                column, a, b, scratch, allowsInitials: measure == .personName)
            (similarity, information) = (words.similarity, words.information)
            if measure == .personName, isSingle { fallthrough }
            if let (errors, length) = column.errors(a.value, b.value, scratch) {
                let whole = 1 - Float(errors) / Float(length)
                if whole > similarity { similarity = whole }
                information = max(information, rarity * whole - Float(errors))
            }
        case .jaroWinkler:
            let whole = scratch.distance.jaroWinkler(
                column.valueTable[a.value], column.valueTable[b.value])
            similarity = max(similarity, Float(whole))
            information = max(information, rarity * similarity - 1)
        case .typingErrors:
            let longest = BandedEditDistance.longest
            guard
                let (errors, length) = column.errors(a.value, b.value, scratch, longest: longest)
            else { break }
            similarity = 1 - Float(errors) / Float(length)
            information = rarity * similarity - 1
        }
        let index = thresholds.firstIndex { similarity >= $0 } ?? thresholds.count
        guard index < thresholds.count else {
            return (similarity, Outcome(level: UInt8(thresholds.count + 1)))
        }
        return (similarity, Outcome(level: index + 1, bits: information))
    }

    func normalizedText(_ record: Int) -> String {
        column.variants(of: record).map { index in
            let variant = column.variants[index]
            return column.words(of: variant)
                .map { SoundKeyText.text(column.wordTable[$0]) }.joined(separator: " ")
        }.joined(separator: " | ")
    }
}
