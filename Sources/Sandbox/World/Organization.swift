/// One counterparty as it really is; the two systems hold records of it.
struct Organization: Sendable {
    /// What it is in law.
    enum Kind: UInt8, Sendable { case company, soleProprietor, person, foreign }

    /// Its number, from which everything else follows.
    var index: Int
    var kind: Kind
    var name: OrganizationName
    var city: Int
    /// Empty for a foreign company and for many persons.
    var taxID: String
    /// Empty unless it is a company.
    var kpp: String
    /// ОГРН or ОГРНИП; empty for persons.
    var registrationNumber: String
    /// The foreign company's own number.
    var foreignTaxNumber: String
    var phone: Phone
    var secondPhone: Phone?
    var email: String
    var address: Address
    /// Seconds since 1970.
    var createdAt: UInt32
    /// The head's number, for a branch.
    var head: Int?

    /// Makes an organisation.
    ///
    /// - Parameters:
    ///   - index: Its number; up to eight million.
    ///   - seed: The world's seed.
    ///   - needsCompany: Whether it must be a Russian company, whatever else is drawn.
    init(index: Int, seed: UInt64, needsCompany: Bool) {
        var random = RandomSource(seed: seed, stream: UInt64(index) << 8)
        self.index = index
        let draw = random.below(100)
        kind =
            if needsCompany || draw < 74 {
                .company
            } else if draw < 92 {
                .soleProprietor
            } else {
                draw < 98 ? .person : .foreign
            }
        city =
            switch random.below(100) {
            case 0..<22: 0
            case 22..<33: 1
            default: random.within(2...PlaceStock.cities.count - 1)
            }
        let region = PlaceStock.cities[city].region
        let year = random.within(2002...2024)
        (taxID, kpp, registrationNumber, foreignTaxNumber) = ("", "", "", "")
        switch kind {
        case .company:
            name = .organization(random: &random)
            taxID = IdentifierMint.organization(region: region, serial: index)
            kpp = IdentifierMint.kpp(region: region, office: random.within(1...49))
            registrationNumber = IdentifierMint.ogrn(region: region, year: year, serial: index)
        case .soleProprietor:
            name = .person(form: .soleProprietor, random: &random)
            taxID = IdentifierMint.person(region: region, serial: index)
            registrationNumber = IdentifierMint.ogrnip(region: region, year: year, serial: index)
        case .person:
            name = .person(form: .person, random: &random)
            if random.chance(0.6) {
                taxID = IdentifierMint.person(region: region, serial: index)
            }
        case .foreign:
            name = .foreign(random: &random)
            foreignTaxNumber = random.pick(["DE", "CZ", "FI", "NL"]) + String(100_000_000 + index)
        }
        phone = Phone(city: city, serial: index, isMobile: kind != .company || random.chance(0.3))
        if random.chance(0.2) {
            secondPhone = Phone(city: city, serial: index + 2_000_000, isMobile: true)
        }
        email = Self.email(of: name, index: index, random: &random)
        address = Address(in: city, random: &random)
        createdAt = 1_262_304_000 + UInt32(random.below(440_000_000))
    }

    /// Makes a branch of a company: the same taxpayer in another city.
    init(branchOf head: Organization, index: Int, seed: UInt64) {
        var random = RandomSource(seed: seed, stream: UInt64(index) << 8 | 1)
        self = head
        self.index = index
        self.head = head.index
        city =
            (head.city + random.within(1...PlaceStock.cities.count - 1)) % PlaceStock.cities.count
        let place = PlaceStock.cities[city]
        kpp = IdentifierMint.kpp(region: place.region, office: random.within(1...49), reason: "43")
        name.branchCity = place.name
        phone = Phone(city: city, serial: index, isMobile: false)
        secondPhone = nil
        email = "filial\(index)@" + (head.email.split(separator: "@").last ?? "example.ru")
        address = Address(in: city, random: &random)
    }

    private static func email(
        of name: OrganizationName, index: Int, random: inout RandomSource
    ) -> String {
        var stem = ""
        for byte in Dirt.transliterated(name.proper).lowercased().utf8 {
            if byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 {
                stem.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        if name.isPerson || random.chance(0.2) {
            return "\(stem).\(index)@\(random.pick(["mail.ru", "yandex.ru", "gmail.com"]))"
        }
        let local = random.pick(["info", "office", "sales", "zakaz", "buh"])
        return "\(local)@\(stem)\(index).ru"
    }
}
