/// Compares the legal forms within names: a weak witness, but one against many coincidences.
struct LegalFormComparison: PreparedComparison {
    let name: String
    let column: TextColumn
    /// The form of each record, and whether it has a person's name.
    private let forms: Frozen<Form>

    private struct Form: BitwiseCopyable, Sendable {
        var number = TextTable.none
        var isPerson = false
    }

    init(name: String, column: TextColumn, records: Int, threads: Int = 1) {
        self.name = name
        self.column = column
        forms = Frozen(
            Parallel.array(count: records, chunk: 16384, threads: threads) { range, forms in
                for record in range {
                    var form = Form()
                    for index in column.variants(of: record) {
                        let variant = column.variants[index]
                        if form.number == TextTable.none { form.number = variant.form }
                        if variant.isPerson { form.isPerson = true }
                    }
                    (forms + (record - range.lowerBound)).initialize(to: form)
                }
            })
    }

    let levels = [
        LevelScheme("same", "=", expected: 0.95),
        LevelScheme("person and none", "≈", expected: 0.03),
        LevelScheme("different", "≠", expected: 0.02),
    ]

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let (a, b) = (forms[first], forms[second])
        let (hasFormA, hasFormB) = (a.number != TextTable.none, b.number != TextTable.none)
        if hasFormA, hasFormB { return Outcome(level: a.number == b.number ? 0 : 2) }
        // A form of an organisation against what is plainly a person's name.
        return a.isPerson != b.isPerson && (hasFormA || hasFormB) ? Outcome(level: 1) : .missing
    }

    func normalizedText(_ record: Int) -> String {
        let form = forms[record].number
        return form == TextTable.none ? "" : String(decoding: column.forms[form], as: UTF8.self)
    }
}
