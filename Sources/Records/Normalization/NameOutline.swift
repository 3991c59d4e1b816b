/// What ``OrganizationName`` tells of a name, told by the tokens of its words.
///
/// Nearly all names are told so; those that need more than a look at each word (numbers, initials
/// that may be a legal form, words sorted to the end of the list) are left to ``OrganizationName``.
package struct NameOutline {
    /// The legal form in its canonical short spelling.
    package private(set) var legalForm: String?
    /// Which words name the legal form.
    private var formBits: UInt64 = 0
    /// Which words are notes.
    private var noteBits: UInt64 = 0
    /// The places of the parts of a person's name, when it is one.
    package private(set) var person: (surname: Int, given: Int?, patronymic: Int?)?
    private let count: Int

    /// So many numbers of four digits are no telephone number.
    private static let mostNumbers = 2

    /// Takes apart the name whose tokens a folder holds; `nil` where that takes more.
    package init?(_ folder: borrowing WordFolder) {
        count = folder.tokens.count
        guard count <= 64 else { return nil }
        var (all, numbers): (WordTraits, Int) = ([], 0)
        for index in 0..<count {
            let traits = folder.tokens[index].traits
            all.formUnion(traits)
            if traits.contains(.digit) { numbers += 1 }
        }
        guard numbers <= Self.mostNumbers, !all.contains(.sortedLast),
            numbers == 0 || !all.contains(.numberLabel)
        else { return nil }
        if all.contains(.beginsForm), !takeForms(folder) { return nil }
        tellNotes(folder)
        guard tellPerson(folder) else { return nil }
    }

    /// Hands over the places of the words of the name itself.
    @inline(__always)
    package func forEachCorePlace(_ body: (Int) -> Void) {
        let others = formBits | noteBits
        for place in 0..<count where others &>> UInt64(place) & 1 == 0 { body(place) }
    }

    /// Hands over the places of the words about the record.
    @inline(__always)
    package func forEachNotePlace(_ body: (Int) -> Void) {
        guard noteBits != 0 else { return }
        for place in 0..<count where noteBits &>> UInt64(place) & 1 != 0 { body(place) }
    }

    /// Tells the legal forms, of which the first one outside brackets counts.
    ///
    /// - Returns: Whether they can be told without regard to initials.
    private mutating func takeForms(_ folder: borrowing WordFolder) -> Bool {
        var forms = FormsInName()
        var (index, keptCount) = (0, 0)
        while index < count {
            let token = folder.tokens[index]
            guard token.traits.contains(.beginsForm), let match = form(at: index, folder),
                keptCount + count - index - match.length > 0, match.mayStand(at: index)
            else {
                (index, keptCount) = (index + 1, keptCount + 1)
                continue
            }
            if match.length == 2, token.traits.contains(.letter),
                folder.tokens[index + 1].traits.contains(.letter)
            {
                return false
            }
            forms.add(match, at: index, isInBrackets: token.isInBrackets)
            index += match.length
        }
        (formBits, legalForm) = (forms.bits, forms.form)
        return true
    }

    private func form(at index: Int, _ folder: borrowing WordFolder) -> LegalForms.Match? {
        LegalForms.match(count: count - index) {
            folder.word(folder.tokens[index + $0]).letters
        }
    }

    /// Tells notes from the name, from its end; when nothing would be left, all is name.
    private mutating func tellNotes(_ folder: borrowing WordFolder) {
        var hasCore = false
        for place in (0..<count).reversed() where formBits &>> UInt64(place) & 1 == 0 {
            let token = folder.tokens[place]
            let isNote =
                token.isInBrackets
                || (token.traits.contains(.note)
                    && NameWords.isNote(folder.word(token), beforeName: hasCore))
            if isNote {
                noteBits |= 1 &<< UInt64(place)
            } else {
                hasCore = true
            }
        }
        if !hasCore { noteBits = 0 }
    }

    /// Only sole proprietors and names without a form are those of persons; they have four words at
    /// most.
    ///
    /// - Returns: Whether each part is one word: a surname of two has to be made of them.
    private mutating func tellPerson(_ folder: borrowing WordFolder) -> Bool {
        // Texts of other lengths are told apart without regard to composed letters.
        let isSoleProprietor = legalForm?.utf8.count == 4 && legalForm == "ИП"
        let coreCount = count - (formBits | noteBits).nonzeroBitCount
        guard isSoleProprietor || legalForm == nil, coreCount <= 4 else { return true }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 4) { core in
            core.initialize(repeating: 0)
            var found = 0
            forEachCorePlace { place in
                core[found] = place
                found += 1
            }
            let places = PersonPlaces(count: found, isSoleProprietor: isSoleProprietor) {
                let token = folder.tokens[core[$0]]
                return token.marks.isJoined ? token.traits.subtracting(.letter) : token.traits
            } joins: {
                folder.tokens[core[$0]].marks.contains(.beforeHyphen)
                    && folder.tokens[core[$0 + 1]].marks.contains(.afterHyphen)
            }
            guard let places else { return true }
            guard !places.hasDoubleSurname else { return false }
            person = (
                core[places.surname], places.given.map { core[$0] },
                places.patronymic.map { core[$0] }
            )
            return true
        }
    }
}
