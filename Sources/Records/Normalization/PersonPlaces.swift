/// Which words of a person's name are which part.
struct PersonPlaces {
    /// The surname's place among the words.
    let surname: Int
    /// Whether the word behind that is the other half of the surname: «Гнедич-Ухов».
    let hasDoubleSurname: Bool
    /// That of the given name or its initial.
    let given: Int?
    /// That of the patronymic or its initial.
    let patronymic: Int?

    /// Recognises the parts; `nil` when the words do not look like a person's name.
    ///
    /// - Parameters:
    ///   - count: How many words there are.
    ///   - isSoleProprietor: Whether the form says that a person must be meant.
    ///   - traits: What is known of each.
    ///   - joins: Whether a hyphen joins a word to the next one.
    init?(
        count: Int, isSoleProprietor: Bool, _ traits: (Int) -> WordTraits, joins: (Int) -> Bool
    ) {
        guard (1...4).contains(count) else { return nil }
        for place in 0..<count where traits(place).contains(.digit) { return nil }
        guard
            let half = Self.doubleSurname(
                count: count, isSoleProprietor: isSoleProprietor, traits, joins),
            // The surname is one long word to the others.
            let parts = PersonPlaces(
                count: count - 1, isSoleProprietor: isSoleProprietor,
                { $0 == half ? WordTraits.long : traits($0 > half ? $0 + 1 : $0) }),
            parts.surname == half
        else {
            self.init(count: count, isSoleProprietor: isSoleProprietor, traits)
            return
        }
        func place(_ part: Int) -> Int { part > half ? part + 1 : part }
        self.init(half, parts.given.map(place), parts.patronymic.map(place), isDouble: true)
    }

    /// Where a surname of two words begins: words with a hyphen between them, or beside two initials, or
    /// before a given name and a patronymic.
    private static func doubleSurname(
        count: Int, isSoleProprietor: Bool, _ traits: (Int) -> WordTraits, _ joins: (Int) -> Bool
    ) -> Int? {
        func isSurname(_ place: Int) -> Bool {
            let known = traits(place)
            return known.contains(.long) && known.isDisjoint(with: [.givenName, .patronymic])
        }
        func areSurnames(_ place: Int) -> Bool { isSurname(place) && isSurname(place + 1) }
        func areInitials(_ place: Int) -> Bool {
            traits(place).contains(.letter) && traits(place + 1).contains(.letter)
        }
        for place in 0..<count - 1 where joins(place) && areSurnames(place) {
            // «Мини-Маркет Елена» is a shop.
            let isPerson =
                count == 4 || isSoleProprietor
                || (count == 3 && traits(place == 0 ? 2 : 0).contains(.letter))
            return isPerson ? place : nil
        }
        guard count == 4 else { return nil }
        if areInitials(0) { return areSurnames(2) ? 2 : nil }
        let hasGivenName = traits(2).contains(.givenName) && traits(3).contains(.patronymic)
        return areSurnames(0) && (hasGivenName || areInitials(2)) ? 0 : nil
    }

    /// The same where each part but a patronymic is one word.
    private init?(count: Int, isSoleProprietor: Bool, _ traits: (Int) -> WordTraits) {
        func isInitial(_ place: Int) -> Bool { traits(place).contains(.letter) }
        func isLong(_ place: Int) -> Bool { traits(place).contains(.long) }
        func isGiven(_ place: Int) -> Bool { traits(place).contains(.givenName) }
        func isPatronymic(_ place: Int) -> Bool { traits(place).contains(.patronymic) }
        switch count {
        case 1 where isSoleProprietor:
            self.init(0, nil, nil)
        case 2:
            if isInitial(1), isLong(0) {
                self.init(0, 1, nil)
            } else if isInitial(0), isLong(1) {
                self.init(1, 0, nil)
            } else if isGiven(0) {
                self.init(1, 0, nil)
            } else if isSoleProprietor || isGiven(1) {
                self.init(0, 1, nil)
            } else {
                return nil
            }
        case 3:
            if isInitial(1), isInitial(2), !isInitial(0) {
                self.init(0, 1, 2)
            } else if isInitial(0), isInitial(1), !isInitial(2) {
                self.init(2, 0, 1)
            } else if isPatronymic(2), isGiven(0), !isGiven(1), !isInitial(1) {
                self.init(1, 0, 2)
            } else if isPatronymic(2) || (!isInitial(1) && isInitial(2)) {
                self.init(0, 1, 2)
            } else if isPatronymic(1), isGiven(2), !isGiven(0) {
                self.init(0, 2, 1)
            } else if isPatronymic(1), !isInitial(0) {
                self.init(2, 0, 1)
            } else if isPatronymic(0), isGiven(1), !isGiven(2), isLong(2) {
                self.init(2, 1, 0)
            } else if isSoleProprietor {
                self.init(0, 1, 2)
            } else {
                return nil
            }
        case 4 where traits(3).contains(.patronymicEnd):
            self.init(0, 1, 2)
        default:
            return nil
        }
    }

    private init(_ surname: Int, _ given: Int?, _ patronymic: Int?, isDouble: Bool = false) {
        self.surname = surname
        hasDoubleSurname = isDouble
        self.given = given
        self.patronymic = patronymic
    }
}
