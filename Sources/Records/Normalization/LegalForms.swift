/// The legal forms of organisations: short, long and Latin spellings of one and the same form.
///
/// What only looks like a form and is part of the name (ТД, ТК, ГК, УК, НПО, ЧОП, КБ) is not here.
enum LegalForms {
    /// The form whose spelling begins at a word; the longest one wins.
    ///
    /// - Returns: The canonical short form and how many words its spelling takes.
    static func match(_ words: ArraySlice<FoldedWord>) -> (form: String, length: Int)? {
        guard let first = words.first, !first.traits.exclude(.beginsForm) else { return nil }
        return match(count: words.count) { words[words.startIndex + $0].letters }
    }

    /// The same of so many words whose letters are handed over when they are asked for.
    static func match(
        count: Int, _ letters: (Int) -> ArraySlice<UInt16>
    ) -> (form: String, length: Int)? {
        guard let spellings = byFirstWord[letters(0)] else { return nil }
        for spelling in spellings where spelling.rest.count < count {
            let isSpelt = spelling.rest.indices.allSatisfy {
                letters($0 + 1).elementsEqual(spelling.rest[$0])
            }
            if isSpelt { return (spelling.form, spelling.rest.count + 1) }
        }
        return nil
    }

    /// Whether some spelling begins with a word.
    static func begin(with word: FoldedWord) -> Bool { byFirstWord.contains(word.letters) }

    private struct Spelling {
        let form: String
        let rest: [[UInt16]]
    }

    private static let byFirstWord: WordTable<[Spelling]> = {
        var table: [[UInt16]: [Spelling]] = [:]
        for line in spellings.split(separator: "\n") {
            let parts = line.split(separator: "=")
            let form = String(parts[0])
            for spelling in parts[1].split(separator: "|") {
                let words = FoldedText(String(spelling)).words.map { Array($0.letters) }
                guard let first = words.first else { continue }
                table[first, default: []].append(
                    Spelling(form: form, rest: Array(words.dropFirst())))
            }
        }
        return WordTable(
            table.mapValues { $0.sorted { $0.rest.count > $1.rest.count } })
    }()

    /// Canonical forms and their spellings, which are folded as names are.
    ///
    /// Sources: ОКОПФ, and the Latin twins in use.
    private static let spellings = """
        ООО=ооо|ooo|общество с ограниченной ответственностью|о о о|общ с огр отв|общество с огр отв|\
        llc|l l c|ltd|limited|limited liability company|obshchestvo s ogranichennoi otvetstvennostyu|\
        obshchestvo s ogranichennoy otvetstvennostyu
        ОДО=одо|общество с дополнительной ответственностью
        АО=ао|ao|акционерное общество|нао|непубличное акционерное общество|jsc|joint stock company|\
        aktsionernoe obshchestvo|а о
        ЗАО=зао|zao|закрытое акционерное общество|cjsc|closed joint stock company|з а о
        ПАО=пао|pao|публичное акционерное общество|pjsc|public joint stock company|plc
        ОАО=оао|oao|открытое акционерное общество|ojsc|open joint stock company|о а о
        ИП=ип|ip|индивидуальный предприниматель|инд предприниматель|инд предпр|и п|пбоюл|чп|\
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
        GMBH=gmbh
        INC=inc|incorporated|corp|corporation
        """
}
