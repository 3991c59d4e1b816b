import Records

/// The hashes by which words lead to one another that sound alike.
///
/// They follow from the word alone, so that a record has the same keys among whatever others.
enum WordSounds {
    /// Words of fewer sounds keep the hash of their letters: of four letters, one is a quarter of the
    /// word, and what sounds alike is more often another word than an error.
    private static let fewest = 5

    /// The hashes of how each of some words of a table sounds, and of its letters.
    ///
    /// Short words and those with digits sound as their letters. Gaps of abbreviations do not count.
    static func hashes(
        _ range: Range<Int>, of table: FrozenTable
    ) -> (sounds: [UInt64], letters: [UInt64]) {
        var (letters, sounds) = ([UInt8](), [UInt8]())
        var hashes: (sounds: [UInt64], letters: [UInt64]) = ([], [])
        hashes.sounds.reserveCapacity(range.count)
        hashes.letters.reserveCapacity(range.count)
        for number in range {
            let word = table[UInt32(number)]
            guard word.contains(Abbreviation.gap) else {
                hashes.letters.append(table.hashes[number])
                hashes.sounds.append(hash(of: word, letters: table.hashes[number], &sounds))
                continue
            }
            letters.removeAll(keepingCapacity: true)
            for letter in word where letter != Abbreviation.gap { letters.append(letter) }
            letters.withUnsafeBufferPointer { word in
                let own = TextHash.of(word)
                hashes.letters.append(own)
                hashes.sounds.append(hash(of: word, letters: own, &sounds))
            }
        }
        return hashes
    }

    private static func hash(
        of word: UnsafeBufferPointer<UInt8>, letters: UInt64, _ sounds: inout [UInt8]
    ) -> UInt64 {
        guard word.count >= fewest, !word.contains(where: { $0 <= 10 }) else { return letters }
        sounds.removeAll(keepingCapacity: true)
        PhoneticKey.append(word, to: &sounds)
        return sounds.count < fewest ? letters : sounds.withUnsafeBufferPointer(TextHash.of)
    }
}
