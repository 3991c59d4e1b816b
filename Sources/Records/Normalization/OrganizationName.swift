/// The name of an organisation, sole proprietor or person, taken apart.
///
/// The form may stand before or after the name, in long or short spelling, in either alphabet;
/// what users write into a name besides the name (ИНН, a telephone number, «старый», «дубль», a
/// town in brackets) is told apart but kept.
public struct OrganizationName: Hashable, Sendable {
    /// The legal form in its canonical short spelling: `ООО`; `nil` when none is named.
    public private(set) var legalForm: String?
    /// All words but numbers that were taken out; told apart by bits, so that they are not copied.
    private var words: [FoldedWord]
    /// Which of the first 64 words name the legal form.
    private var formBits: UInt64 = 0
    /// Which of them are notes.
    private var noteBits: UInt64 = 0
    /// The parts of a person's name, when it is one.
    public private(set) var person: PersonName?
    /// A taxpayer number written into the name.
    public private(set) var taxID: TaxID?
    /// A telephone number written into the name.
    public private(set) var phone: PhoneNumber?

    /// Takes a name apart.
    ///
    /// - Parameter text: The name as written.
    public init(_ text: String) { self.init(FoldedText(text)) }

    /// Takes a name apart that is folded already.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - isFreeText: Whether it is a comment rather than a name: numbers of orders and bills stand
    ///     there too, so that an ИНН must be labelled and an unlabelled telephone be whole.
    package init(_ text: FoldedText, isFreeText: Bool = false) {
        words = text.words
        takeNumbers(isFreeText: isFreeText)
        takeForms()
        tellNotes()
        let isSoleProprietor = legalForm == "ИП"
        // Other forms have no person's name; names of persons have four words at most.
        let coreCount = words.count - (formBits | noteBits).nonzeroBitCount
        if isSoleProprietor || legalForm == nil, coreCount <= 4 {
            person = PersonName(
                words: coreWords, isSoleProprietor: isSoleProprietor, hasForm: legalForm != nil)
        }
    }

    /// The words of the name itself.
    public var coreWords: [FoldedWord] {
        var core: [FoldedWord] = []
        forEachCoreWord { word, _ in core.append(word) }
        return core
    }

    /// Words about the record rather than of the name: «старый», «филиал», what stands in brackets.
    public var noteWords: [FoldedWord] {
        var notes: [FoldedWord] = []
        forEachNoteWord { notes.append($0) }
        return notes
    }

    /// Hands over the words of the name itself, each with its place among all words.
    @inline(__always)
    package func forEachCoreWord(_ body: (FoldedWord, Int) -> Void) {
        for index in words.indices where !Self.isSet(formBits | noteBits, index) {
            body(words[index], index)
        }
    }

    /// Hands over the words about the record.
    @inline(__always)
    package func forEachNoteWord(_ body: (FoldedWord) -> Void) {
        guard noteBits != 0 else { return }
        for index in words.indices where Self.isSet(noteBits, index) { body(words[index]) }
    }

    /// Names are equal when their parts are.
    public static func == (left: Self, right: Self) -> Bool {
        left.legalForm == right.legalForm && left.coreWords == right.coreWords
            && left.noteWords == right.noteWords && left.person == right.person
            && left.taxID == right.taxID && left.phone == right.phone
    }

    /// Hashes the words of the name, which tell names apart well enough.
    public func hash(into hasher: inout Hasher) {
        forEachCoreWord { word, _ in hasher.combine(word) }
    }

    @inline(__always)
    private static func isSet(_ bits: UInt64, _ index: Int) -> Bool {
        index < 64 && bits &>> UInt64(index) & 1 != 0
    }

    /// Whether two names differ in writing only: same words and no contradicting legal form.
    ///
    /// Alphabet, case, quotes, place of the form, spaces between the words do not matter, nor do
    /// words written as their initials (`ТД`, «Торговый дом»); notes about the record do not either.
    public func isSameWriting(as other: OrganizationName) -> Bool {
        if let form = legalForm, let otherForm = other.legalForm, form != otherForm { return false }
        if let person, let otherPerson = other.person {
            return person.isSameWriting(as: otherPerson)
        }
        return coreKey == other.coreKey || Initials.areSame(coreWords, other.coreWords)
    }

    /// The core words as one key in the alphabet of ``SoundKey``, without spaces.
    public var coreKey: [UInt8] {
        var key: [UInt8] = []
        for word in coreWords { SoundKey.append(word.letters, to: &key) }
        return key
    }

    /// The core as a person reads it in an explanation: lower case, single spaces.
    public var coreText: String { coreWords.map(\.text).joined(separator: " ") }
}

extension OrganizationName {
    /// Takes `ИНН 7701…`, `7701…/7701…`, `КПП …` and telephone numbers out of the words.
    private mutating func takeNumbers(isFreeText: Bool) {
        guard words.contains(where: { $0.letters.count >= 2 && $0.hasDigit }) else { return }
        var kept: [FoldedWord] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            let label = NameWords.numberLabel(word)
            if let label, index + 1 < words.count, words[index + 1].hasDigit {
                let length = takeNumber(words[(index + 1)...], labelled: label)
                if length > 0 {
                    index += 1 + length
                    continue
                }
            }
            if !isFreeText, word.letters.count >= 10, word.isNumber,
                !Self.isMobile(words[index...]), let number = try? TaxID(validating: word.text)
            {
                if taxID == nil { taxID = number }
                index += 1
                // КПП after a slash.
                if index < words.count, words[index].letters.count == 9, words[index].isNumber {
                    index += 1
                }
                continue
            }
            if word.isNumber, Self.beginsPhone(words[index...]),
                let (number, length) = Self.phone(in: words[index...], isWhole: isFreeText)
            {
                if phone == nil { phone = number }
                index += length
                continue
            }
            kept.append(word)
            index += 1
        }
        // A name that is nothing but a number stays what it is.
        if !kept.isEmpty { words = kept }
    }

    /// Takes what a label introduces; what cannot be that stays in the name: «Труба ф 20».
    ///
    /// - Returns: How many words were taken.
    private mutating func takeNumber(
        _ words: ArraySlice<FoldedWord>, labelled label: NameWords.NumberLabel
    ) -> Int {
        let length = words.first?.letters.count ?? 0
        switch label {
        case .taxID:
            guard length >= 9 else { return 0 }
            if taxID == nil, let first = words.first { taxID = try? TaxID(validating: first.text) }
            return 1
        case .kpp: return length == 9 ? 1 : 0
        case .phone, .letter:
            if let (number, length) = Self.phone(in: words) {
                if phone == nil { phone = number }
                return length
            }
            // One letter stands for other things too: a diameter, tons.
            guard label == .phone else { return 0 }
            let numbers = words.prefix { $0.isNumber }
            let digits = numbers.reduce(0) { $0 + $1.letters.count }
            return digits >= Self.fewestDigits ? numbers.count : 0
        }
    }

    /// The digits of the shortest number of a town.
    private static let fewestDigits = 5

    /// Whether words of digits begin as a telephone number does that no label introduces.
    ///
    /// With 7 or 8, or in brackets, or as one word: the sizes of a profile, 60*27*0,6*3000, have ten
    /// digits too.
    private static func beginsPhone(_ words: ArraySlice<FoldedWord>) -> Bool {
        guard let first = words.first else { return false }
        if first.isInBrackets || first.letters.count >= 10 { return true }
        let seven: UInt16 = 0x37
        let isTrunk = first.letters.first == seven || first.letters.first == seven + 1
        return isTrunk && (first.letters.count == 1 || first.letters.count >= 4)
    }

    /// Whether a number of ten digits is rather a mobile telephone than an ИНН, of which one in eleven
    /// looks right by chance: no КПП follows.
    private static func isMobile(_ words: ArraySlice<FoldedWord>) -> Bool {
        guard let first = words.first, first.letters.count == 10, first.letters.first == 0x39 else {
            return false
        }
        guard let next = words.dropFirst().first else { return true }
        return !(next.letters.count == 9 && next.isNumber)
    }

    /// A telephone number that begins at the first word, perhaps cut into groups; a whole one only
    /// where that is asked for.
    private static func phone(
        in words: ArraySlice<FoldedWord>, isWhole: Bool = false
    ) -> (number: PhoneNumber, length: Int)? {
        var digits = ""
        for (offset, word) in words.prefix(5).enumerated() {
            guard word.isNumber else { return nil }
            digits += word.text
            if digits.utf8.count > 11 { return nil }
            guard digits.utf8.count >= 10, !isWhole || isWholePhone(digits) else { continue }
            if let number = PhoneNumber(digits) { return (number, offset + 1) }
        }
        return nil
    }

    /// Whether digits are those of a telephone with its prefix, or of a mobile one without.
    private static func isWholePhone(_ digits: String) -> Bool {
        switch (digits.utf8.count, digits.first ?? " ") {
        case (11, "7"), (11, "8"), (10, "9"): true
        default: false
        }
    }

    /// Tells the legal forms; the first one that stands outside brackets counts.
    private mutating func takeForms() {
        guard words.contains(where: { !$0.traits.exclude(.beginsForm) }) else { return }
        var forms = FormsInName()
        var (index, keptCount) = (0, 0)
        while index < min(64, words.count) {
            guard let match = LegalForms.match(words[index...]),
                keptCount + words.count - index - match.length > 0, index + match.length <= 64,
                match.mayStand(at: index)
            else {
                (index, keptCount) = (index + 1, keptCount + 1)
                continue
            }
            // Whether two letters are a form shows only beside what else there is.
            guard !Self.areInitials(words[index..<index + match.length]) else {
                return takeFormsAndInitials()
            }
            forms.add(match, at: index, isInBrackets: words[index].isInBrackets)
            index += match.length
        }
        (formBits, legalForm) = (forms.bits, forms.form)
    }

    /// The same where `И.П.` and `А.О.` can be initials, which shows when the plain forms are gone.
    private mutating func takeFormsAndInitials() {
        var (first, firstOutside): (String?, String?)
        formBits = 0
        let hasCertainForm = words.indices.contains { isCertainForm($0) }
        for allowsInitials in [false, true] {
            var kept: [FoldedWord] = []
            var index = 0
            while index < words.count {
                if let match = LegalForms.match(words[index...]),
                    kept.count + words.count - index - match.length > 0,
                    match.mayStand(at: index), !(hasCertainForm && match.isShortAndDoubtful),
                    !Self.areInitials(words[index..<index + match.length])
                        || (allowsInitials
                            && !Self.isSurname(kept + words[(index + match.length)...]))
                {
                    first = first ?? match.form
                    if !words[index].isInBrackets { firstOutside = firstOutside ?? match.form }
                    index += match.length
                } else {
                    kept.append(words[index])
                    index += 1
                }
            }
            words = kept
        }
        legalForm = firstOutside ?? first
    }

    /// Whether a form begins at a word beside which short ones are part of the name, see
    /// ``FormsInName``.
    private func isCertainForm(_ index: Int) -> Bool {
        guard !words[index].isInBrackets, let match = LegalForms.match(words[index...]) else {
            return false
        }
        return !match.isDoubtful && match.mayStand(at: index)
            && !Self.areInitials(words[index..<index + match.length])
    }

    /// Whether a form is spelt as two letters.
    private static func areInitials(_ words: ArraySlice<FoldedWord>) -> Bool {
        words.count == 2 && words.allSatisfy { $0.letters.count == 1 }
    }

    /// Whether what stands beside two letters is one plain word, or two with a hyphen: `Сидоров А.О.` is a
    /// person, but `«Сидоров» А.О.` and `Сидоров и сыновья А.О.` are companies.
    private static func isSurname(_ words: [FoldedWord]) -> Bool {
        let names = words.filter { !$0.isInBrackets && NameWords.note($0) == nil }
        let isOne = names.count == 1 || (names.count == 2 && names[0].isJoined(to: names[1]))
        return isOne && names.allSatisfy { !$0.isQuoted && $0.letters.count > 2 }
    }

    /// Tells notes from the name, from its end; when nothing would be left, all is name.
    private mutating func tellNotes() {
        var hasCore = words.count > 64
        for index in words.indices.prefix(64).reversed() where !Self.isSet(formBits, index) {
            if words[index].isInBrackets || NameWords.isNote(words[index], beforeName: hasCore) {
                noteBits |= 1 &<< UInt64(index)
            } else {
                hasCore = true
                if NameWords.hasSortingPrefix(words[index]) {
                    words[index] = NameWords.withoutSortingPrefix(words[index])
                }
            }
        }
        if !hasCore { noteBits = 0 }
    }
}
