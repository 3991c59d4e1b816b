/// Which words of a person's name are which part.
struct PersonPlaces {
    /// The surname's place among the words.
    let surname: Int
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
    init?(count: Int, isSoleProprietor: Bool, _ traits: (Int) -> WordTraits) {
        guard (1...4).contains(count) else { return nil }
        for place in 0..<count where traits(place).contains(.digit) { return nil }
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

    private init(_ surname: Int, _ given: Int?, _ patronymic: Int?) {
        self.surname = surname
        self.given = given
        self.patronymic = patronymic
    }
}
