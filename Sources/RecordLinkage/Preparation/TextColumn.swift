import Records

/// The texts of some fields of all records, cut into numbered words.
struct TextColumn: Sendable {
    /// How a text is cut.
    enum Reading: Hashable, Sendable {
        /// As the name of an organisation or person.
        case organization
        /// As plain words; Latin words are read as transliterated Russian when the flag is set.
        case plain(readsLatinAsRussian: Bool)
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

        var isPerson: Bool { surname != TextTable.none }
    }

    /// The most words of a text that count.
    static let mostWords = 40

    private(set) var variants: [Variant] = []
    /// Where the variants of each record begin; one more than records.
    private(set) var starts: [UInt32] = [0]
    /// Numbers of words, sorted within each variant's words proper and notes.
    private(set) var words: [UInt32] = []
    private(set) var wordTable = TextTable()
    private(set) var valueTable = TextTable()
    private(set) var forms = TextTable()
    private(set) var wordFrequencies = Frequencies(
        leftCounts: [], rightCounts: [], leftTotal: 0, rightTotal: 0)
    private(set) var valueFrequencies = Frequencies(
        leftCounts: [], rightCounts: [], leftTotal: 0, rightTotal: 0)
    /// Letters of each word as bits, to rule out similarity quickly.
    private(set) var masks: [UInt64] = []

    init(records: RecordList, fields: [Int], reading: Reading, threads: Int) {
        let chunks = Parallel.map(count: records.count, chunk: 4096, threads: threads) { range in
            var part = TextColumn()
            for index in range { part.add(records[index], fields: fields, reading: reading) }
            return part
        }
        for chunk in chunks { append(chunk) }
        count(records)
        masks = (0..<wordTable.count).map { number in
            wordTable[UInt32(number)].reduce(0) { $0 | (1 << UInt64($1 & 63)) }
        }
    }

    private init() {}

    func variants(of record: Int) -> Range<Int> {
        Int(starts[record])..<Int(starts[record + 1])
    }

    // MARK: Reading

    private mutating func add(_ record: Record, fields: [Int], reading: Reading) {
        let first = variants.count
        for field in fields {
            guard let value = record[field] else { continue }
            for text in value.texts.isEmpty ? [value.plainText] : value.texts {
                let variant = read(text, reading)
                guard variant.wordCount > 0 else { continue }
                let isKnown = variants[first...].contains {
                    $0.value == variant.value && $0.noteCount == variant.noteCount
                        && $0.form == variant.form && $0.isPerson == variant.isPerson
                }
                if !isKnown { variants.append(variant) }
            }
        }
        starts.append(UInt32(variants.count))
    }

    private mutating func read(_ text: String, _ reading: Reading) -> Variant {
        var variant = Variant()
        variant.wordStart = UInt32(words.count)
        var whole: [UInt8] = []
        switch reading {
        case .organization:
            let name = OrganizationName(text)
            take(name.coreWords, true, &whole, count: &variant.wordCount)
            var ignored: [UInt8] = []
            take(name.noteWords, true, &ignored, count: &variant.noteCount)
            if let person = name.person { take(person, &variant, &whole) }
            if let form = name.legalForm { variant.form = forms.intern(Array(form.utf8)) }
        case .plain(let readsLatinAsRussian):
            take(FoldedText(text).words, readsLatinAsRussian, &whole, count: &variant.wordCount)
        }
        variant.value = valueTable.intern(whole)
        return variant
    }

    private mutating func take(
        _ folded: [FoldedWord], _ readsLatinAsRussian: Bool, _ whole: inout [UInt8],
        count: inout UInt8
    ) {
        let start = words.count
        for word in folded.prefix(Self.mostWords) {
            let begin = whole.count
            SoundKey.append(word.letters, readsLatinAsRussian: readsLatinAsRussian, to: &whole)
            if whole.count > begin { words.append(wordTable.intern(whole[begin...])) }
        }
        count = UInt8(words.count - start)
        words[start...].sort()
    }

    private mutating func take(
        _ person: PersonName, _ variant: inout Variant, _ whole: inout [UInt8]
    ) {
        whole.removeAll(keepingCapacity: true)
        func part(_ word: FoldedWord?) -> UInt32 {
            guard let word else { return TextTable.none }
            let begin = whole.count
            SoundKey.append(word.letters, to: &whole)
            guard whole.count > begin else { return TextTable.none }
            return wordTable.intern(whole[begin...])
        }
        variant.surname = part(person.surname)
        variant.given = part(person.given)
        variant.patronymic = part(person.patronymic)
    }

    // MARK: Joining

    private mutating func append(_ other: TextColumn) {
        let wordNumbers = wordTable.merge(other.wordTable)
        let valueNumbers = valueTable.merge(other.valueTable)
        let formNumbers = forms.merge(other.forms)
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
            let start = Int(variant.wordStart)
            let middle = start + Int(variant.wordCount)
            words[start..<middle].sort()
            words[middle..<middle + Int(variant.noteCount)].sort()
            variants.append(variant)
        }
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
    }

    private mutating func count(_ records: RecordList) {
        var wordCounts = [[UInt32]](repeating: .init(repeating: 0, count: wordTable.count), count: 2)
        var valueCounts = [[UInt32]](
            repeating: .init(repeating: 0, count: valueTable.count), count: 2)
        var totals = [0, 0]
        var lastWord = [UInt32](repeating: .max, count: wordTable.count)
        var lastValue = [UInt32](repeating: .max, count: valueTable.count)
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let range = variants(of: record)
            if !range.isEmpty { totals[side] += 1 }
            for variant in variants[range] {
                if lastValue[Int(variant.value)] != UInt32(record) {
                    lastValue[Int(variant.value)] = UInt32(record)
                    valueCounts[side][Int(variant.value)] += 1
                }
                let start = Int(variant.wordStart)
                for word in words[start..<start + Int(variant.wordCount)]
                where lastWord[Int(word)] != UInt32(record) {
                    lastWord[Int(word)] = UInt32(record)
                    wordCounts[side][Int(word)] += 1
                }
            }
        }
        wordFrequencies = Frequencies(
            leftCounts: wordCounts[0], rightCounts: wordCounts[1],
            leftTotal: totals[0], rightTotal: totals[1])
        valueFrequencies = Frequencies(
            leftCounts: valueCounts[0], rightCounts: valueCounts[1],
            leftTotal: totals[0], rightTotal: totals[1])
    }
}
