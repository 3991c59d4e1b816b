/// What the weight of a pair depends on beside its two records: how rare values are among all of them,
/// which words are places, what an initial tells, which fields are filled at all.
///
/// Learnt with a model and kept with its memory, so that later runs by them give a pair the same bits
/// whatever the other records are by then.
struct Population: Sendable {
    /// By the name of what is counted: the column and whether it is of words or of values.
    var frequencies: [String: KnownFrequencies] = [:]
    /// By the name of a comparison of places: the hashes of words that are places.
    var places: [String: [UInt64]] = [:]
    /// By the name of a comparison of names: what initials tell.
    var initials: [String: InitialFrequencies] = [:]
    /// The names of the comparisons that there is something to compare for.
    var comparisons: [String] = []
}

extension Population {
    /// The names of the words and of the whole texts of a column.
    static func words(_ column: String) -> String { column + " words" }
    static func values(_ column: String) -> String { column + " values" }

    /// What is known of the texts of a column.
    func known(_ column: String) -> TextColumn.Known? {
        guard let words = frequencies[Self.words(column)],
            let values = frequencies[Self.values(column)]
        else { return nil }
        return TextColumn.Known(words: words, values: values)
    }
}

/// The rarity of values as it was learnt: of those seen twice or more, by the values' hashes.
struct KnownFrequencies: Sendable {
    /// In order.
    let hashes: Frozen<UInt64>
    let bits: Frozen<Float>
    let plainBits: Frozen<Float>
    let counts: Frozen<UInt32>
    /// The bits of all other values.
    let single: Frequencies.Single

    /// The place of a value; `nil` when it was seen once at most.
    ///
    /// - Complexity: O(log log values): hashes are spread evenly.
    func place(of hash: UInt64) -> Int? { hashes.all.place(ofHash: hash) }
}

extension KnownFrequencies {
    /// Keeps what was learnt of values.
    init(_ frequencies: Frequencies, hashes: Frozen<UInt64>) {
        var known: [(hash: UInt64, number: Int)] = []
        for number in 0..<hashes.count where frequencies.counts[number] > 1 {
            known.append((hashes[number], number))
        }
        known.sort { $0.hash < $1.hash }
        self.hashes = Frozen(known.map(\.hash))
        bits = Frozen(known.map { frequencies.bits[$0.number] })
        plainBits = Frozen(known.map { frequencies.plainBits[$0.number] })
        counts = Frozen(known.map { frequencies.counts[$0.number] })
        single = frequencies.single
    }
}

extension UnsafeBufferPointer<UInt64> {
    /// The place of a hash among sorted ones, found where its size says that it should stand.
    func place(ofHash hash: UInt64) -> Int? {
        var (low, high) = (0, count - 1)
        while low <= high {
            let (least, most) = (self[low], self[high])
            guard hash >= least, hash <= most else { return nil }
            let span = most - least
            var guess = low
            if span > 0 {
                let share = (hash - least).multipliedFullWidth(by: UInt64(high - low))
                guess += Int(span.dividingFullWidth(share).quotient)
            }
            let found = self[guess]
            if found == hash { return guess }
            if found < hash { low = guess + 1 } else { high = guess - 1 }
        }
        return nil
    }
}
