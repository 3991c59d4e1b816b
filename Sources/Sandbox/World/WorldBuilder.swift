/// Makes the records of both sides, organisation by organisation, and writes down what it spoils.
struct WorldBuilder {
    let options: WorldOptions
    private(set) var plantedErrors: [PlantedError] = []
    private(set) var counterparties: [Counterparty] = []
    private(set) var companies: [Company] = []
    private(set) var requisites: [Requisite] = []
    private(set) var addresses: [PortalAddress] = []
    /// Sole proprietors and persons that the portal keeps as contacts.
    private(set) var contacts: [Contact] = []

    private let plan: FatePlan
    /// In which order the organisations came into each system.
    private var slots: [Int]
    private var folders: [GUID] = []

    init(_ options: WorldOptions) {
        self.options = options
        plan = FatePlan(size: options.size, seed: options.seed, rates: options.rates)
        slots = Array(0..<options.size)
        var random = RandomSource(seed: options.seed, stream: 0x5107)
        random.shuffle(&slots)
    }

    /// Makes everything and puts it into the order in which the systems keep it.
    mutating func build() {
        counterparties.reserveCapacity(options.size * 21 / 20 + 20)
        companies.reserveCapacity(options.size * 21 / 20 + 3)
        requisites.reserveCapacity(options.size * 5 / 4)
        addresses.reserveCapacity(options.size * 5 / 4)
        makeFolders()
        makeOwnCompanies()
        for index in 0..<options.size { make(index) }
        makeLeftovers()
        counterparties.sort { $0.code < $1.code }
        companies.sort { $0.id < $1.id }
        requisites.sort { $0.id < $1.id }
        addresses.sort { ($0.requisiteID, $0.type) < ($1.requisiteID, $1.type) }
    }

    // MARK: One organisation

    private mutating func make(_ index: Int) {
        var fate = plan.fates[index]
        var random = RandomSource(seed: options.seed, stream: UInt64(index) << 8 | 2)
        var organization = organization(index)
        var revision: UInt32 = 0
        for seed in options.changes {
            var change = RandomSource(seed: seed, stream: UInt64(index) << 8 | 3)
            guard change.chance(0.01) else { continue }
            revision += 1
            switch fate {
            case .consistent:
                // Errors arise where one side's change did not reach the other.
                if change.chance(0.3) {
                    fate = .phoneDiffers
                } else {
                    organization.phone = Phone(
                        city: organization.city, serial: 6_000_000 + change.below(1_900_000),
                        isMobile: true)
                }
            case .taxIDDiffers, .kppDiffers, .nameDiffers, .phoneDiffers, .emailDiffers,
                .addressDiffers, .invalidTaxIDLeft, .invalidTaxIDRight, .linkToNowhere:
                fate = .consistent
            default: break
            }
        }
        let isContact = isKeptAsContact(organization, planned: plan.fates[index])
        if isContact { fate = .consistent }
        let firstError = plantedErrors.count
        let ids = RecordIDs(
            left: key(index), right: companyID(index), secondLeft: key(index, copy: 1),
            secondRight: companyID(index, copy: 1))

        if fate != .missingLeft {
            var (left, isFar) = counterparty(organization, random: &random)
            if isFar && fate != .missingRight {
                note(.mismatch, "name", nil, ids.pair, "far_spelling", isRequired: false)
            }
            left.version += revision
            spoilLeft(&left, fate, organization, ids)
            counterparties.append(left)
            if fate == .duplicateLeft { addSecondCounterparty(organization, ids, random: &random) }
        }
        if fate != .missingRight {
            var draft = CompanyDraft(
                organization, fate: plan.fates[index], id: ids.right, key: ids.left,
                dirt: options.rates.dirt, random: &random)
            if plan.claimed.contains(index) { draft.company.origin = ids.left }
            draft.company.modifiedAt += revision * 86_400
            spoilRight(&draft, fate, organization, ids)
            noteOptional(draft, organization, fate, ids)
            if isContact, let person = draft.asContact(organization) {
                contacts.append(person.contact)
                requisites.append(contentsOf: person.requisites)
                addresses.append(contentsOf: person.addresses)
                for error in firstError..<plantedErrors.count {
                    plantedErrors[error].rightIDs = [person.contact.counterpartyID]
                }
            } else {
                append(draft)
            }
            if fate == .duplicateRight { addSecondCompany(organization, ids, random: &random) }
        }
        notePresence(fate, ids)
    }

    private func isKeptAsContact(_ organization: Organization, planned: Fate) -> Bool {
        guard options.personsAsContacts > 0, planned == .consistent,
            organization.kind == .soleProprietor || organization.kind == .person
        else { return false }
        var random = RandomSource(
            seed: options.seed, stream: UInt64(organization.index) << 8 | 6)
        return random.chance(options.personsAsContacts)
    }

    private func organization(_ index: Int) -> Organization {
        let fate = plan.fates[index]
        if fate == .branch, let head = plan.partners[index] {
            let head = Organization(index: head, seed: options.seed, needsCompany: true)
            return Organization(branchOf: head, index: index, seed: options.seed)
        }
        return Organization(index: index, seed: options.seed, needsCompany: fate.needsCompany)
    }

    private func counterparty(
        _ organization: Organization, copy: Int = 0, random: inout RandomSource
    ) -> (record: Counterparty, isFar: Bool) {
        let key = key(organization.index, copy: copy)
        let isPerson = organization.kind == .soleProprietor || organization.kind == .person
        var record = Counterparty(
            of: organization, key: key,
            code: UInt32(2 * slots[organization.index] + copy + 100),
            parent: random.chance(0.8) ? random.pick(folders) : .zero,
            head: organization.head.map { self.key($0) } ?? (isPerson ? .zero : key))
        let description = Spelling.description(organization.name, random: &random)
            .dirtied(share: options.rates.dirt / 2, random: &random)
        record.description = description.text
        record.fullName = Spelling.fullName(organization.name, random: &random)
        record.addressNotation = UInt8(random.below(2))
        record.phone = record.phone?.written(random.below(Phone.notationCount))
        record.secondPhone = record.secondPhone?.written(random.below(Phone.notationCount))
        if random.chance(0.03) {
            record.comment = random.pick(["Проверить реквизиты", "см. договор\nот 2019 г."])
        }
        return (record, description.isFar)
    }

    private mutating func append(_ draft: CompanyDraft) {
        companies.append(draft.company)
        requisites.append(contentsOf: draft.requisites)
        addresses.append(contentsOf: draft.addresses)
    }

    // MARK: What is spoilt

    private mutating func spoilLeft(
        _ record: inout Counterparty, _ fate: Fate, _ organization: Organization, _ ids: RecordIDs
    ) {
        switch fate {
        case .linkToDeleted: record.flags.insert(.deleted)
        case .invalidTaxIDLeft:
            record.taxID = IdentifierMint.withWrongCheckDigit(record.taxID)
            note(.invalid, "tax_id", .left, ids.pair, "check_digit")
            note(.mismatch, "tax_id", nil, ids.pair, "consequence", isRequired: false)
        case .invalidTaxIDBoth:
            record.taxID = IdentifierMint.withWrongCheckDigit(record.taxID)
            note(.invalid, "tax_id", nil, ids.pair, "check_digit")
        default: break
        }
    }

    private mutating func spoilRight(
        _ draft: inout CompanyDraft, _ fate: Fate, _ organization: Organization, _ ids: RecordIDs
    ) {
        var random = RandomSource(seed: options.seed, stream: UInt64(organization.index) << 8 | 4)
        switch fate {
        case .taxIDDiffers:
            draft.setTaxID(IdentifierMint.neighbour(of: organization.taxID))
            note(.mismatch, "tax_id", nil, ids.pair, "differs")
        case .kppDiffers:
            let region = PlaceStock.cities[organization.city].region
            let office = (Int(organization.kpp.dropFirst(2).prefix(2)) ?? 0) + 50
            draft.setKPP(IdentifierMint.kpp(region: region, office: office))
            note(.mismatch, "kpp", nil, ids.pair, "differs")
        case .nameDiffers:
            var other = OrganizationName.organization(random: &random)
            while other.proper.prefix(3) == organization.name.proper.prefix(3) {
                other = OrganizationName.organization(random: &random)
            }
            draft.setName(other)
            note(.mismatch, "name", nil, ids.pair, "differs")
            note(.mismatch, "full_name", nil, ids.pair, "consequence", isRequired: false)
        case .phoneDiffers:
            draft.company.phones = [
                Phone(
                    city: organization.city, serial: organization.index + 4_000_000, isMobile: true)
            ]
            note(.mismatch, "phone", nil, ids.pair, "differs")
        case .emailDiffers:
            draft.company.email = "contact\(organization.index)@example.com"
            note(.mismatch, "email", nil, ids.pair, "differs")
        case .addressDiffers:
            let city = (organization.city + 7) % PlaceStock.cities.count
            draft.setAddress(Address(in: city, random: &random))
            note(.mismatch, "address", nil, ids.pair, "differs")
        case .linkToNowhere:
            draft.company.origin = GUID(seed: ~options.seed, of: UInt64(organization.index))
            note(.brokenLink, nil, .right, ([], [ids.right]), "points_nowhere")
        case .linkToDeleted:
            draft.company.origin = ids.left
            note(.brokenLink, nil, .right, ids.pair, "points_to_deleted")
            note(.missing, nil, .left, ids.pair, "consequence", isRequired: false)
        case .linkToOtherTaxpayer, .linkClaimedTwice:
            guard let partner = plan.partners[organization.index] else { return }
            spoilLink(&draft, fate, partner: partner, ids)
        case .invalidTaxIDRight, .invalidTaxIDBoth:
            draft.setTaxID(IdentifierMint.withWrongCheckDigit(organization.taxID))
            guard fate == .invalidTaxIDRight else { return }
            note(.invalid, "tax_id", .right, ids.pair, "check_digit")
            note(.mismatch, "tax_id", nil, ids.pair, "consequence", isRequired: false)
        case .invalidKPP:
            draft.setKPP(String(organization.kpp.dropLast(random.within(1...2))))
            note(.invalid, "kpp", .right, ids.pair, "wrong_length")
            note(.mismatch, "kpp", nil, ids.pair, "consequence", isRequired: false)
        default: break
        }
    }

    private mutating func spoilLink(
        _ draft: inout CompanyDraft, _ fate: Fate, partner: Int, _ ids: RecordIDs
    ) {
        let other = key(partner)
        draft.company.origin = other
        let isTwice = fate == .linkClaimedTwice
        let rights = isTwice ? [companyID(partner), ids.right] : [ids.right]
        note(
            .conflict, isTwice ? nil : "tax_id", .right, ([other], rights),
            isTwice ? "claimed_twice" : "other_taxpayer")
        // Both records of 1C and both companies are involved; either may be named.
        note(
            .conflict, isTwice ? "tax_id" : nil, .right,
            ([other, ids.left], [companyID(partner), ids.right]),
            "consequence", isRequired: false)
        for field in [
            "tax_id", "kpp", "name", "full_name", "phone", "email", "address",
            "registration_number",
        ] {
            note(.mismatch, field, nil, ([other], [ids.right]), "consequence", isRequired: false)
        }
        note(.missing, nil, .right, ([ids.left, other], []), "consequence", isRequired: false)
        note(
            .missing, nil, .left, ([], [ids.right, companyID(partner)]), "consequence",
            isRequired: false)
        note(
            .duplicate, nil, .right, ([other], [companyID(partner), ids.right]), "consequence",
            isRequired: false)
    }

    private mutating func addSecondCounterparty(
        _ organization: Organization, _ ids: RecordIDs, random: inout RandomSource
    ) {
        var (copy, _) = counterparty(organization, copy: 1, random: &random)
        if random.chance(0.3) { copy.description += " (старый)" }
        if random.chance(0.3) { copy.email = "" }
        copy.secondPhone = nil
        copy.createdAt += 40_000_000
        copy.head = copy.key
        counterparties.append(copy)
        note(.duplicate, nil, .left, ([ids.left, ids.secondLeft], [ids.right]), "kept_twice")
    }

    private mutating func addSecondCompany(
        _ organization: Organization, _ ids: RecordIDs, random: inout RandomSource
    ) {
        var draft = CompanyDraft(
            organization, fate: .duplicateRight, id: ids.secondRight, key: nil,
            dirt: options.rates.dirt * 2, random: &random)
        draft.company.createdAt += 40_000_000
        draft.company.modifiedAt += 40_000_000
        if random.chance(0.3) { draft.company.email = "" }
        // A company typed in by hand while on the telephone: no legal details at all.
        if organization.kind == .person || random.chance(0.25) {
            draft.requisites = []
            draft.addresses = []
        }
        append(draft)
        if draft.isNameFar {
            let second = ([ids.left], [ids.secondRight])
            note(.mismatch, "name", nil, second, "far_spelling", isRequired: false)
        }
        note(.duplicate, nil, .right, ([ids.left], [ids.right, ids.secondRight]), "kept_twice")
    }

    private mutating func notePresence(_ fate: Fate, _ ids: RecordIDs) {
        switch fate {
        case .missingLeft: note(.missing, nil, .left, ([], [ids.right]), "not_in_1c")
        case .missingRight: note(.missing, nil, .right, ([ids.left], []), "not_in_crm")
        case .withoutTaxIDInCRM:
            note(.mismatch, "tax_id", .right, ids.pair, "absent", isRequired: false)
            note(.mismatch, "kpp", .right, ids.pair, "absent", isRequired: false)
        default: break
        }
    }

    /// Notes what may be reported without being wrong: far spellings, identifiers with junk.
    private mutating func noteOptional(
        _ draft: CompanyDraft, _ organization: Organization, _ fate: Fate, _ ids: RecordIDs
    ) {
        let pair = fate == .missingLeft ? ([], [ids.right]) : ids.pair
        if draft.isNameFar {
            note(.mismatch, "name", nil, pair, "far_spelling", isRequired: false)
        }
        for (field, reason) in draft.junk {
            note(.invalid, field, .right, pair, reason, isRequired: false)
            note(.mismatch, field, .right, pair, reason, isRequired: false)
        }
    }

    private mutating func note(
        _ kind: PlantedError.Kind, _ field: String?, _ side: PlantedError.Side?,
        _ ids: (left: [GUID], right: [Int64]), _ note: String, isRequired: Bool = true
    ) {
        plantedErrors.append(
            PlantedError(
                kind: kind, field: field, side: side, leftIDs: ids.left.map(\.text),
                rightIDs: ids.right.map { String($0) }, note: note, isRequired: isRequired))
    }

    // MARK: What belongs to no organisation of the plan

    private mutating func makeFolders() {
        let names = [
            "Покупатели", "Поставщики", "Арендаторы", "Банки", "Государственные органы",
            "Дилеры", "Интернет-заказы", "Подрядчики", "Прочие", "Розница", "Транспортные компании",
            "Физические лица",
        ]
        for (index, name) in names.enumerated() {
            let key = GUID(seed: options.seed, of: 0xF01D_0000 << 8 | UInt64(index))
            folders.append(key)
            counterparties.append(
                Counterparty(
                    folder: name, key: key, code: UInt32(index + 1),
                    isPredefined: index == names.count - 1))
        }
    }

    private mutating func makeOwnCompanies() {
        for number in 0..<3 {
            let index = 7_999_000 + number
            var random = RandomSource(seed: options.seed, stream: UInt64(index) << 8 | 5)
            let own = Organization(index: index, seed: options.seed, needsCompany: true)
            var draft = CompanyDraft(
                own, fate: .consistent, id: Int64(number + 1), key: nil, dirt: 0, random: &random)
            draft.company.organization = -1
            draft.company.isMine = true
            append(draft)
        }
    }

    /// Records that the accountants marked as deleted long ago and the CRM never had.
    private mutating func makeLeftovers() {
        for number in 0..<(options.size / 50) {
            let index = 5_000_000 + number
            var random = RandomSource(seed: options.seed, stream: UInt64(index) << 8 | 5)
            let old = Organization(index: index, seed: options.seed, needsCompany: false)
            var record = Counterparty(
                of: old, key: key(index), code: UInt32(2 * options.size + number + 200),
                parent: random.pick(folders), head: key(index))
            record.organization = -1
            record.flags.insert(.deleted)
            record.description = Spelling.description(old.name, random: &random).text
            record.fullName = Spelling.fullName(old.name, random: &random)
            counterparties.append(record)
        }
    }

    // MARK: Ids

    private struct RecordIDs {
        var left: GUID
        var right: Int64
        var secondLeft: GUID
        var secondRight: Int64

        var pair: (left: [GUID], right: [Int64]) { ([left], [right]) }
    }

    private func key(_ index: Int, copy: Int = 0) -> GUID {
        GUID(seed: options.seed, of: UInt64(index) << 8 | UInt64(copy))
    }

    /// Odd ids for first records and even ones for second, so that there are gaps as in life.
    private func companyID(_ index: Int, copy: Int = 0) -> Int64 {
        Int64(2 * (options.size - 1 - slots[index]) + copy + 5)
    }
}
