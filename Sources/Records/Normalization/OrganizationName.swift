/// The name of an organisation, sole proprietor or person, taken apart.
///
/// The form may stand before or after the name, in long or short spelling, in either alphabet;
/// what users write into a name besides the name (ИНН, a telephone number, «старый», «дубль», a
/// town in brackets) is told apart but kept.
public struct OrganizationName: Hashable, Sendable {
    /// The legal form in its canonical short spelling: `ООО`; `nil` when none is named.
    public private(set) var legalForm: String?
    /// The words of the name itself.
    public private(set) var coreWords: [FoldedWord] = []
    /// Words about the record rather than of the name: «старый», «филиал», what stands in brackets.
    public private(set) var noteWords: [FoldedWord] = []
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
    package init(_ text: FoldedText) {
        var words = text.words
        takeNumbers(&words)
        takeForms(&words)
        sort(words)
        person = PersonName(
            words: coreWords, isSoleProprietor: legalForm == "ИП", hasForm: legalForm != nil)
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
    private mutating func takeNumbers(_ words: inout [FoldedWord]) {
        guard words.contains(where: { $0.letters.count >= 2 && $0.hasDigit }) else { return }
        var kept: [FoldedWord] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            let label = NameWords.numberLabel(word)
            if let label, index + 1 < words.count, words[index + 1].hasDigit {
                index += 1 + takeNumber(words[(index + 1)...], labelled: label)
                continue
            }
            if word.letters.count >= 10, word.isNumber,
                let number = try? TaxID(validating: word.text)
            {
                if taxID == nil { taxID = number }
                index += 1
                // КПП after a slash.
                if index < words.count, words[index].letters.count == 9, words[index].isNumber {
                    index += 1
                }
                continue
            }
            if word.isNumber, let (number, length) = Self.phone(in: words[index...]) {
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

    private mutating func takeNumber(
        _ words: ArraySlice<FoldedWord>, labelled label: NameWords.NumberLabel
    ) -> Int {
        switch label {
        case .taxID:
            if taxID == nil, let first = words.first { taxID = try? TaxID(validating: first.text) }
            return 1
        case .kpp: return 1
        case .phone:
            if let (number, length) = Self.phone(in: words) {
                if phone == nil { phone = number }
                return length
            }
            return words.prefix { $0.isNumber }.count
        }
    }

    /// A telephone number that begins at the first word, perhaps cut into groups.
    private static func phone(
        in words: ArraySlice<FoldedWord>
    ) -> (number: PhoneNumber, length: Int)? {
        var digits = ""
        for (offset, word) in words.prefix(5).enumerated() {
            guard word.isNumber else { return nil }
            digits += word.text
            if digits.utf8.count > 11 { return nil }
            if digits.utf8.count >= 10, let number = PhoneNumber(digits) {
                return (number, offset + 1)
            }
        }
        return nil
    }

    /// Takes the legal forms out; the first one that stands outside brackets counts.
    private mutating func takeForms(_ words: inout [FoldedWord]) {
        var found: [(form: String, isInBrackets: Bool)] = []
        // `И.П.` and `А.О.` can be initials, which shows when the plain forms are gone.
        for allowsInitials in [false, true] {
            var hasInitials = false
            var kept: [FoldedWord] = []
            var index = 0
            while index < words.count {
                if let (form, length) = LegalForms.match(words[index...]),
                    kept.count + words.count - index - length > 0,
                    !Self.areInitials(words[index..<index + length], &hasInitials)
                        || (allowsInitials
                            && !Self.isSurname(kept + words[(index + length)...]))
                {
                    found.append((form, words[index].isInBrackets))
                    index += length
                } else {
                    kept.append(words[index])
                    index += 1
                }
            }
            words = kept
            if !hasInitials { break }
        }
        legalForm = (found.first { !$0.isInBrackets } ?? found.first)?.form
    }

    /// Whether a form is spelt as two letters.
    private static func areInitials(
        _ words: ArraySlice<FoldedWord>, _ wereFound: inout Bool
    ) -> Bool {
        let areInitials = words.count == 2 && words.allSatisfy { $0.letters.count == 1 }
        if areInitials { wereFound = true }
        return areInitials
    }

    /// Whether what stands beside two letters is one plain word: `Сидоров А.О.` is a person, but
    /// `«Сидоров» А.О.` and `Сидоров и сыновья А.О.` are companies.
    private static func isSurname(_ words: [FoldedWord]) -> Bool {
        let names = words.filter { !$0.isInBrackets && !NameWords.isNote($0) }
        return names.count == 1 && names.allSatisfy { !$0.isQuoted && $0.letters.count > 2 }
    }

    /// Tells notes from the name; when nothing would be left, all is name.
    private mutating func sort(_ words: [FoldedWord]) {
        for word in words {
            if word.isInBrackets || NameWords.isNote(word) {
                noteWords.append(word)
            } else {
                coreWords.append(NameWords.withoutSortingPrefix(word))
            }
        }
        if coreWords.isEmpty { swap(&coreWords, &noteWords) }
    }
}
