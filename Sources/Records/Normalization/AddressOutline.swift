/// The parts of an address: where names of places stand among its words, and its numbers.
///
/// What ``PostalAddress`` is made of, for reading many: its memory is used again from one address to
/// the next.
package struct AddressOutline: Sendable {
    /// Six digits of the post code, or what stands for it abroad.
    package private(set) var postcode: String?
    /// Names of places: region, city, street.
    package private(set) var places: [Int] = []
    /// The city, one of the places.
    package private(set) var city: Int?
    /// Whether a label (`г.`) names the city; where none does, it is only the first of the places.
    package private(set) var isCityNamed = false
    /// House number with letter and building: `12`, `12к2`, `5а`.
    package private(set) var house: String?
    /// Flat or office number.
    package private(set) var office: String?
    /// Numbers of which it is not known yet what they say.
    private var numbers: [String] = []

    /// Makes an outline of no address.
    package init() {}

    /// Takes apart the address whose tokens a folder holds.
    package mutating func read(_ folder: borrowing WordFolder) {
        read(count: folder.tokens.count) {
            folder.tokens[$0]
        } word: {
            folder.word(folder.tokens[$0])
        } text: {
            folder.text(folder.tokens[$0])
        }
    }

    /// Takes apart an address of any words.
    package mutating func read(_ words: [FoldedWord]) {
        read(count: words.count) {
            WordToken(inAddress: words[$0])
        } word: {
            words[$0]
        } text: {
            words[$0].text
        }
    }

    /// - Parameters:
    ///   - count: How many words there are.
    ///   - token: What is known of each.
    ///   - word: The word itself, of one that is no loose number.
    ///   - text: The word as text.
    @inline(__always)
    private mutating func read(
        count: Int, token: (Int) -> WordToken, word: (Int) -> FoldedWord, text: (Int) -> String
    ) {
        (postcode, house, office) = (nil, nil, nil)
        var cities = CityLabels()
        places.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        var label = AddressWords.Label.none
        var followsHouse = false
        for index in 0..<count {
            let own = token(index)
            let isLast = index + 1 == count
            let nextTraits = isLast ? nil : token(index + 1).traits
            if followsHouse, own.traits.contains(.letter), !own.traits.contains(.digit),
                AddressWords.isHouseLetter(word(index), next: nextTraits, { word(index + 1) })
            {
                attach(letter: text(index))
                followsHouse = false
                continue
            }
            followsHouse = false
            if own.label != .none,
                let kind = Self.label(own, next: nextTraits, { word(index) })
            {
                cities.take(label: kind, at: index, lastPlace: places.last)
                label = kind
                continue
            }
            if own.traits.contains(.digit),
                own.traits.contains(.number) || !Self.isName(word(index))
            {
                let known = (house, numbers.count)
                take(number: text(index), label: label)
                followsHouse = house != known.0 || (house == nil && numbers.count > known.1)
                cities.endRun()
            } else {
                places.append(index)
                cities.take(place: index, labelled: label)
            }
            label = .none
        }
        for number in numbers {
            if house == nil { house = number } else if office == nil { office = number }
        }
        cities.endRun()
        isCityNamed = cities.named != nil
        city = cities.named ?? places.first
    }

    /// The part that a word names where it stands; `nil` for none.
    private static func label(
        _ token: WordToken, next: WordTraits?, _ word: () -> FoldedWord
    ) -> AddressWords.Label? {
        // `д`, `к`, `с` are labels only before a number: `к 2`.
        if token.label == .house || token.label == .building, token.traits.contains(.letter),
            next?.contains(.digit) != true
        {
            return token.label == .house && next == nil ? nil : (word().isOnly("с") ? .other : nil)
        }
        return token.label
    }

    /// `1905 года`, `8-го Марта`: a number that is part of a street's name cannot be told without
    /// a directory; only mixed words such as `1я` and `42nd` are.
    private static func isName(_ word: FoldedWord) -> Bool {
        let end = word.letters.suffix(2)
        if AddressWords.ordinals.contains(where: end.elementsEqual) { return true }
        return end.last == 0x44F || end.last == 0x439 || end.elementsEqual([0x433, 0x43E])
    }

    private mutating func take(number: String, label: AddressWords.Label) {
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

    private mutating func attach(letter: String) {
        if let house {
            self.house = house + letter
        } else if let last = numbers.last {
            numbers[numbers.count - 1] = last + letter
        }
    }
}
