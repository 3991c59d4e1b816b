import Records

/// Reads texts and numbers their words, chunk by chunk; the chunks are then joined in order.
struct TextColumnBuilder: Sendable {
    private(set) var variants: [TextColumn.Variant] = []
    private(set) var starts: [UInt32] = [0]
    var words: [UInt32] = []
    var wordTable = TextTable()
    private(set) var valueTable = TextTable()
    var forms = TextTable()
    /// Texts of more words than count.
    var longTextCount = 0
    /// Whether the word before had a digit.
    var followsNumber = false
    let reading: TextColumn.Reading
    var keys: WordKeys
    var folder = WordFolder()
    /// Reused from text to text.
    var whole: [UInt8] = []
    /// What stood beside the word taken before, and where in its text that stands.
    var marksBefore = WordMarks(rawValue: 0)
    var placeBefore = 0
    /// Reused from word to word.
    var shortWord: [UInt8] = []
    /// The wholes of texts that say that there is none, by hash.
    private let placeholders: Set<UInt64>
    /// Reused from record to record.
    private var joinedText: [UInt8] = []

    init(_ reading: TextColumn.Reading) {
        self.init(reading, placeholders: Self.placeholders(reading))
    }

    /// What texts that say that there is none come to when they are read in the same way.
    private static func placeholders(_ reading: TextColumn.Reading) -> Set<UInt64> {
        var builder = TextColumnBuilder(reading, placeholders: [])
        return Set(
            Placeholders.texts.map { text in
                var text = text
                _ = text.withUTF8 { builder.read($0) }
                return builder.whole.withUnsafeBufferPointer(TextHash.of)
            })
    }

    private init(_ reading: TextColumn.Reading, placeholders: Set<UInt64>) {
        self.placeholders = placeholders
        self.reading = reading
        keys =
            switch reading {
            case .organization: WordKeys(readsLatinAsRussian: true)
            case .plain(let readsLatinAsRussian, _):
                WordKeys(readsLatinAsRussian: readsLatinAsRussian)
            }
    }

    // MARK: Reading

    /// A text whose whole has no number yet.
    private struct Draft: Sendable {
        var variant: TextColumn.Variant
        var hash: UInt64
        /// Where the whole ends among those that were read.
        var end: Int
    }

    /// The texts of some records, one after another; used again for the next ones.
    private var drafts: [Draft] = []
    private var wholes: [UInt8] = []
    /// Of each of these records, where its texts end.
    private var draftEnds: [Int] = []
    /// Takes what is fetched, so that it is not left out as useless.
    private var fetched: UInt32 = 0

    /// So many records are read before their texts are numbered.
    private static let recordsRead = 64

    mutating func add(_ records: RecordList, _ range: Range<Int>, _ source: TextColumn.Source) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.recordsRead) {
            for record in start..<min(range.upperBound, start + Self.recordsRead) {
                if source.isJoined {
                    addJoined(records, record, source.fields)
                } else {
                    for (place, field) in source.fields.enumerated() {
                        records.forEachText(record, field) { text in
                            if !source.isJunk(text, place) { draft(text) }
                        }
                    }
                }
                draftEnds.append(drafts.count)
            }
            number()
        }
    }

    /// Reads a text, unless it says that there is none.
    private mutating func draft(_ text: UnsafeBufferPointer<UInt8>) {
        let variant = read(text)
        let hash = whole.withUnsafeBufferPointer(TextHash.of)
        // A firm may be called so: its legal form shows it.
        if variant.form == TextTable.none, placeholders.contains(hash) {
            words.removeLast(words.count - Int(variant.wordStart))
            return
        }
        wholes.append(contentsOf: whole)
        drafts.append(Draft(variant: variant, hash: hash, end: wholes.count))
    }

    /// Reads the fields as one text: the first alone where it has several words, a whole name; else all
    /// of them, which have its parts.
    private mutating func addJoined(_ records: RecordList, _ record: Int, _ fields: [Int]) {
        joinedText.removeAll(keepingCapacity: true)
        for (place, field) in fields.enumerated() {
            records.forEachText(record, field) { text in
                if !joinedText.isEmpty { joinedText.append(UInt8(ascii: " ")) }
                joinedText.append(contentsOf: text)
            }
            if place == 0, joinedText.contains(UInt8(ascii: " ")) { break }
        }
        guard !joinedText.isEmpty else { return }
        let text = joinedText
        text.withUnsafeBufferPointer { draft($0) }
    }

    /// Numbers the texts that were read, and keeps of each record those that say something else.
    private mutating func number() {
        // Each stands anywhere in the table: they are waited for all at once.
        for draft in drafts { fetched &+= valueTable.fetch(draft.hash) }
        var (place, start) = (0, 0)
        for end in draftEnds {
            let first = variants.count
            while place < end {
                let draft = drafts[place]
                var variant = draft.variant
                variant.value = valueTable.intern(wholes[start..<draft.end], hash: draft.hash)
                if variant.wordCount > 0 { keep(variant, from: first) }
                (place, start) = (place + 1, draft.end)
            }
            starts.append(UInt32(variants.count))
        }
        drafts.removeAll(keepingCapacity: true)
        wholes.removeAll(keepingCapacity: true)
        draftEnds.removeAll(keepingCapacity: true)
    }

    /// Keeps a text of the record whose first one has this place, unless it is there.
    private mutating func keep(_ text: TextColumn.Variant, from first: Int) {
        var variant = text
        let isKnown = variants[first...].contains {
            $0.value == variant.value && $0.noteCount == variant.noteCount
                && $0.form == variant.form && $0.isPerson == variant.isPerson
        }
        guard !isKnown else { return }
        variant.repeatsWords = variants[first...].contains { haveSameWords($0, variant) }
        variants.append(variant)
    }

    private func haveSameWords(_ a: TextColumn.Variant, _ b: TextColumn.Variant) -> Bool {
        func all(_ variant: TextColumn.Variant) -> ArraySlice<UInt32> {
            let start = Int(variant.wordStart)
            return words[start..<start + Int(variant.wordCount) + Int(variant.noteCount)]
        }
        return a.value == b.value && a.wordCount == b.wordCount && a.noteCount == b.noteCount
            && a.surname == b.surname && a.given == b.given && a.patronymic == b.patronymic
            && all(a) == all(b)
    }

    // MARK: Joining

    mutating func append(_ other: TextColumnBuilder) {
        let wordNumbers = wordTable.merge(other.wordTable)
        let valueNumbers = valueTable.merge(other.valueTable)
        let formNumbers = forms.merge(other.forms)
        longTextCount += other.longTextCount
        func number(_ old: UInt32, _ numbers: [UInt32]) -> UInt32 {
            old == TextTable.none ? old : numbers[Int(old)]
        }
        let offset = UInt32(words.count)
        let base = UInt32(variants.count)
        words.append(contentsOf: other.words.map { wordNumbers[Int($0)] })
        for var variant in other.variants {
            variant.wordStart += offset
            variant.value = number(variant.value, valueNumbers)
            variant.surname = number(variant.surname, wordNumbers)
            variant.given = number(variant.given, wordNumbers)
            variant.patronymic = number(variant.patronymic, wordNumbers)
            variant.form = number(variant.form, formNumbers)
            variants.append(variant)
        }
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
    }

    // MARK: Counting

    /// In how many records words stand.
    func wordCounts(_ records: RecordList) -> SideCounts {
        var counter = SideCounter(values: wordTable.count)
        for record in 0..<records.count {
            let (own, isLeft) = (variants(of: record), record < records.leftCount)
            if !own.isEmpty { counter.addRecord(isLeft: isLeft) }
            for variant in own {
                let start = Int(variant.wordStart)
                for word in words[start..<start + Int(variant.wordCount)] {
                    counter.add(word, of: record, isLeft: isLeft)
                }
            }
        }
        return counter.counts
    }

    /// In how many records whole texts stand.
    func valueCounts(_ records: RecordList) -> SideCounts {
        var counter = SideCounter(values: valueTable.count)
        for record in 0..<records.count {
            let (own, isLeft) = (variants(of: record), record < records.leftCount)
            if !own.isEmpty { counter.addRecord(isLeft: isLeft) }
            for variant in own { counter.add(variant.value, of: record, isLeft: isLeft) }
        }
        return counter.counts
    }

    private func variants(of record: Int) -> ArraySlice<TextColumn.Variant> {
        variants[Int(starts[record])..<Int(starts[record + 1])]
    }
}
