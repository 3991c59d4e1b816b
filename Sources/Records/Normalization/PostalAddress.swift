/// A postal address taken into comparable parts, whatever the order and the abbreviations.
///
/// No directory of places is needed: kinds of places (`г.`, `ул.`, `д.`) are dropped as words, the
/// numbers are told apart by their labels or by their order: house, then flat or office.
public struct PostalAddress: Hashable, Sendable {
    /// Six digits of the post code, or what stands for it abroad.
    public private(set) var postcode: String?
    /// Names of places: region, city, street, in the order of the text.
    public private(set) var places: [FoldedWord] = []
    /// The city, when a label (`г.`) or the Russian order of parts tells it.
    public private(set) var city: FoldedWord?
    /// House number with letter and building: `12`, `12к2`, `5а`.
    public private(set) var house: String?
    /// Flat or office number.
    public private(set) var office: String?

    /// Takes an address apart.
    ///
    /// - Parameter text: The address as written.
    public init(_ text: String) { self.init(FoldedText(text)) }

    /// Takes an address apart that is folded already.
    package init(_ text: FoldedText) {
        let words = text.words
        var outline = AddressOutline()
        outline.read(words)
        postcode = outline.postcode
        places = outline.places.map { words[$0] }
        city = outline.city.map { words[$0] }
        house = outline.house
        office = outline.office
    }

    /// Whether two addresses can be the same place: no part that both name differs.
    public func isSameWriting(as other: PostalAddress) -> Bool {
        let (mine, theirs) = (Set(places.map(\.soundKey)), Set(other.places.map(\.soundKey)))
        return (mine.isSubset(of: theirs) || theirs.isSubset(of: mine))
            && Self.agree(house, other.house) && Self.agree(office, other.office)
            && Self.agree(postcode, other.postcode)
    }

    private static func agree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return true }
        return left == right
    }
}

/// Words in addresses that name the kind of the part beside them.
enum AddressWords {
    /// The part that the next word belongs to.
    enum Label: UInt8 { case none, city, street, house, building, office, other }

    /// The part that a word names by itself.
    static func label(_ word: FoldedWord) -> Label {
        word.traits.exclude(.addressWord) ? .none : labels[word.letters] ?? .none
    }

    /// Whether a letter belongs to the house number before it: `5 А`, `5 Б, кв. 3`; not `5 к 2`,
    /// `5, а/я 3`, `5, б-р Мира`, `5, г. Ржев`.
    ///
    /// - Parameters:
    ///   - word: A word of one letter.
    ///   - next: What is known of the word after it; `nil` where there is none.
    ///   - nextWord: That word, asked for when it is no number.
    /// - Returns: Whether it does.
    static func isHouseLetter(
        _ word: FoldedWord, next: WordTraits?, _ nextWord: () -> FoldedWord
    ) -> Bool {
        guard let next else { return true }
        if compass.contains(where: word.isOnly) { return false }
        func isOne(of letters: Unicode.Scalar...) -> Bool { letters.contains(where: word.isOnly) }
        if next.contains(.digit) { return !isOne(of: "к", "с", "д") }
        let following = nextWord()
        let kinds: [(Unicode.Scalar, Unicode.Scalar)] = [("а", "я"), ("б", "р"), ("р", "н")]
        if kinds.contains(where: { word.isOnly($0) && following.isOnly($1) }) { return false }
        return labels[following.letters] != nil || !isOne(of: "г", "д", "с", "п", "х")
    }

    /// Whether a word can name a kind of part.
    static func contain(_ word: FoldedWord) -> Bool { labels.contains(word.letters) }

    /// Ends of `1st`, `2nd`, `3rd`, `4th`.
    static let ordinals = ["st", "nd", "rd", "th"].map { Array($0.utf16) }

    /// `461 E 111th St` is `461 East 111th Street`.
    private static let compass: [Unicode.Scalar] = ["n", "s", "e", "w"]

    private static let labels: WordTable<Label> = {
        let groups: [(Label, String)] = [
            (.city, "г гор город пгт рп пос поселок с село дер деревня ст станица city"),
            (
                .street,
                """
                ул улица пр пркт проспект просп пер переулок ш шоссе бул бульвар б р наб набережная \
                пл площадь проезд тракт линия мкр микрорайон кв л т
                street st avenue ave av road rd boulevard blvd drive dr court ct place pl lane ln
                parkway pkwy highway hwy square sq terrace ter
                """
            ),
            (.house, "д дом зд здание вл владение house"),
            (.building, "к корп корпус стр строение лит литер лит-ра соор building"),
            (
                .office,
                """
                оф офис кв квартира пом помещение ком комната каб кабинет office apt unit suite ste
                """
            ),
            (
                .other,
                """
                обл область р н район респ республика край россия рф russia ао а я
                n s e w north south east west
                """
            ),
        ]
        var table: [[UInt16]: Label] = [:]
        for (label, words) in groups {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[Array(word.utf16)] = label
            }
        }
        // Single letters of `пр-т`, `б-р`, `р-н`: kinds of places as well.
        for word in ["т", "кт", "р", "н", "я"] { table[Array(word.utf16)] = .other }
        return WordTable(table)
    }()
}
