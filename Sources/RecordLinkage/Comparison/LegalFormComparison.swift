/// Compares the legal forms within names: a weak witness, but one against many coincidences.
struct LegalFormComparison: PreparedComparison {
    let name: String
    let column: TextColumn

    let levels = [
        LevelScheme("same", "=", expected: 0.95),
        LevelScheme("person and none", "≈", expected: 0.03),
        LevelScheme("different", "≠", expected: 0.02),
    ]

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (formA, isPersonA) = form(first)
        let (formB, isPersonB) = form(second)
        if formA != TextTable.none, formB != TextTable.none {
            return Outcome(level: formA == formB ? 0 : 2)
        }
        // A form of an organisation against what is plainly a person's name.
        if isPersonA != isPersonB, formA != TextTable.none || formB != TextTable.none {
            let isSoleProprietor = isPersonA && isPersonB
            return isSoleProprietor ? .missing : Outcome(level: 1)
        }
        return .missing
    }

    private func form(_ record: Int) -> (UInt32, Bool) {
        var (form, isPerson) = (TextTable.none, false)
        for index in column.variants(of: record) {
            let variant = column.variants[index]
            if form == TextTable.none { form = variant.form }
            if variant.isPerson { isPerson = true }
        }
        return (form, isPerson)
    }

    func normalizedText(_ record: Int) -> String {
        let form = form(record).0
        return form == TextTable.none ? "" : String(decoding: column.forms[form], as: UTF8.self)
    }
}
