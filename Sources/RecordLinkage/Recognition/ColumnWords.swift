import Records

/// The words of the values of a column as they sound, «Андерсон» is Anderson, and how often each stands.
///
/// Counts and not shares, as sums of these would differ by the order in which they are added up.
struct WordCounts: Hashable, Sendable {
    private(set) var counts: [UInt64: Int] = [:]
    private(set) var total = 0

    mutating func add(_ word: UInt64) {
        counts[word, default: 0] += 1
        total += 1
    }

    mutating func add(_ other: WordCounts) {
        for (word, count) in other.counts { counts[word, default: 0] += count }
        total += other.total
    }

    func has(_ word: UInt64) -> Bool { counts[word] != nil }

    /// The sum, over all words, of the smaller of both shares, 0 to 1.
    func overlap(with other: WordCounts) -> Double {
        guard total > 0, other.total > 0 else { return 0 }
        let (fewer, more) = counts.count < other.counts.count ? (self, other) : (other, self)
        let shared = fewer.counts.reduce(0) { sum, word in
            sum + min(word.value * more.total, (more.counts[word.key] ?? 0) * fewer.total)
        }
        return Double(shared) / (Double(total) * Double(other.total))
    }

    /// The share of the words that some have, 0 to 1.
    func share(where isHad: (UInt64) -> Bool) -> Double {
        let had = counts.reduce(0) { $0 + (isHad($1.key) ? $1.value : 0) }
        return Double(had) / Double(max(1, total))
    }
}

/// The words of some values, of every second one apart.
struct WordHalves {
    /// The words of more than one sound.
    private(set) var all = WordCounts()
    let overlap: Double
    /// How many words a value has, and how many of them are no numbers.
    let perValue: Double
    let plainPerValue: Double

    init(_ values: ArraySlice<String>) {
        var (first, second, words, plain) = (WordCounts(), WordCounts(), 0, 0)
        for (place, value) in values.enumerated() {
            ColumnWords.forEach(value) { word, sounds, isPlain in
                words += 1
                if isPlain { plain += 1 }
                guard sounds > 1 else { return }
                if place & 1 == 0 { first.add(word) } else { second.add(word) }
            }
        }
        overlap = first.overlap(with: second)
        all.add(first)
        all.add(second)
        perValue = Double(words) / Double(max(1, values.count))
        plainPerValue = Double(plain) / Double(max(1, values.count))
    }
}

/// The words of a value as columns are compared by them.
enum ColumnWords {
    /// Hands over the hash of each word as it sounds, how many sounds it has, and whether it is no number.
    static func forEach(_ value: String, _ body: (UInt64, Int, Bool) -> Void) {
        var key: [UInt8] = []
        for word in FoldedText(value).words {
            key.removeAll(keepingCapacity: true)
            SoundKey.append(word.letters, to: &key)
            guard !key.isEmpty else { continue }
            body(key.withUnsafeBufferPointer(TextHash.of), key.count, !word.hasDigit)
        }
    }
}
