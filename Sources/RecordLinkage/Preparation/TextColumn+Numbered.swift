// What is made of the texts of a column once they are read: of their words, and of whole texts. Neither
// needs the other, so that two threads can share it.
extension TextColumn {
    /// The words of all texts, by their numbers.
    struct NumberedWords: Sendable {
        let table: FrozenTable
        let frequencies: Frequencies
        let soundHashes: Frozen<UInt64>
        let letterHashes: Frozen<UInt64>
        let masks: Frozen<UInt64>
        let hasShortened: Bool

        init(
            _ builder: TextColumnBuilder, _ records: RecordList, known: KnownFrequencies?,
            threads: Int
        ) {
            frequencies = Frequencies(
                builder.wordCounts(records), hashes: builder.wordTable.hashes, known: known)
            let table = FrozenTable(builder.wordTable)
            let parts = Parallel.map(count: table.count, chunk: 8192, threads: threads) {
                (hashes: WordSounds.hashes($0, of: table), masks: TextColumn.masks($0, of: table))
            }
            soundHashes = Frozen(joining: parts.map(\.hashes.sounds))
            masks = Frozen(joining: parts.map(\.masks))
            hasShortened = masks.all.contains { $0 & TextColumn.mayBeShort != 0 }
            letterHashes =
                hasShortened ? Frozen(joining: parts.map(\.hashes.letters)) : table.hashes
            self.table = table
        }
    }

    /// All different whole texts, by their numbers.
    struct NumberedValues: Sendable {
        let table: FrozenTable
        let frequencies: Frequencies
        let letterCounts: Frozen<LetterCounts>

        init(
            _ builder: TextColumnBuilder, _ records: RecordList, known: KnownFrequencies?,
            threads: Int
        ) {
            frequencies = Frequencies(
                builder.valueCounts(records), hashes: builder.valueTable.hashes, known: known)
            table = FrozenTable(builder.valueTable)
            letterCounts = Frozen(table.letterCounts(threads: threads))
        }
    }
}
