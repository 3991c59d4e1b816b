/// A person's name as three numbers in the stock of names.
struct PersonName: Hashable, Sendable {
    private var familyIndex: UInt8
    private var givenIndex: UInt8
    private var fatherIndex: UInt8
    private var isWoman: Bool

    /// Draws a name.
    init(random: inout RandomSource) {
        familyIndex = UInt8(random.below(NameStock.familyNames.count))
        fatherIndex = UInt8(random.below(NameStock.fathers.count))
        isWoman = random.chance(0.45)
        givenIndex = UInt8(
            random.below(isWoman ? NameStock.women.count : NameStock.fathers.count))
    }

    /// The name of a sole proprietor or person; `nil` for an organisation.
    init?(_ name: OrganizationName) {
        let woman = NameStock.women.firstIndex(of: name.given)
        let man = NameStock.fathers.firstIndex { $0.name == name.given }
        let family = woman == nil ? name.proper : String(name.proper.dropLast())
        guard let familyIndex = NameStock.familyNames.firstIndex(of: family),
            let givenIndex = woman ?? man,
            let fatherIndex = NameStock.fathers.firstIndex(where: {
                (woman == nil ? $0.son : $0.daughter) == name.patronymic
            })
        else { return nil }
        self.familyIndex = UInt8(familyIndex)
        self.givenIndex = UInt8(givenIndex)
        self.fatherIndex = UInt8(fatherIndex)
        isWoman = woman != nil
    }

    var family: String {
        let stem = NameStock.familyNames[Int(familyIndex)]
        return isWoman ? stem + "а" : stem
    }
    var given: String {
        isWoman ? NameStock.women[Int(givenIndex)] : NameStock.fathers[Int(givenIndex)].name
    }
    var patronymic: String {
        let father = NameStock.fathers[Int(fatherIndex)]
        return isWoman ? father.daughter : father.son
    }

    /// «Иванова Анна Петровна».
    var text: String { "\(family) \(given) \(patronymic)" }

    /// The same person with another family name that begins otherwise.
    func withOtherFamily(random: inout RandomSource) -> PersonName {
        var other = self
        repeat {
            other.familyIndex = UInt8(random.below(NameStock.familyNames.count))
        } while other.family.prefix(2) == family.prefix(2)
        return other
    }

    /// The family name in Latin letters without signs, for an address.
    var latinFamily: String { Self.latinFamilies[Int(familyIndex)] + (isWoman ? "a" : "") }

    private static let latinFamilies = NameStock.familyNames.map {
        Dirt.transliterated($0).lowercased()
    }
}

/// An e-mail address of a person, made from the name and a number of its own.
struct MailBox: Hashable, Sendable {
    var name: PersonName
    var serial: UInt32
    var host: UInt8
    /// Whether it is written in capitals, which means the same.
    var isUpperCase = false

    /// The address of a sole proprietor or person, as ``Organization/email`` has it.
    init(of organization: Organization, _ name: PersonName) {
        self.name = name
        serial = UInt32(organization.index)
        host = UInt8(Self.hosts.firstIndex { organization.email.hasSuffix("@" + $0) } ?? 0)
    }

    /// An address of a person.
    init(name: PersonName, serial: UInt32, host: UInt8) {
        (self.name, self.serial, self.host) = (name, serial, host)
    }

    private static let hosts = ["mail.ru", "yandex.ru", "gmail.com", "example.com"]

    /// The address.
    var text: String {
        let text = "\(name.latinFamily).\(serial)@\(Self.hosts[Int(host) % Self.hosts.count])"
        return isUpperCase ? text.uppercased() : text
    }
}
