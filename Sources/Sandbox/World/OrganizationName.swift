/// A name in parts, from which each system writes it in a manner of its own.
struct OrganizationName: Sendable {
    /// What stands around the name proper.
    enum Form: Sendable {
        case limited, jointStock, publicJointStock, unitary, autonomous
        case soleProprietor, person
        case foreign(String)

        /// As in contracts: «ООО».
        var short: String {
            switch self {
            case .limited: "ООО"
            case .jointStock: "АО"
            case .publicJointStock: "ПАО"
            case .unitary: "МУП"
            case .autonomous: "АНО"
            case .soleProprietor: "ИП"
            case .person: ""
            case .foreign(let form): form
            }
        }
        /// In full.
        var long: String {
            switch self {
            case .limited: "Общество с ограниченной ответственностью"
            case .jointStock: "Акционерное общество"
            case .publicJointStock: "Публичное акционерное общество"
            case .unitary: "Муниципальное унитарное предприятие"
            case .autonomous: "Автономная некоммерческая организация"
            case .soleProprietor: "Индивидуальный предприниматель"
            case .person: ""
            case .foreign(let form): form
            }
        }
        /// Its Latin twin.
        var latin: String {
            switch self {
            case .limited: "LLC"
            case .jointStock: "JSC"
            case .publicJointStock: "PJSC"
            default: ""
            }
        }
    }

    /// Legal form.
    var form: Form
    /// «ТД», «НПО»: an abbreviation before the name proper, or empty.
    var bodyShort = ""
    /// The same in full.
    var bodyLong = ""
    /// The name proper, or the family name of a person.
    var proper: String
    /// Given name and patronymic of a person; empty for an organisation.
    var given = ""
    /// Patronymic.
    var patronymic = ""
    /// The city of a branch; empty for all others.
    var branchCity = ""

    /// Draws the name of an organisation.
    static func organization(random: inout RandomSource) -> OrganizationName {
        let form: Form =
            switch random.below(100) {
            case 0..<82: .limited
            case 82..<92: .jointStock
            case 92..<95: .publicJointStock
            case 95..<98: .unitary
            default: .autonomous
            }
        var name = OrganizationName(form: form, proper: proper(random: &random))
        if random.chance(0.15) {
            let body = random.pick(NameStock.bodies)
            (name.bodyShort, name.bodyLong) = (body.short, body.long)
        }
        return name
    }

    /// Draws the name of a person.
    static func person(form: Form, random: inout RandomSource) -> OrganizationName {
        let family = random.pick(NameStock.familyNames)
        let father = random.pick(NameStock.fathers)
        if random.chance(0.45) {
            return OrganizationName(
                form: form, proper: family + "а", given: random.pick(NameStock.women),
                patronymic: father.daughter)
        }
        return OrganizationName(
            form: form, proper: family, given: random.pick(NameStock.fathers).name,
            patronymic: father.son)
    }

    /// Draws the name of a foreign company.
    static func foreign(random: inout RandomSource) -> OrganizationName {
        let proper = random.pick(NameStock.foreignHeads) + " " + random.pick(NameStock.foreignTails)
        return OrganizationName(form: .foreign(random.pick(NameStock.foreignForms)), proper: proper)
    }

    private static func proper(random: inout RandomSource) -> String {
        switch random.below(100) {
        case 0..<15: return random.pick(NameStock.nouns)
        case 15..<45:
            let tail = random.pick(NameStock.tails)
            return random.pick(NameStock.heads) + (random.chance(0.4) ? tail : tail.lowercased())
        case 45..<62: return random.pick(NameStock.nouns) + "-" + random.pick(NameStock.regions)
        case 62..<72:
            return random.pick(NameStock.adjectives) + " " + random.pick(NameStock.masculine)
        case 72..<84: return random.pick(NameStock.nouns) + "-" + String(random.within(2...99))
        case 84..<94:
            return random.pick(NameStock.heads) + random.pick(NameStock.tails).lowercased() + "-"
                + random.pick(NameStock.regions)
        default:
            return random.pick(NameStock.nouns) + " и " + random.pick(NameStock.nouns)
        }
    }

    /// Whether it is the name of a person.
    var isPerson: Bool { !given.isEmpty }

    /// «Торговый дом Ромашка» with the body in short or in full; «Иванов Иван Иванович».
    func core(bodyInFull: Bool = false) -> String {
        if isPerson { return "\(proper) \(given) \(patronymic)" }
        let body = bodyInFull ? bodyLong : bodyShort
        return body.isEmpty ? proper : "\(body) \(proper)"
    }

    /// «Иванов И.И.».
    func initials(spaced: Bool = false) -> String {
        "\(proper) \(given.prefix(1)).\(spaced ? " " : "")\(patronymic.prefix(1))."
    }
}
