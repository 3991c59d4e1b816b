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
        var numbers: [String] = []
        var label = AddressWords.Label.none
        var followsHouse = false
        for (index, word) in words.enumerated() {
            let next = index + 1 == words.count ? nil : words[index + 1]
            if followsHouse, AddressWords.isHouseLetter(word, next: next) {
                attach(letter: word.text, numbers: &numbers)
                followsHouse = false
                continue
            }
            followsHouse = false
            if let kind = AddressWords.label(word, next: next) {
                label = kind
                continue
            }
            if word.hasDigit, !isName(word) {
                let known = (house, numbers.count)
                take(number: word.text, label: label, numbers: &numbers)
                followsHouse = house != known.0 || (house == nil && numbers.count > known.1)
            } else {
                places.append(word)
                if label == .city, city == nil { city = word }
            }
            label = .none
        }
        for number in numbers {
            if house == nil { house = number } else if office == nil { office = number }
        }
        if city == nil { city = places.first }
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

    /// `1905 года`, `8-го Марта`: a number that is part of a street's name cannot be told without
    /// a directory; only mixed words such as `1я` and `42nd` are.
    private func isName(_ word: FoldedWord) -> Bool {
        let end = word.letters.suffix(2)
        if AddressWords.ordinals.contains(where: end.elementsEqual) { return true }
        return end.last == 0x44F || end.last == 0x439 || end.elementsEqual([0x433, 0x43E])
    }

    private mutating func take(
        number: String, label: AddressWords.Label, numbers: inout [String]
    ) {
        switch label {
        case .house: house = number
        case .building:
            let base = house ?? (numbers.isEmpty ? "" : numbers.removeFirst())
            house = base + "к" + number
        case .office: office = number
        default:
            let isCode = number.utf8.count >= 5 && number.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
            if isCode, postcode == nil { postcode = number } else { numbers.append(number) }
        }
    }

    private mutating func attach(letter: String, numbers: inout [String]) {
        if let house {
            self.house = house + letter
        } else if let last = numbers.last {
            numbers[numbers.count - 1] = last + letter
        }
    }
}

/// Words in addresses that name the kind of the part beside them.
enum AddressWords {
    /// The part that the next word belongs to.
    enum Label { case none, city, street, house, building, office, other }

    static func label(_ word: FoldedWord, next: FoldedWord?) -> Label? {
        guard !word.traits.exclude(.addressWord), let label = labels[word.letters] else {
            return nil
        }
        // `д`, `к`, `с` are labels only before a number: `к 2`.
        if label == .house || label == .building, word.letters.count == 1,
            !(next?.hasDigit ?? false)
        {
            return label == .house && next == nil ? nil : (word.isOnly("с") ? .other : nil)
        }
        return label
    }

    /// Whether a letter belongs to the house number before it: `5 А`, `5 Б, кв. 3`; not `5 к 2`,
    /// `5, а/я 3`, `5, б-р Мира`, `5, г. Ржев`.
    static func isHouseLetter(_ word: FoldedWord, next: FoldedWord?) -> Bool {
        guard word.letters.count == 1, !word.hasDigit else { return false }
        guard let next else { return true }
        if compass.contains(where: word.isOnly) { return false }
        func isOne(of letters: Unicode.Scalar...) -> Bool { letters.contains(where: word.isOnly) }
        if next.hasDigit { return !isOne(of: "к", "с", "д") }
        let kinds: [(Unicode.Scalar, Unicode.Scalar)] = [("а", "я"), ("б", "р"), ("р", "н")]
        if kinds.contains(where: { word.isOnly($0) && next.isOnly($1) }) { return false }
        return labels[next.letters] != nil || !isOne(of: "г", "д", "с", "п", "х")
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
