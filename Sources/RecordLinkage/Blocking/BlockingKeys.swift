import Records

/// The blocking keys of every record for one key of a rule.
protocol KeyMaker: Sendable {
    /// Appends the hashed keys of a record.
    func keys(of record: Int, into keys: inout [UInt64])
    /// Appends the keys of many records, each with its record in the bits of the mask.
    func keys(of range: Range<Int>, mask: UInt64, into keys: inout [UInt64])
    /// The values of the records, for pairs of values that are one error apart.
    func values(records: Int) -> KeyedValues
}

extension KeyMaker {
    // A requirement nevertheless: it is then made for each maker, and calls it directly.
    func keys(of range: Range<Int>, mask: UInt64, into keys: inout [UInt64]) {
        for record in range {
            let first = keys.count
            self.keys(of: record, into: &keys)
            for place in first..<keys.count { keys[place] = keys[place] & ~mask | UInt64(record) }
        }
    }
}

/// Keys of names and texts; words are keys as they sound, see ``WordSounds``.
struct TextKeys: KeyMaker {
    let column: TextColumn
    let transform: BlockingKey.Transform
    /// Words of more records than this are not rare.
    let mostFrequent: UInt32

    func keys(of record: Int, into keys: inout [UInt64]) {
        for index in column.variants(of: record) where !column.variants[index].repeatsWords {
            let variant = column.variants[index]
            switch transform {
            case .whole: keys.append(column.valueTable.hashes[Int(variant.value)])
            case .oneError: Deletions.append(of: column.valueTable[variant.value], to: &keys)
            case .rareWord:
                for word in column.words(of: variant) where frequency(word) <= mostFrequent {
                    keys.append(column.soundHashes[Int(word)])
                }
            case .wordPair: appendPairs(variant, to: &keys)
            case .prefix, .year:
                keys.append(StableHash.of(column.valueTable[variant.value].prefix(4)))
            case .suffix: keys.append(StableHash.of(column.valueTable[variant.value].suffix(4)))
            case .initials: appendInitials(variant, to: &keys)
            case .similar, .numbers: break
            case .city:
                for word in Array(column.words(of: variant)) + column.notes(of: variant) {
                    keys.append(column.letterHashes[Int(word)])
                }
            }
        }
    }

    func values(records: Int) -> KeyedValues {
        KeyedValues(
            column.valueTable, counts: column.valueFrequencies.counts, records: records
        ) { record, take in
            for index in column.variants(of: record) { take(column.variants[index].value) }
        }
    }

    private func frequency(_ word: UInt32) -> UInt32 { column.wordFrequencies.expected[Int(word)] }

    /// So many words of a text, the rarest, are paired.
    private static let mostPaired = 6

    private func isRarer(_ word: UInt32, than other: UInt32) -> Bool {
        let (own, others) = (frequency(word), frequency(other))
        guard own == others else { return own < others }
        return column.wordTable.hashes[Int(word)] < column.wordTable.hashes[Int(other)]
    }

    /// Pairs of the rarest words.
    private func appendPairs(_ variant: TextColumn.Variant, to keys: inout [UInt64]) {
        guard variant.wordCount > 1 else { return }
        if variant.wordCount == 2 {
            let words = column.words(of: variant)
            let (a, b) = (
                column.soundHashes[Int(words[words.startIndex])],
                column.soundHashes[Int(words[words.startIndex + 1])]
            )
            return keys.append(StableHash.of(min(a, b), max(a, b)))
        }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.mostPaired) { rarest in
            var count = 0
            for word in column.words(of: variant) {
                // Sorted in where it belongs; what falls off the end is more frequent.
                var place = count
                while place > 0, isRarer(word, than: rarest[place - 1]) {
                    if place < Self.mostPaired { rarest[place] = rarest[place - 1] }
                    place -= 1
                }
                guard place < Self.mostPaired else { continue }
                rarest[place] = word
                count = min(Self.mostPaired, count + 1)
            }
            for index in 0..<count {
                let first = column.soundHashes[Int(rarest[index])]
                for other in index + 1..<max(count, index + 1) {
                    let second = column.soundHashes[Int(rarest[other])]
                    keys.append(StableHash.of(min(first, second), max(first, second)))
                }
            }
        }
    }

    /// Surname and first initial; of other texts nothing.
    private func appendInitials(_ variant: TextColumn.Variant, to keys: inout [UInt64]) {
        guard variant.isPerson else { return }
        let surname = column.soundHashes[Int(variant.surname)]
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
    func values(records: Int) -> KeyedValues {
        KeyedValues(
            column.table, counts: column.frequencies.counts, records: records
        ) { record, take in
            for value in column.values(of: record) { take(value) }
        }
    }
}

/// Keys of the numbers within texts.
struct NumberKeys: KeyMaker {
    let column: NumberColumn

    func keys(of record: Int, into keys: inout [UInt64]) {
        keys.append(contentsOf: column.keys(of: record).sorted())
    }

    func values(records: Int) -> KeyedValues {
        KeyedValues(FrozenTable(TextTable()), counts: Frozen([]), records: records) { _, _ in }
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

    func values(records: Int) -> KeyedValues {
        let none = [UInt32](repeating: 0, count: column.words.count)
        return KeyedValues(column.words, counts: Frozen(none), records: records) { _, _ in }
    }
}
