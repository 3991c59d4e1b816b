import Records

// From a text to the numbers of its words: by tokens, or, where there is more in it, by words.
extension TextColumnBuilder {
    /// Reads a text, and its words without spaces into ``whole``.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> TextColumn.Variant {
        var variant = TextColumn.Variant()
        variant.wordStart = UInt32(words.count)
        whole.removeAll(keepingCapacity: true)
        marksBefore = WordMarks(rawValue: 0)
        if !readTokens(text, &variant) { readWords(folder.fold(text), &variant) }
        return variant
    }

    /// Reads a text of words that have numbers, nearly all; `false` when there is more in it.
    private mutating func readTokens(
        _ text: UnsafeBufferPointer<UInt8>, _ variant: inout TextColumn.Variant
    ) -> Bool {
        guard folder.tokenize(text) else { return false }
        guard reading == .organization else {
            takePlain(folder.tokens.indices) { builder, place in
                let token = builder.folder.tokens[place]
                let isUnit =
                    builder.followsNumber && TextNumber.isUnit(builder.folder.word(token).text)
                return builder.leavesOut(hasDigit: builder.folder.word(token).hasDigit, isUnit)
            } take: {
                $0.take($1, isOfValue: true)
            }
            variant.wordCount = endWords(from: Int(variant.wordStart))
            return true
        }
        guard let name = NameOutline(folder) else { return false }
        name.forEachCorePlace { take($0, isOfValue: true) }
        variant.wordCount = endWords(from: Int(variant.wordStart))
        let noteStart = words.count
        name.forEachNotePlace { take($0, isOfValue: false) }
        variant.noteCount = endWords(from: noteStart)
        if let person = name.person {
            whole.removeAll(keepingCapacity: true)
            variant.surname = part(person.surname)
            if let given = person.given { variant.given = part(given) }
            if let patronymic = person.patronymic { variant.patronymic = part(patronymic) }
        }
        if let form = name.legalForm { variant.form = forms.intern(form.utf8) }
        return true
    }

    /// Reads a text of any words.
    private mutating func readWords(_ folded: FoldedText, _ variant: inout TextColumn.Variant) {
        switch reading {
        case .organization:
            let name = OrganizationName(folded)
            name.forEachCoreWord { take($0, at: $1, isOfValue: true) }
            variant.wordCount = endWords(from: Int(variant.wordStart))
            let noteStart = words.count
            name.forEachNoteWord { take($0, at: 0, isOfValue: false) }
            variant.noteCount = endWords(from: noteStart)
            if let person = name.person { take(person, &variant) }
            if let form = name.legalForm { variant.form = forms.intern(form.utf8) }
        case .plain:
            takePlain(folded.words.indices) { builder, place in
                let word = folded.words[place]
                let isUnit = builder.followsNumber && TextNumber.isUnit(word.text)
                return builder.leavesOut(hasDigit: word.hasDigit, isUnit)
            } take: {
                $0.take(folded.words[$1], at: $1, isOfValue: true)
            }
            variant.wordCount = endWords(from: Int(variant.wordStart))
        }
    }

    /// Takes the words of a plain text, without numbers and their units where these are left out; all
    /// where nothing else would be left.
    @inline(__always)
    private mutating func takePlain(
        _ places: Range<Int>, isLeftOut: (inout Self, Int) -> Bool,
        take: (inout Self, Int) -> Void
    ) {
        guard case .plain(_, leavesOutNumbers: true) = reading else {
            for place in places { take(&self, place) }
            return
        }
        followsNumber = false
        let before = words.count
        for place in places where !isLeftOut(&self, place) { take(&self, place) }
        guard words.count == before else { return }
        for place in places { take(&self, place) }
    }

    /// Whether a word is a number, or the unit of the number before it.
    private mutating func leavesOut(hasDigit: Bool, _ isUnit: Bool) -> Bool {
        followsNumber = hasDigit
        return hasDigit || isUnit
    }

    /// Takes the word of the token at a place.
    private mutating func take(_ place: Int, isOfValue: Bool) {
        let number = number(of: place)
        guard number != TextTable.none else { return }
        take(number, folder.tokens[place].marks, at: place, isOfValue)
    }

    private mutating func part(_ place: Int) -> UInt32 {
        let number = number(of: place)
        if number != TextTable.none { wordTable.append(number, to: &whole) }
        return number
    }

    @inline(__always)
    private mutating func number(of place: Int) -> UInt32 {
        let token = folder.tokens[place]
        return keys.known(token) ?? keys.number(of: folder.word(token), in: &wordTable)
    }

    private mutating func take(_ word: FoldedWord, at place: Int, isOfValue: Bool) {
        let number = keys.number(of: word, in: &wordTable)
        guard number != TextTable.none else { return }
        take(number, word.marks, at: place, isOfValue)
    }

    @inline(__always)
    private mutating func take(
        _ number: UInt32, _ marks: WordMarks, at place: Int, _ isOfValue: Bool
    ) {
        words.append(number)
        guard isOfValue else { return }
        wordTable.append(number, to: &whole)
        // Not of goods: «Кабель ВВГ-П» is no word in short.
        if marks.mayShorten, reading == .organization {
            // A legal form between the two is left out: they are not beside each other.
            if place != placeBefore + 1 { marksBefore = WordMarks(rawValue: 0) }
            shorten(marks)
        }
        (marksBefore, placeBefore) = (marks, place)
    }

    /// Puts a shortened word in the place of the word taken last, or of the last two, where their
    /// writing shows one: «торг.», «з-д».
    ///
    /// It is a word of its own, so that nothing but the word has to be looked at where it is compared;
    /// the whole text has its letters as they stand.
    private mutating func shorten(_ marks: WordMarks) {
        let last = words.count - 1
        // «М-н-с» is none.
        if marks.contains(.afterHyphen), !marks.contains(.beforeHyphen),
            marksBefore.contains(.beforeHyphen), !marksBefore.contains(.afterHyphen),
            Abbreviation.isContraction(wordTable[words[last - 1]], wordTable[words[last]])
        {
            shortWord.removeAll(keepingCapacity: true)
            wordTable.append(words[last - 1], to: &shortWord)
            shortWord.append(Abbreviation.gap)
            wordTable.append(words[last], to: &shortWord)
            words.removeLast()
            words[last - 1] = wordTable.intern(shortWord)
        } else if marks.contains(.dotted), Abbreviation.isTruncation(wordTable[words[last]]) {
            shortWord.removeAll(keepingCapacity: true)
            wordTable.append(words[last], to: &shortWord)
            shortWord.append(Abbreviation.gap)
            words[last] = wordTable.intern(shortWord)
        }
    }

    /// Sorts the words from a place on, leaves out those beyond the most that count, and says how many
    /// there are.
    ///
    /// By their hashes and not by their numbers, which depend on what other records say: sums over
    /// words come out the same to the last bit among whatever other records.
    private mutating func endWords(from start: Int) -> UInt8 {
        if words.count - start > TextColumn.mostWords {
            longTextCount += 1
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
        // The whole text is that of its words, as that of a name which is no person's.
        whole.removeAll { $0 == SoundKey.hyphen }
    }

    private mutating func part(_ word: FoldedWord) -> UInt32 {
        let number = keys.number(of: word, in: &wordTable)
        if number != TextTable.none { wordTable.append(number, to: &whole) }
        return number
    }
}
