/// Which words of a name spell its legal forms, and which form it has: the first that stands outside
/// brackets.
///
/// Some short forms are as often part of a name (`ПК`): beside another form they are words of it, as
/// «ООО ПК Вектор» is called «ПК Вектор» and not «Вектор».
struct FormsInName {
    private var first: String?
    private var firstOutside: String?
    /// The first outside brackets that is no part of any name.
    private var firstCertain: String?
    private var allBits: UInt64 = 0
    private var doubtfulBits: UInt64 = 0

    /// The form in its canonical short spelling; `nil` when none was found.
    var form: String? { firstCertain ?? firstOutside ?? first }

    /// Which of the first 64 words spell forms.
    var bits: UInt64 { firstCertain == nil ? allBits : allBits & ~doubtfulBits }

    /// Takes in what stands at a word, which is not beyond the 64th, nor is its end.
    mutating func add(_ match: LegalForms.Match, at index: Int, isInBrackets: Bool) {
        first = first ?? match.form
        if !isInBrackets {
            firstOutside = firstOutside ?? match.form
            if !match.isDoubtful { firstCertain = firstCertain ?? match.form }
        }
        for place in index..<index + match.length { allBits |= 1 &<< UInt64(place) }
        if match.isShortAndDoubtful { doubtfulBits |= 1 &<< UInt64(index) }
    }
}
