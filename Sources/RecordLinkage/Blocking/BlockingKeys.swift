import Records

/// The blocking keys of every record for one key of a rule.
protocol KeyMaker: Sendable {
    /// Appends the hashed keys of a record.
    func keys(of record: Int, into keys: inout [UInt64])
    /// Whether two records have a whole value in common.
    func areEqual(_ first: Int, _ second: Int) -> Bool
}

extension KeyMaker {
    func areEqual(_ first: Int, _ second: Int) -> Bool { false }
}

/// Keys of names and texts.
struct TextKeys: KeyMaker {
    let column: TextColumn
    let transform: BlockingKey.Transform
    /// Words of more records than this are not rare.
    let mostFrequent: UInt32

    /// Longer texts have no keys with one error: the rest of the rules finds them.
    private static let longestWithError = 40

    func keys(of record: Int, into keys: inout [UInt64]) {
        for index in column.variants(of: record) {
            let variant = column.variants[index]
            let whole = column.valueTable.hashes[Int(variant.value)]
            switch transform {
            case .whole: keys.append(whole)
            case .oneError: Deletions.append(of: column.valueTable[variant.value], to: &keys)
            case .rareWord:
                for word in column.words(of: variant) where frequency(word) <= mostFrequent {
                    keys.append(column.wordTable.hashes[Int(word)])
                }
            case .wordPair: appendPairs(variant, to: &keys)
            case .prefix, .year:
                keys.append(StableHash.of(column.valueTable[variant.value].prefix(4)))
            case .suffix: keys.append(StableHash.of(column.valueTable[variant.value].suffix(4)))
            case .initials: appendInitials(variant, to: &keys)
            case .similar: break
            case .city:
                for word in Array(column.words(of: variant)) + column.notes(of: variant) {
                    keys.append(column.wordTable.hashes[Int(word)])
                }
            }
        }
    }

    func areEqual(_ first: Int, _ second: Int) -> Bool {
        for a in column.variants(of: first) {
            for b in column.variants(of: second)
            where column.variants[a].value == column.variants[b].value { return true }
        }
        return false
    }

    private func frequency(_ word: UInt32) -> UInt32 { column.wordFrequencies.counts[Int(word)] }

    /// Pairs of the six rarest words.
    private func appendPairs(_ variant: TextColumn.Variant, to keys: inout [UInt64]) {
        guard variant.wordCount > 1 else { return }
        if variant.wordCount == 2 {
            let words = column.words(of: variant)
            let (a, b) = (
                column.wordTable.hashes[Int(words[words.startIndex])],
                column.wordTable.hashes[Int(words[words.startIndex + 1])]
            )
            return keys.append(StableHash.of(min(a, b), max(a, b)))
        }
        let rarest = column.words(of: variant).sorted { (frequency($0), $0) < (frequency($1), $1) }
            .prefix(6)
        let hashes = rarest.map { column.wordTable.hashes[Int($0)] }.sorted()
        for (index, first) in hashes.enumerated() {
            for second in hashes[(index + 1)...] { keys.append(StableHash.of(first, second)) }
        }
    }

    /// Surname and first initial; of other texts nothing.
    private func appendInitials(_ variant: TextColumn.Variant, to keys: inout [UInt64]) {
        guard variant.isPerson else { return }
        let surname = column.wordTable.hashes[Int(variant.surname)]
        guard variant.given != TextTable.none, let letter = column.wordTable[variant.given].first
        else { return keys.append(surname) }
        var key = StableHash.of(surname, UInt64(letter))
        if variant.patronymic != TextTable.none,
            let second = column.wordTable[variant.patronymic].first
        {
            key = StableHash.of(key, UInt64(second))
        }
        keys.append(key)
    }
}

/// Keys of identifiers.
struct ValueKeys: KeyMaker {
    let column: ValueColumn
    let transform: BlockingKey.Transform

    func keys(of record: Int, into keys: inout [UInt64]) {
        for value in column.values(of: record) {
            switch transform {
            case .oneError: Deletions.append(of: column.table[value], to: &keys)
            case .prefix: keys.append(StableHash.of(column.table[value].prefix(5)))
            case .suffix: keys.append(StableHash.of(column.table[value].suffix(5)))
            case .year: keys.append(StableHash.of(column.table[value].prefix(4)))
            default: keys.append(column.table.hashes[Int(value)])
            }
        }
    }
}

extension ValueKeys {
    func areEqual(_ first: Int, _ second: Int) -> Bool {
        let others = column.values(of: second)
        return column.values(of: first).contains { others.contains($0) }
    }
}

/// Keys of addresses.
struct AddressKeys: KeyMaker {
    let column: AddressColumn
    let transform: BlockingKey.Transform

    func keys(of record: Int, into keys: inout [UInt64]) {
        for index in column.variants(of: record) {
            let variant = column.variants[index]
            if transform == .city {
                if variant.city != TextTable.none {
                    keys.append(column.words.hashes[Int(variant.city)])
                }
                continue
            }
            // Two words of places and the house: city and street in whatever order.
            guard variant.house != TextTable.none else { continue }
            let house = column.words.hashes[Int(variant.house)]
            let hashes = column.places(of: variant).prefix(8)
                .map { column.words.hashes[Int($0)] }.sorted()
            for (index, first) in hashes.enumerated() {
                for second in hashes[(index + 1)...] {
                    keys.append(StableHash.of(StableHash.of(first, second), house))
                }
            }
        }
    }
}

/// The deletion neighbourhood: two texts one error apart share a text with at most one letter left
/// out, so that equal keys find them without comparing all with all.
enum Deletions {
    static func append(of text: UnsafeBufferPointer<UInt8>, to keys: inout [UInt64]) {
        guard text.count >= 4, text.count <= 40 else { return }
        // A polynomial hash of prefix and suffix makes each deletion O(1).
        let count = text.count
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count + 1) { suffixes in
            suffixes[count] = 0
            for index in stride(from: count - 1, through: 0, by: -1) {
                suffixes[index] =
                    suffixes[index + 1] &+ (UInt64(text[index]) &+ 7) &* powers[count - 1 - index]
            }
            // The hash of a text is Σ (letter + 7) · base^(letters after it).
            keys.append(StableHash.mix(suffixes[0]))
            var prefix: UInt64 = 0
            var previous: UInt8 = 0
            for index in 0..<count {
                let letter = text[index]
                // Leaving out either of two equal neighbours gives the same text.
                if letter != previous {
                    let rest = suffixes[index + 1]
                    keys.append(
                        StableHash.mix(prefix &* powers[count - 1 - index] &+ rest))
                }
                prefix = prefix &* base &+ (UInt64(letter) &+ 7)
                previous = letter
            }
        }
    }

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15 | 1
    private static let powers: [UInt64] = (0..<40).reduce(into: [1]) { powers, _ in
        powers.append(powers[powers.count - 1] &* base)
    }
}
