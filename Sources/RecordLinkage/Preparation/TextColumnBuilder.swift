import Records

/// Reads texts and numbers their words, chunk by chunk; the chunks are then joined in order.
struct TextColumnBuilder: Sendable {
    private(set) var variants: [TextColumn.Variant] = []
    private(set) var starts: [UInt32] = [0]
    private(set) var words: [UInt32] = []
    private(set) var wordTable = TextTable()
    private(set) var valueTable = TextTable()
    private(set) var forms = TextTable()
    private let reading: TextColumn.Reading
    private var keys: WordKeys
    private var folder = WordFolder()
    /// Reused from text to text.
    private var whole: [UInt8] = []

    init(_ reading: TextColumn.Reading) {
        self.reading = reading
        keys =
            switch reading {
            case .organization: WordKeys(readsLatinAsRussian: true)
            case .plain(let readsLatinAsRussian):
                WordKeys(readsLatinAsRussian: readsLatinAsRussian)
            }
    }

    // MARK: Reading

    mutating func add(_ records: RecordList, _ record: Int, fields: [Int]) {
        let first = variants.count
        for field in fields {
            records.forEachText(record, field) { text in
                let variant = read(text)
                guard variant.wordCount > 0 else { return }
                let isKnown = variants[first...].contains {
                    $0.value == variant.value && $0.noteCount == variant.noteCount
                        && $0.form == variant.form && $0.isPerson == variant.isPerson
                }
                if !isKnown { variants.append(variant) }
            }
        }
        starts.append(UInt32(variants.count))
    }

    private mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> TextColumn.Variant {
        var variant = TextColumn.Variant()
        variant.wordStart = UInt32(words.count)
        whole.removeAll(keepingCapacity: true)
        let folded = folder.fold(text)
        switch reading {
        case .organization:
            let name = OrganizationName(folded)
            name.forEachCoreWord { take($0, isOfValue: true) }
            variant.wordCount = endWords(from: Int(variant.wordStart))
            let noteStart = words.count
            name.forEachNoteWord { take($0, isOfValue: false) }
            variant.noteCount = endWords(from: noteStart)
            if let person = name.person { take(person, &variant) }
            if let form = name.legalForm { variant.form = forms.intern(form.utf8) }
        case .plain:
            for word in folded.words { take(word, isOfValue: true) }
            variant.wordCount = endWords(from: Int(variant.wordStart))
        }
        variant.value = valueTable.intern(whole)
        return variant
    }

    private mutating func take(_ word: FoldedWord, isOfValue: Bool) {
        let number = keys.number(of: word, in: &wordTable)
        guard number != TextTable.none else { return }
        words.append(number)
        if isOfValue { whole.append(contentsOf: wordTable[number]) }
    }

    /// Sorts the words from a place on, leaves out those beyond the most that count, and says how many
    /// there are.
    ///
    /// By their hashes and not by their numbers, which depend on what other records say: sums over
    /// words come out the same to the last bit among whatever other records.
    private mutating func endWords(from start: Int) -> UInt8 {
        if words.count - start > TextColumn.mostWords {
            words.removeLast(words.count - start - TextColumn.mostWords)
        }
        var place = start + 1
        while place < words.count {
            let word = words[place]
            let hash = wordTable.hashes[Int(word)]
            var free = place
            while free > start, wordTable.hashes[Int(words[free - 1])] > hash {
                words[free] = words[free - 1]
                free -= 1
            }
            words[free] = word
            place += 1
        }
        return UInt8(words.count - start)
    }

    private mutating func take(_ person: PersonName, _ variant: inout TextColumn.Variant) {
        whole.removeAll(keepingCapacity: true)
        variant.surname = part(person.surname)
        if let given = person.given { variant.given = part(given) }
        if let patronymic = person.patronymic { variant.patronymic = part(patronymic) }
    }

    private mutating func part(_ word: FoldedWord) -> UInt32 {
        let number = keys.number(of: word, in: &wordTable)
        if number != TextTable.none { whole.append(contentsOf: wordTable[number]) }
        return number
    }

    // MARK: Joining

    mutating func append(_ other: TextColumnBuilder) {
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
            variants.append(variant)
        }
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
    }

    /// In how many records words and whole texts stand.
    func counts(_ records: RecordList) -> (words: SideCounts, values: SideCounts) {
        var wordCounts = [[UInt32]](
            repeating: .init(repeating: 0, count: wordTable.count), count: 2)
        var valueCounts = [[UInt32]](
            repeating: .init(repeating: 0, count: valueTable.count), count: 2)
        var totals = [0, 0]
        var lastWord = [UInt32](repeating: .max, count: wordTable.count)
        var lastValue = [UInt32](repeating: .max, count: valueTable.count)
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let range = Int(starts[record])..<Int(starts[record + 1])
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
        return (
            SideCounts(
                left: wordCounts[0], right: wordCounts[1],
                leftTotal: totals[0], rightTotal: totals[1]),
            SideCounts(
                left: valueCounts[0], right: valueCounts[1],
                leftTotal: totals[0], rightTotal: totals[1])
        )
    }
}
