/// A company of the portal with its legal details and addresses, before it is kept.
struct CompanyDraft {
    var company: Company
    var requisites: [Requisite] = []
    var addresses: [PortalAddress] = []
    /// Whether the title is so far off that a reconciler may report it: see ``Spelling/isFar``.
    var isNameFar = false
    /// Identifiers written so that a reconciler may call them invalid: field and reason.
    var junk: [(field: String, reason: String)] = []

    /// Writes down what the CRM's users know of an organisation.
    ///
    /// - Parameters:
    ///   - organization: What is true.
    ///   - fate: What goes wrong with it; decides which links and identifiers must be clean.
    ///   - id: The company's id; requisites get ids that follow from it.
    ///   - key: The 1C reference for an exchange module to leave; `nil` for no link.
    ///   - dirt: Share of the titles to dirty.
    ///   - random: The organisation's own stream.
    init(
        _ organization: Organization, fate: Fate, id: Int64, key: GUID?, dirt: Double,
        random: inout RandomSource
    ) {
        var rare = RandomSource(seed: UInt64(id), stream: UInt64(organization.index) << 8 | 3)
        let title = Spelling.title(organization.name, random: &random)
            .dirtied(share: dirt, random: &random)
            .hidden(share: dirt / 8, of: organization, random: &rare)
        isNameFar = title.isFar
        let created = organization.createdAt + UInt32(random.below(3_000_000))
        company = Company(
            id: id, organization: Int32(organization.index), title: title.text,
            createdAt: created, modifiedAt: created + UInt32(random.below(40_000_000)),
            assignedBy: UInt16(random.within(1...TradeBuilder.editorCount)),
            variation: UInt8(random.below(256)))
        let phone = organization.phone.written(random.below(Phone.notationCount))
        company.phones = [phone]
        if random.chance(0.1) {
            company.phones[0].extensionNumber = UInt16(random.within(100...999))
        }
        if let second = organization.secondPhone {
            company.phones.append(second.written(random.below(Phone.notationCount)))
        }
        company.email = random.chance(0.05) ? organization.email.uppercased() : organization.email

        let linkDraw = random.below(100)
        let mayLink = key != nil && fate.mayHaveRightLink
        if mayLink && linkDraw < 50 { company.origin = key }

        var main = Requisite(
            id: 3 * id, companyID: id, preset: .organization, name: "Организация",
            createdAt: created)
        fill(&main, organization, random: &random)
        if mayLink && (50..<65).contains(linkDraw) { main.xmlID = key }
        dirtyIdentifiers(&main, organization, fate, random: &random)
        requisites = [main]
        addAddresses(organization, requisite: main.id, random: &random)
        addFurtherRequisites(organization, main, random: &random)
        if fate == .withoutTaxIDInCRM { forgetTaxID(random: &random) }
    }

    private func fill(
        _ requisite: inout Requisite, _ organization: Organization, random: inout RandomSource
    ) {
        let name = organization.name
        switch organization.kind {
        case .company:
            requisite.name =
                name.branchCity.isEmpty ? "Организация" : "Филиал в г. \(name.branchCity)"
            requisite.companyName =
                name.branchCity.isEmpty
                ? "\(name.form.short) \"\(name.core())\""
                : "Филиал \(name.form.short) \"\(name.core())\" в г. \(name.branchCity)"
            requisite.fullName = "\(name.form.long) \"\(name.core(bodyInFull: true))\"".uppercased()
            requisite.kpp = organization.kpp
            requisite.ogrn = organization.registrationNumber
        case .soleProprietor, .person:
            let isPerson = organization.kind == .person
            requisite.preset = isPerson ? .person : .soleProprietor
            requisite.name = isPerson ? "Физ. лицо" : "ИП"
            requisite.familyName = name.proper
            requisite.givenName = name.given
            requisite.patronymic = name.patronymic
            if !isPerson { requisite.ogrnip = organization.registrationNumber }
        case .foreign:
            requisite.companyName = "\(name.core()) \(name.form.short)"
            requisite.foreignTaxNumber = organization.foreignTaxNumber
        }
        requisite.taxID = organization.taxID.isEmpty ? nil : organization.taxID
    }

    /// Spaces, prefixes, lost zeros and the things that people type for "none".
    private mutating func dirtyIdentifiers(
        _ requisite: inout Requisite, _ organization: Organization, _ fate: Fate,
        random: inout RandomSource
    ) {
        let draw = random.below(1000)
        guard fate == .consistent || fate == .missingLeft, let taxID = requisite.taxID else {
            return
        }
        if taxID.hasPrefix("0"), draw < 200 {
            requisite.taxID = String(taxID.dropFirst())
            junk.append(("tax_id", "lost_zero"))
        } else {
            switch draw {
            case 200..<215: requisite.taxID = "\(taxID.prefix(4)) \(taxID.dropFirst(4))"
            case 215..<225: requisite.taxID = taxID + "\u{A0}"
            case 225..<230:
                requisite.taxID = "ИНН \(taxID)"
                junk.append(("tax_id", "prefix"))
            case 230..<235 where requisite.kpp != nil:
                requisite.taxID = "\(taxID)/\(requisite.kpp ?? "")"
                junk.append(("tax_id", "both_in_one"))
            case 235..<240:
                requisite.taxID = taxID.replacing("0", with: "О")
                if requisite.taxID != taxID { junk.append(("tax_id", "letter_for_digit")) }
            default: break
            }
        }
        if organization.kind != .company, draw >= 900 {
            requisite.kpp = random.pick(["0", "-", "000000000"])
            junk.append(("kpp", "placeholder"))
        }
    }

    private mutating func addAddresses(
        _ organization: Organization, requisite: Int64, random: inout RandomSource
    ) {
        guard organization.kind != .foreign else { return }
        let notation = UInt8(random.below(30))
        addresses.append(
            PortalAddress(
                requisiteID: requisite, companyID: company.id, type: 6,
                address: organization.address, notation: notation))
        if random.chance(0.2) {
            addresses.append(
                PortalAddress(
                    requisiteID: requisite, companyID: company.id, type: 1,
                    address: organization.address, notation: notation &+ 1))
        }
    }

    /// A fifth of the companies have a second set: technical, left over, or typed in again.
    private mutating func addFurtherRequisites(
        _ organization: Organization, _ main: Requisite, random: inout RandomSource
    ) {
        var second = Requisite(
            id: main.id + 1, companyID: company.id, preset: .additional,
            name: Requisite.Preset.additional.title, createdAt: main.createdAt + 5_000_000)
        switch random.below(100) {
        case 0..<3:
            second.name = "Адрес"
            second.isAddressOnly = true
            addresses.append(
                PortalAddress(
                    requisiteID: second.id, companyID: company.id, type: 11,
                    address: organization.address, notation: 2))
        case 3..<8:
            fill(&second, organization, random: &random)
            second.isActive = false
        case 8..<20 where organization.kind == .company:
            fill(&second, organization, random: &random)
            second.preset = .additional
            second.modifiedAt = second.createdAt + 100_000
        default: return
        }
        requisites.append(second)
    }

    private mutating func forgetTaxID(random: inout RandomSource) {
        let placeholder = random.chance(0.2) ? "не указано" : nil
        for index in requisites.indices {
            requisites[index].taxID = placeholder
            requisites[index].kpp = nil
            requisites[index].ogrn = nil
        }
        if placeholder != nil { junk.append(("tax_id", "placeholder")) }
    }

    // MARK: Persons

    /// The same as a contact with legal details; `nil` for what is no person.
    ///
    /// - Parameter organization: What is true.
    /// - Returns: The contact and the requisites and addresses that it owns.
    func asContact(
        _ organization: Organization
    ) -> (contact: Contact, requisites: [Requisite], addresses: [PortalAddress])? {
        guard let name = PersonName(organization.name) else { return nil }
        // Above every company and every contact of a company.
        let id = Int64(5_000_000 + organization.index)
        var contact = Contact(
            id: id, person: -1, organization: Int32(organization.index), companyID: 0, name: name,
            createdAt: company.createdAt, modifiedAt: company.modifiedAt,
            assignedBy: company.assignedBy, variation: company.variation)
        contact.phone = company.phones.first
        contact.secondPhone = company.phones.dropFirst().first
        contact.email = MailBox(of: organization, name)
        contact.email?.isUpperCase = company.email != organization.email
        contact.origin = company.origin
        let offset = 3 * (id - company.id)
        return (
            contact,
            requisites.map {
                var requisite = $0
                requisite.id += offset
                requisite.companyID = id
                requisite.isOfContact = true
                return requisite
            },
            addresses.map {
                var address = $0
                address.requisiteID += offset
                address.companyID = id
                address.isOfContact = true
                return address
            }
        )
    }

    // MARK: Spoiling

    /// Replaces ИНН wherever it stands.
    mutating func setTaxID(_ taxID: String) {
        for index in requisites.indices where requisites[index].taxID != nil {
            requisites[index].taxID = taxID
        }
    }

    /// Replaces КПП wherever it stands.
    mutating func setKPP(_ kpp: String) {
        for index in requisites.indices where requisites[index].kpp != nil {
            requisites[index].kpp = kpp
        }
    }

    /// Replaces the name wherever it stands.
    mutating func setName(_ name: OrganizationName) {
        company.title = "\(name.form.short) «\(name.core())»"
        isNameFar = false
        for index in requisites.indices where requisites[index].companyName != nil {
            requisites[index].companyName = "\(name.form.short) \"\(name.core())\""
            requisites[index].fullName = "\(name.form.long) \"\(name.core())\""
        }
    }

    /// Replaces every address.
    mutating func setAddress(_ address: Address) {
        for index in addresses.indices { addresses[index].address = address }
    }
}
