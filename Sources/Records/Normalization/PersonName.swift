/// The parts of a person's name; given name and patronymic may be initials only.
public struct PersonName: Hashable, Sendable {
    /// The surname; one of two words has a hyphen between them, whether or not it was written.
    public let surname: FoldedWord
    /// The given name or its initial.
    public let given: FoldedWord?
    /// The patronymic or its initial.
    public let patronymic: FoldedWord?

    /// Recognises a person's name among the words of a name without legal form and notes.
    ///
    /// The result is `nil` when the words do not look like a person's name.
    ///
    /// - Parameters:
    ///   - words: The words in their order.
    ///   - isSoleProprietor: Whether the form says that a person must be meant.
    ///   - hasForm: Whether some legal form is named.
    init?(words: [FoldedWord], isSoleProprietor: Bool, hasForm: Bool) {
        guard isSoleProprietor || !hasForm, words.count <= 4 else { return nil }
        let traits = words.map {
            $0.marks.isJoined ? $0.allTraits.subtracting(.letter) : $0.allTraits
        }
        guard
            let places = PersonPlaces(
                count: words.count, isSoleProprietor: isSoleProprietor, { traits[$0] },
                joins: { words[$0].isJoined(to: words[$0 + 1]) })
        else { return nil }
        let surname = words[places.surname]
        self.surname =
            places.hasDoubleSurname ? surname.joined(to: words[places.surname + 1]) : surname
        given = places.given.map { words[$0] }
        patronymic = places.patronymic.map { words[$0] }
    }

    /// Whether two names can be the same name, one of them perhaps with initials or shortened.
    public func isSameWriting(as other: PersonName) -> Bool {
        surname.soundKey == other.surname.soundKey
            && Self.agree(given, other.given) && Self.agree(patronymic, other.patronymic)
    }

    private static func agree(_ left: FoldedWord?, _ right: FoldedWord?) -> Bool {
        guard let left, let right else { return true }
        let (leftKey, rightKey) = (left.soundKey, right.soundKey)
        if leftKey.count == 1 || rightKey.count == 1 { return leftKey.first == rightKey.first }
        return leftKey == rightKey
    }

    static func isPatronymic(_ word: FoldedWord) -> Bool {
        word.letters.count >= 5 && !word.traits.exclude(.patronymic)
            && endings.contains { word.letters.suffix($0.count).elementsEqual($0) }
    }

    /// Whether a patronymic of two words can end so: `Али оглы`.
    static func isPatronymicEnd(_ word: FoldedWord) -> Bool {
        word.letters.count == 4 && ["оглы", "кызы", "угли", "ogly", "kyzy"].contains(word.text)
    }

    private static let endings: [[UInt16]] = [
        "ович", "евич", "ьич", "овна", "евна", "ична", "ovich", "evich", "ovna", "evna", "ichna",
        "yich",
    ].map { Array($0.utf16) }
}

extension FoldedWord {
    /// Whether a hyphen joins it to the word behind it.
    func isJoined(to next: FoldedWord) -> Bool {
        marks.contains(.beforeHyphen) && next.marks.contains(.afterHyphen)
    }

    /// It and the next word as one, with a hyphen between them.
    fileprivate func joined(to next: FoldedWord) -> FoldedWord {
        var word = self
        var both = Array(letters)
        both.append(0x2D)
        both += next.letters
        word.replaceLetters(both[...])
        return word
    }
}

/// Given names frequent enough to tell `Имя Фамилия` from a name of two words.
enum GivenNames {
    static func contains(_ word: FoldedWord) -> Bool {
        !word.traits.exclude(.givenName) && keys.contains(word.soundKey)
    }

    private static let keys: Set<[UInt8]> = Set(
        """
        александр сергей владимир андрей алексей дмитрий михаил иван николай евгений павел олег \
        виктор роман игорь максим антон юрий василий артем денис вадим валерий анатолий илья \
        кирилл константин виталий георгий григорий вячеслав станислав руслан федор петр геннадий \
        борис степан никита егор данил даниил леонид тимур эдуард семен ярослав матвей владислав \
        глеб марат рустам ринат ильдар айрат арсен артур давид лев захар тимофей марк богдан \
        елена ольга наталья наталия татьяна ирина анна светлана екатерина мария юлия марина \
        людмила надежда галина валентина анастасия любовь оксана вера ксения дарья лариса \
        виктория алина полина евгения александра тамара нина кристина софья софия алла яна \
        маргарита инна диана лидия зинаида валерия раиса эльвира регина гульнара альбина
        """.split(whereSeparator: \.isWhitespace).map { name in
            var key: [UInt8] = []
            SoundKey.append(Array(name.utf16)[...], to: &key)
            return key
        })
}
