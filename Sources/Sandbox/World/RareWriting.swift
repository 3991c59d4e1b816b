/// Writings of a company's title that are seldom and hide it: a reconciler may report them without
/// being wrong.
enum RareWriting: CaseIterable {
    /// Typed with the other layout of the keyboard switched on: `Hjvfirf`.
    case otherLayout
    /// The legal form in Latin letters of the same shape: `OOO`.
    case latinForm
    /// Letters in place of digits, digits in place of letters: `3аря`.
    case digitForLetter
    /// A telephone after the name.
    case withPhone
    /// The site instead of the company.
    case site
    /// A person instead of the company.
    case person
    /// What clerks write to say that it is not to be used any more.
    case outOfUse

    /// The title as it is then written.
    func title(of organization: Organization, random: inout RandomSource) -> String {
        let (form, core) = (organization.name.form.short, organization.name.core())
        switch self {
        case .otherLayout: return Self.otherLayout(core)
        case .latinForm: return form == "ООО" ? "OOO \"\(core)\"" : "\(form) \(core)"
        case .digitForLetter:
            return "\(form) \(core)".replacing("З", with: "3").replacing("О", with: "0")
        case .withPhone: return "\(form) \(core) тел \(organization.phone.text)"
        case .site:
            let name = Dirt.transliterated(core).lowercased()
                .filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return "\(name).ru"
        case .person:
            return random.pick(["Иванов", "Петрова", "Сидоров", "Кузнецова"]) + " "
                + random.pick(["А. В.", "И. И.", "С. П."])
        case .outOfUse: return "\(core) \(form) " + random.pick(["(старый)", "не использовать"])
        }
    }

    /// Letters by the keys of the other layout.
    private static func otherLayout(_ text: String) -> String {
        String(text.map { keys[$0] ?? $0 })
    }

    private static let keys: [Character: Character] = {
        let small = zip("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
        let large = zip("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>")
        return Dictionary(uniqueKeysWithValues: Array(small) + Array(large))
    }()
}

extension Spelling {
    /// Hides some spellings of companies: see ``RareWriting``.
    ///
    /// - Parameters:
    ///   - share: How many of the companies.
    ///   - organization: What is true.
    ///   - random: A stream of its own, so that the rest of the company is as it was.
    /// - Returns: The spelling, as a rule as it was.
    func hidden(
        share: Double, of organization: Organization, random: inout RandomSource
    ) -> Spelling {
        guard !organization.name.isPerson, random.chance(share) else { return self }
        let writing = random.pick(RareWriting.allCases)
        return Spelling(text: writing.title(of: organization, random: &random), isFar: true)
    }
}
