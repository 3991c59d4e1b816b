import Records

/// Compares names of organisations by their words and letters, names of persons by their parts.
///
/// Persons have levels of their own, in a group apart: how often a surname with initials belongs
/// to the same person says nothing about firms.
struct NameComparison: PreparedComparison {
    let name: String
    let column: TextColumn
    let usesTermFrequency: Bool
    let initials: InitialFrequencies

    init(
        name: String, column: TextColumn, usesTermFrequency: Bool,
        initials: InitialFrequencies? = nil
    ) {
        self.name = name
        self.column = column
        self.usesTermFrequency = usesTermFrequency
        self.initials = initials ?? InitialFrequencies(column)
    }

    let levels = [
        LevelScheme("exact", "=", expected: 0.6, isExact: true),
        LevelScheme("one error", "≈", expected: 0.15),
        LevelScheme("similar", "≈", expected: 0.1),
        LevelScheme("partly", "≈", expected: 0.06),
        LevelScheme("little", "≈", expected: 0.04),
        LevelScheme("hardly", "≠", expected: 0.03),
        LevelScheme("different", "≠", expected: 0.02),
        LevelScheme("full name", "=", expected: 0.45, group: 1, isExact: true),
        LevelScheme("full name, one error", "≈", expected: 0.1, group: 1),
        LevelScheme("surname and initials", "≈", expected: 0.25, group: 1),
        LevelScheme("surname and given name", "≈", expected: 0.1, group: 1),
        LevelScheme("surname", "≈", expected: 0.05, group: 1),
        LevelScheme("different person", "≠", expected: 0.05, group: 1),
    ]

    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        column.fetch(pairs, half)
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        var best: (rank: Float, outcome: Outcome)?
        let others = column.variants(of: second)
        search: for i in column.variants(of: first) where !column.variants[i].repeatsWords {
            for j in others where !column.variants[j].repeatsWords {
                let found = compare(column.variants[i], column.variants[j], scratch)
                if found.rank > best?.rank ?? -1 { best = found }
                if found.rank >= Self.highestRank { break search }
            }
        }
        guard var outcome = best?.outcome else { return .missing }
        if !usesTermFrequency { outcome.information = Outcome.plain }
        return outcome
    }

    /// The rank of names that are the same: no other text of the records can have a higher one.
    private static let highestRank: Float = 2
    /// Names of this similarity are similar.
    private static let leastSimilar: Float = 0.8
    /// Names of this similarity have hardly anything in common.
    private static let leastHardly: Float = 0.2
    /// How similar a name is to its initials: it agrees a little.
    private static let ofInitials: Float = 0.5
    /// First letters tell some four bits each; in whatever order, as words stand here, half of that.
    private static let bitsOfInitial: Float = 2
    /// Names of which one says a number more agree in part at most.
    private static let mostWithOtherNumbers: Float = 0.79

    private func compare(
        _ a: TextColumn.Variant, _ b: TextColumn.Variant, _ scratch: Scratch
    ) -> (rank: Float, outcome: Outcome) {
        if a.isPerson, b.isPerson { return comparePersons(a, b, scratch) }
        if a.value == b.value {
            let bits = column.valueFrequencies.bits[Int(a.value)]
            return (Self.highestRank, Outcome(level: 0, bits: bits))
        }
        var errors = column.errors(a.value, b.value, scratch)
        // «Аптека № 5» is not «Аптека № 6», however little is between the two.
        if errors != nil, column.sayOtherNumbers(a, b) { errors = nil }
        if let (errors, length) = errors, errors == 1, length >= 5 {
            let bits = column.valueFrequencies.plainBits
            return (1.5, Outcome(level: 1, bits: min(bits[Int(a.value)], bits[Int(b.value)])))
        }
        let words = WordAlignment(column, a, b, scratch, allowsInitials: false)
        var (similarity, information) = (words.similarity, words.information)
        // Initials of a whole name do not link by themselves, but are no contradiction.
        if similarity == 0, let letters = WordAlignment.initialCount(column, a, b) {
            return (Self.ofInitials, Outcome(level: 4, bits: Float(letters) * Self.bitsOfInitial))
        }
        // One name within the other tells less than its share of rare words suggests.
        if words.containment > 0.99, words.information >= 6 {
            similarity = max(similarity, 0.62)
        }
        if let (errors, length) = errors {
            let bits = column.valueFrequencies.plainBits
            let shared = min(bits[Int(a.value)], bits[Int(b.value)])
            let whole = 1 - Float(errors) / Float(length)
            if whole > similarity { similarity = whole }
            information = max(information, shared * whole - Float(errors))
        }
        if similarity >= Self.leastHardly, column.sayOtherNumbers(a, b) {
            // Each has its number: the words that they share say which of several they are not.
            if column.shareNoNumber(a, b) { return (Self.leastHardly, Outcome(level: 5)) }
            similarity = min(similarity, Self.mostWithOtherNumbers)
        }
        let level =
            switch similarity {
            case 0.92...: 1
            case Self.leastSimilar...: 2
            case 0.62...: 3
            case 0.4...: 4
            case Self.leastHardly...: 5
            default: 6
            }
        if level == 6 { return (similarity, Outcome(level: 6)) }
        return (similarity, Outcome(level: level, bits: information))
    }

    private func comparePersons(
        _ a: TextColumn.Variant, _ b: TextColumn.Variant, _ scratch: Scratch
    ) -> (rank: Float, outcome: Outcome) {
        let bits = column.wordFrequencies.plainBits
        func shared(_ first: UInt32, _ second: UInt32) -> Float {
            min(bits[Int(first)], bits[Int(second)])
        }
        let surname = surnames(a.surname, b.surname, scratch)
        guard surname >= .similar else { return (0, Outcome(level: 12)) }
        let given = part(a.given, b.given, scratch)
        let patronymic = part(a.patronymic, b.patronymic, scratch)
        guard given != .differ, patronymic != .differ else { return (0.1, Outcome(level: 12)) }
        var information = shared(a.surname, b.surname)
        switch given {
        case .equal, .similar: information += shared(a.given, b.given)
        case .initial: information += initials.given(column.wordTable[a.given].first)
        case .differ, .absent: break
        }
        switch patronymic {
        case .equal, .similar: information += shared(a.patronymic, b.patronymic)
        case .initial: information += initials.patronymic(column.wordTable[a.patronymic].first)
        case .differ, .absent: break
        }
        if given == .equal, patronymic == .equal, surname == .equal {
            let whole = column.valueFrequencies.bits[Int(a.value)]
            return (Self.highestRank, Outcome(level: 7, bits: whole))
        }
        if given >= .similar, patronymic >= .similar {
            return (1.5, Outcome(level: 8, bits: information - 1))
        }
        let hasBoth = given != .absent && patronymic != .absent
        switch (surname, given) {
        case (.equal, _) where hasBoth: return (1, Outcome(level: 9, bits: information))
        case (.equal, .equal): return (0.9, Outcome(level: 10, bits: information))
        default: return (0.5, Outcome(level: 11, bits: information))
        }
    }

    /// How two parts of a person's name agree, weakest first.
    private enum PartAgreement: Int, Comparable {
        case differ, absent, initial, similar, equal
        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private func part(_ first: UInt32, _ second: UInt32, _ scratch: Scratch) -> PartAgreement {
        guard first != TextTable.none, second != TextTable.none else { return .absent }
        let (lengthA, lengthB) = (column.wordTable.length(first), column.wordTable.length(second))
        if lengthA == 1 || lengthB == 1 {
            let agrees = column.wordTable[first].first == column.wordTable[second].first
            return agrees ? .initial : .differ
        }
        if first == second { return .equal }
        return column.similarity(first, second, scratch) > 0 ? .similar : .differ
    }

    /// The same of surnames, of which one may be half of the other: «Иванова», «Иванова-Петрова».
    private func surnames(_ first: UInt32, _ second: UInt32, _ scratch: Scratch) -> PartAgreement {
        let agreement = part(first, second, scratch)
        let masks = column.masks[Int(first)] | column.masks[Int(second)]
        guard agreement == .differ, masks & TextColumn.hyphen != 0 else { return agreement }
        return isHalf(first, of: second) || isHalf(second, of: first) ? .similar : .differ
    }

    private func isHalf(_ half: UInt32, of whole: UInt32) -> Bool {
        let (letters, single) = (column.wordTable[whole], column.wordTable[half])
        guard let hyphen = letters.firstIndex(of: SoundKey.hyphen) else { return false }
        return letters[..<hyphen].elementsEqual(single)
            || letters[(hyphen + 1)...].elementsEqual(single)
    }

    func normalizedText(_ record: Int) -> String {
        column.variants(of: record).map { index in
            let variant = column.variants[index]
            let parts =
                variant.isPerson
                ? [variant.surname, variant.given, variant.patronymic]
                    .filter { $0 != TextTable.none }
                    .map { SoundKeyText.text(column.wordTable[$0]) }
                : [SoundKeyText.text(column.valueTable[variant.value])]
            return parts.joined(separator: " ")
        }.joined(separator: " | ")
    }
}

/// How much an initial tells: the frequency of first letters among full names.
struct InitialFrequencies: Sendable {
    /// By the first letter.
    let givenBits: Frozen<Float>
    let patronymicBits: Frozen<Float>

    /// Takes what was learnt before.
    init(givenBits: Frozen<Float>, patronymicBits: Frozen<Float>) {
        (self.givenBits, self.patronymicBits) = (givenBits, patronymicBits)
    }

    init(_ column: TextColumn) {
        givenBits = Frozen(Self.bits(column) { $0.given })
        patronymicBits = Frozen(Self.bits(column) { $0.patronymic })
    }

    func given(_ letter: UInt8?) -> Float { letter.map { givenBits[Int($0)] } ?? 0 }
    func patronymic(_ letter: UInt8?) -> Float { letter.map { patronymicBits[Int($0)] } ?? 0 }

    private static func bits(
        _ column: TextColumn, _ part: (TextColumn.Variant) -> UInt32
    ) -> [Float] {
        var counts = [Float](repeating: 0.5, count: 256)
        for variant in column.variants.all where part(variant) != TextTable.none {
            if let letter = column.wordTable[part(variant)].first { counts[Int(letter)] += 1 }
        }
        let total = counts.reduce(0, +)
        return counts.map { Frequencies.bits(ofShare: $0 / total) }
    }
}
