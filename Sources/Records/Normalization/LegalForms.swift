/// The legal forms of organisations: short, long and Latin spellings of one and the same form.
///
/// What only looks like a form and is part of the name (ТД, ТК, ГК, УК, НПО, ЧОП, КБ) is not here.
enum LegalForms {
    /// A form that some words spell.
    struct Match {
        /// The canonical short form.
        let form: String
        /// How many words its spelling takes.
        let length: Int
        private let position: Position
        /// Whether short it is as often part of a name.
        let isDoubtful: Bool

        /// A form by its spelling, and how many words write that where it is not as many as it has.
        init(_ spelling: Spelling, length: Int? = nil) {
            (form, self.length) = (spelling.form, length ?? spelling.rest.count + 1)
            (position, isDoubtful) = (spelling.position, spelling.isDoubtful)
        }

        /// Whether one word spells it that is as often part of a name.
        var isShortAndDoubtful: Bool { isDoubtful && length == 1 }

        /// Whether it is a form when so many words stand before it.
        func mayStand(at index: Int) -> Bool {
            switch position {
            case .anywhere: true
            case .behindName: index > 0
            case .beforeName: index == 0
            }
        }
    }

    /// Where a spelling is that of a form.
    enum Position {
        case anywhere
        /// `AG Experts` is called so, `Experts AG` has a form.
        case behindName
        /// `000 Ромашка` is typed in noughts, «1 000 мелочей» counts.
        case beforeName
    }

    /// The form whose spelling begins at a word; the longest one wins.
    ///
    /// - Returns: What is spelt; the caller asks whether it may stand there.
    static func match(_ words: ArraySlice<FoldedWord>) -> Match? {
        guard let first = words.first, !first.traits.exclude(.beginsForm) else { return nil }
        return match(count: words.count) { words[words.startIndex + $0].letters }
    }

    /// The same of so many words whose letters are handed over when they are asked for.
    static func match(
        count: Int, _ letters: (Int) -> ArraySlice<UInt16>
    ) -> Match? {
        let first = letters(0)
        if let spellings = byFirstWord[first] {
            for spelling in spellings where spelling.rest.count < count {
                let isSpelt = spelling.rest.indices.allSatisfy {
                    letters($0 + 1).elementsEqual(spelling.rest[$0])
                }
                if isSpelt { return Match(spelling) }
            }
        }
        return misspelt(count: count, letters) ?? shortened(count: count, letters)
    }

    /// The same of long spellings, one error a word: «Общество с ограниченой отвественностью».
    ///
    /// That three words stand together, each hardly misspelt, is no chance; of a short form it may be.
    private static func misspelt(
        count: Int, _ letters: (Int) -> ArraySlice<UInt16>
    ) -> Match? {
        guard count > fewestWords, letters(0).count >= shortestMisspelt else { return nil }
        for (words, spelling) in longSpellings where words.count <= count {
            if words.indices.allSatisfy({ isAlike(letters($0), words[$0]) }) {
                return Match(spelling)
            }
        }
        return nil
    }

    /// So many words has a spelling that may be misspelt or shortened.
    static let fewestWords = 3
    /// Shorter words have no errors, and are not cut.
    static let shortestMisspelt = 6

    /// Whether a word is another, or one error away from it.
    static func isAlike(_ word: ArraySlice<UInt16>, _ known: [UInt16]) -> Bool {
        guard known.count >= shortestMisspelt else { return word.elementsEqual(known) }
        guard abs(word.count - known.count) <= 1 else { return false }
        let start = zip(word, known).prefix { $0 == $1 }.count
        let (rest, other) = (word.dropFirst(start), known.dropFirst(start))
        let end = zip(rest.reversed(), other.reversed()).prefix { $0 == $1 }.count
        return max(rest.count, other.count) - end <= 1
            // Two letters that changed places.
            || (rest.count == other.count && rest.count - end == 2
                && rest.prefix(2).reversed().elementsEqual(other.prefix(2)))
    }

    private static let behindName: Set<String> = ["AG", "SA", "BV", "OY", "SRL"]
    private static let doubtful: Set<String> = ["ПК", "УП", "НП", "МОО", "РОО"]

    /// Whether some spelling begins with a word, or a long one with a word one error away or cut there.
    static func begin(with word: FoldedWord) -> Bool {
        byFirstWord.contains(word.letters) || mayBeginShortened(with: word.letters)
            || (word.letters.count >= shortestMisspelt && !word.hasDigit
                && longFirstWords.contains { isAlike(word.letters, $0) })
    }

    /// The spellings of many words with their words, the longest first.
    static let longSpellings: [(words: [[UInt16]], spelling: Spelling)] = all.filter {
        $0.spelling.rest.count + 1 >= fewestWords && $0.first.count >= shortestMisspelt
    }
    .map { (words: [$0.first] + $0.spelling.rest, spelling: $0.spelling) }
    .sorted { $0.words.count > $1.words.count }

    static let longFirstWords = Set(longSpellings.map { $0.words[0] })

    /// One way to write a form.
    struct Spelling {
        let form: String
        let rest: [[UInt16]]
        let position: Position
        let isDoubtful: Bool

        /// Reads a spelling of at least one word.
        init(_ form: String, _ words: [FoldedWord]) {
            (self.form, rest) = (form, words.dropFirst().map { Array($0.letters) })
            isDoubtful = LegalForms.doubtful.contains(form)
            position =
                LegalForms.behindName.contains(form)
                ? .behindName : words.allSatisfy(\.isNumber) ? .beforeName : .anywhere
        }
    }

    private static let byFirstWord = WordTable(
        Dictionary(grouping: all, by: \.first).mapValues { spellings in
            spellings.map(\.spelling).sorted { $0.rest.count > $1.rest.count }
        })

    private static let all: [(first: [UInt16], spelling: Spelling)] =
        spellings.split(separator: "\n").flatMap { line in
            let parts = line.split(separator: "=")
            let listed = parts[1].split(separator: "|")
            let written = listed.map(String.init) + listed.flatMap(withNoughts)
            return written.compactMap { spelling in
                let words = FoldedText(spelling).words
                return words.first.map {
                    (Array($0.letters), Spelling(String(parts[0]), words))
                }
            }
        }

    /// Canonical forms and their spellings, which are folded as names are.
    ///
    /// Sources: ОКОПФ, and the Latin twins in use.
    private static let spellings = """
        ООО=ооо|ooo|000|общество с ограниченной ответственностью|о о о|\
        llc|l l c|ltd|co ltd|company ltd|limited|limited liability company|obshchestvo s ogranichennoi otvetstvennostyu|\
        obshchestvo s ogranichennoy otvetstvennostyu
        ОДО=одо|общество с дополнительной ответственностью
        АО=ао|ao|акционерное общество|акционерное общ во|акц общество|акц общ во|акц общ|нао|\
        непубличное акционерное общество|jsc|joint stock company|\
        aktsionernoe obshchestvo|а о
        ЗАО=зао|zao|закрытое акционерное общество|cjsc|closed joint stock company|з а о
        ПАО=пао|pao|публичное акционерное общество|pjsc|public joint stock company|plc
        ОАО=оао|oao|открытое акционерное общество|ojsc|open joint stock company|о а о
        ИП=ип|ip|индивидуальный предприниматель|инд предприниматель|инд предпр|\
        индивид предприниматель|индивид предпр|и п|пбоюл|чп|\
        частный предприниматель|ип глава кфх|индивидуальный предприниматель глава кфх|\
        индивидуальный предприниматель глава крестьянского фермерского хозяйства|ие|ie|\
        individual entrepreneur|sole proprietor|individualnyi predprinimatel|\
        individualnyy predprinimatel
        КФХ=кфх|крестьянское фермерское хозяйство|крестьянско фермерское хозяйство
        ГУП=гуп|государственное унитарное предприятие
        ФГУП=фгуп|fgup|федеральное государственное унитарное предприятие
        МУП=муп|mup|муниципальное унитарное предприятие
        МКП=мкп|муниципальное казенное предприятие
        ФКП=фкп|федеральное казенное предприятие
        УП=уп|унитарное предприятие|чуп|частное унитарное предприятие
        ГБУ=гбу|государственное бюджетное учреждение
        ФГБУ=фгбу|федеральное государственное бюджетное учреждение
        ФГАУ=фгау|федеральное государственное автономное учреждение
        ФКУ=фку|федеральное казенное учреждение
        ГАУ=гау|государственное автономное учреждение
        ГКУ=гку|государственное казенное учреждение
        МБУ=мбу|муниципальное бюджетное учреждение
        МАУ=мау|муниципальное автономное учреждение
        МКУ=мку|муниципальное казенное учреждение
        МБОУ=мбоу|муниципальное бюджетное общеобразовательное учреждение|\
        муниципальное бюджетное образовательное учреждение
        МАОУ=маоу|муниципальное автономное общеобразовательное учреждение
        МБДОУ=мбдоу|муниципальное бюджетное дошкольное образовательное учреждение
        МАДОУ=мадоу|муниципальное автономное дошкольное образовательное учреждение
        ГБОУ=гбоу|государственное бюджетное общеобразовательное учреждение|\
        государственное бюджетное образовательное учреждение
        ФГБОУ=фгбоу|фгбоу во|федеральное государственное бюджетное образовательное учреждение
        ГБУЗ=гбуз|государственное бюджетное учреждение здравоохранения
        АНО=ано|ano|автономная некоммерческая организация|анодпо|ано дпо
        НКО=нко|некоммерческая организация
        ЧОУ=чоу|частное образовательное учреждение|ночу|негосударственное образовательное учреждение
        ТСЖ=тсж|товарищество собственников жилья
        ТСН=тсн|товарищество собственников недвижимости
        СНТ=снт|садоводческое некоммерческое товарищество
        ДНТ=днт|дачное некоммерческое товарищество
        ДНП=днп|дачное некоммерческое партнерство
        ЖСК=жск|жилищно строительный кооператив
        ГСК=гск|гаражно строительный кооператив|гаражный строительный кооператив
        ПК=пк|производственный кооператив|потребительский кооператив
        СПК=спк|сельскохозяйственный производственный кооператив
        РАЙПО=райпо|районное потребительское общество
        НП=нп|некоммерческое партнерство
        МОО=моо|межрегиональная общественная организация
        РОО=роо|региональная общественная организация
        ТОО=тоо|too|товарищество с ограниченной ответственностью|llp
        ТОВ=тов|товариство з обмеженою відповідальністю
        GMBH=gmbh|gmbh co kg|gmbh co|гмбх|гмбх ко|гмбх и ко|гмбх ко кг|гмбх и ко кг
        INC=inc|incorporated|corp|corporation
        AG=ag|aktiengesellschaft
        SA=sa|s a|societe anonyme|sociedad anonima
        BV=bv|b v|besloten vennootschap
        OY=oy|oyj
        SRL=srl|s r l|sarl|s a r l
        """
}
