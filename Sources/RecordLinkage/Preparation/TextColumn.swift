import Records

/// The texts of some fields of all records, cut into numbered words.
struct TextColumn: Sendable {
    /// How a text is cut.
    enum Reading: Hashable, Sendable {
        /// As the name of an organisation or person.
        case organization
        /// As plain words; Latin words are read as transliterated Russian when the flag is set, and
        /// numbers with their units are left out where something else compares them.
        case plain(readsLatinAsRussian: Bool, leavesOutNumbers: Bool = false)
    }

    /// One text of a record.
    struct Variant: Sendable {
        /// Where its words stand in ``words``: first the words proper, then notes.
        var wordStart: UInt32 = 0
        var wordCount: UInt8 = 0
        var noteCount: UInt8 = 0
        /// The whole text without spaces.
        var value: UInt32 = TextTable.none
        /// The parts of a person's name; `none` where absent.
        var surname: UInt32 = TextTable.none
        var given: UInt32 = TextTable.none
        var patronymic: UInt32 = TextTable.none
        /// The legal form.
        var form: UInt32 = TextTable.none
        /// Whether an earlier text of the record has the same words: only the form is another.
        var repeatsWords = false

        var isPerson: Bool { surname != TextTable.none }
    }

    /// The most words of a text that count.
    static let mostWords = 40

    let variants: Frozen<Variant>
    /// Where the variants of each record begin; one more than records.
    private let starts: Frozen<UInt32>
    /// Numbers of words, in the order of their hashes within each variant's words proper and notes.
    let words: Frozen<UInt32>
    let wordTable: FrozenTable
    let valueTable: FrozenTable
    let forms: FrozenTable
    let wordFrequencies: Frequencies
    let valueFrequencies: Frequencies
    /// Texts of more words than ``mostWords``, of which the rest does not count.
    let longTextCount: Int
    /// By which words lead to one another that sound alike, see ``WordSounds``.
    let soundHashes: Frozen<UInt64>
    /// By which words are the same whatever gap is in them: «тверь.» and «тверь».
    let letterHashes: Frozen<UInt64>
    /// Letters of each word as bits, to rule out similarity quickly, and whether it is ``mayBeShort``.
    let masks: Frozen<UInt64>
    /// Whether any word is.
    let hasShortenedWords: Bool
    /// Letters of each whole text, counted, to the same end.
    let letterCounts: Frozen<LetterCounts>

    /// What is known of the rarity of words and of whole texts.
    struct Known: Sendable {
        var words: KnownFrequencies
        var values: KnownFrequencies
    }

    /// Where the texts of a column come from.
    struct Source: Sendable {
        /// The fields, each text of which is one of the record's.
        let fields: [Int]
        /// Whether the fields are read as one text: see ``TextColumnBuilder``.
        var isJoined = false
        /// What stands for none, by field; none where it is empty.
        var junk: [JunkTexts] = []

        init(_ fields: [Int], isJoined: Bool = false, junk: [JunkTexts] = []) {
            (self.fields, self.isJoined, self.junk) = (fields, isJoined, junk)
        }

        @inline(__always)
        func isJunk(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
            place < junk.count && junk[place].contains(text)
        }
    }

    /// Reads texts, numbers their words, and counts what is rare.
    ///
    /// - Parameters:
    ///   - records: Whose texts these are.
    ///   - source: Where they come from.
    ///   - reading: How they are cut.
    ///   - known: How rare words and texts are; `nil` to learn it from these.
    ///   - threads: How many threads may read.
    ///   - spare: How many may work on what was read; `nil` for as many. Where columns are read side by
    ///     side, each by one thread, the thread of a smaller column is free before the largest is ready.
    init(
        records: RecordList, source: Source, reading: Reading, known: Known? = nil, threads: Int,
        spare: Int? = nil
    ) {
        let builder = Parallel.joined(
            count: records.count, chunk: 4096, threads: threads, TextColumnBuilder(reading)
        ) { builder, range in
            builder.add(records, range, source)
        } append: {
            $0.append($1)
        }
        let spare = spare ?? threads
        let (ofWords, ofValues) = Parallel.both(threads: spare) {
            NumberedWords(builder, records, known: known?.words, threads: spare)
        } _: {
            NumberedValues(builder, records, known: known?.values, threads: spare)
        }
        variants = Frozen(builder.variants)
        starts = Frozen(builder.starts)
        words = Frozen(builder.words)
        forms = FrozenTable(builder.forms)
        longTextCount = builder.longTextCount
        (wordTable, wordFrequencies) = (ofWords.table, ofWords.frequencies)
        (soundHashes, letterHashes) = (ofWords.soundHashes, ofWords.letterHashes)
        (masks, hasShortenedWords) = (ofWords.masks, ofWords.hasShortened)
        (valueTable, valueFrequencies) = (ofValues.table, ofValues.frequencies)
        letterCounts = ofValues.letterCounts
    }

    @inline(__always)
    func variants(of record: Int) -> Range<Int> {
        Int(starts[record])..<Int(starts[record + 1])
    }

    /// The words proper of a text.
    @inline(__always)
    func words(of variant: Variant) -> UnsafeBufferPointer<UInt32> {
        let start = Int(variant.wordStart)
        return words[start..<start + Int(variant.wordCount)]
    }

    /// The words of a text that are notes.
    @inline(__always)
    func notes(of variant: Variant) -> UnsafeBufferPointer<UInt32> {
        let start = Int(variant.wordStart) + Int(variant.wordCount)
        return words[start..<start + Int(variant.noteCount)]
    }

    /// See ``PreparedComparison/fetch(_:_:)``.
    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        var sum: UInt32 = 0
        for pair in pairs { sum &+= starts[half.record(of: pair)] }
        for pair in pairs {
            // Of a record without a text the next one's: it does not matter.
            let start = Int(starts[half.record(of: pair)])
            if start < variants.count { sum &+= variants[start].value }
        }
        for pair in pairs {
            let start = Int(starts[half.record(of: pair)])
            guard start < variants.count else { continue }
            let variant = variants[start]
            sum &+= words[Int(variant.wordStart)]
            sum &+= UInt32(truncatingIfNeeded: valueTable.length(variant.value))
        }
        return sum
    }
}
