extension TradeBuilder {
    /// How many persons the customers have.
    var contactCount: Int { options.size * 3 / 5 }

    /// Makes the contacts of the customers on both sides.
    mutating func makeContacts() {
        contactOf = [Int64](repeating: 0, count: counterparties.count)
        guard !customers.isEmpty else { return }
        infobase.contacts.reserveCapacity(contactCount * 21 / 20)
        portal.contacts.reserveCapacity(contactCount * 21 / 20)
        let fates = FateTable<ContactFate>(
            count: contactCount, space: .contact, options: options)
        for index in 0..<contactCount { makeContact(index, fates) }
        for number in 0..<(contactCount / 50) { addForgottenContact(number) }
        portal.contacts.sort { $0.id < $1.id }
    }

    /// Adds the contacts that stand for sole proprietors and persons, who buy themselves.
    mutating func add(_ persons: [Contact]) {
        guard !persons.isEmpty else { return }
        portal.contacts.append(contentsOf: persons.sorted { $0.id < $1.id })
        let contactOfOrganization = Dictionary(
            persons.map { ($0.organization, $0.id) }, uniquingKeysWith: { first, _ in first })
        for row in customers {
            guard let id = contactOfOrganization[counterparties[Int(row)].organization] else {
                continue
            }
            contactOf[Int(row)] = id
        }
        for person in persons {
            note(
                .missing, "contact", nil, .left, Concerned([], [person.id]), "counterparty",
                isRequired: false)
        }
    }

    private mutating func makeContact(_ index: Int, _ fates: FateTable<ContactFate>) {
        let planned = fates.planned(index)
        let (fate, revisions) = fates.fate(index)
        var random = KeySpace.contact.random(index, seed: seed)
        var row = random.pick(customers)
        if planned == .companyDiffers {
            // That it is another company can be told where the two systems know its own as one thing.
            for _ in 0..<50 where !isPlainlyLinked(row) { row = random.pick(customers) }
        }
        let owner = counterparties[Int(row)]
        var left = contactPerson(
            index, key: contactKey(index), owner: owner, planned, random: &random)
        left.version += UInt32(revisions)
        if revisions > 0 { left.phone = Phone(code: 963, serial: index + 1_200_000 * revisions) }
        var right = contact(
            of: left, company: company(ofCustomer: row), planned, random: &random)
        right.modifiedAt += UInt32(revisions) * 86_400
        if fate == .companyDiffers {
            moveToOtherCompany(left, &right, from: row, random: &random)
        } else {
            spoil(&left, &right, index, fate, fates, random: &random)
        }
        if fate != .missingLeft { infobase.contacts.append(left) }
        if fate == .duplicateLeft { infobase.contacts.append(secondPerson(left, random: &random)) }
        guard fate != .missingRight else { return }
        portal.contacts.append(right)
        if contactOf[Int(row)] == 0 { contactOf[Int(row)] = right.id }
        if fate == .duplicateRight { portal.contacts.append(secondContact(right, random: &random)) }
    }

    private func contactKey(_ index: Int, copy: Int = 0) -> GUID {
        KeySpace.contact.key(index, copy: copy, seed: seed)
    }

    /// Falling, so that nothing follows from the order in which a system lists its contacts.
    private func contactID(_ index: Int, copy: Int = 0) -> Int64 {
        Int64(2 * (contactCount - 1 - index) + copy + 9)
    }

    private func contactPerson(
        _ index: Int, key: GUID, owner: Counterparty, _ planned: ContactFate?,
        random: inout RandomSource
    ) -> ContactPerson {
        let name = PersonName(random: &random)
        var record = ContactPerson(
            key: key, person: Int32(index), code: UInt32(2 * index + 1), owner: owner.key,
            partner: Partner.key(of: owner), name: name,
            position: UInt8(random.below(Positions.all.count)),
            createdAt: owner.createdAt + UInt32(random.below(20_000_000)))
        record.phone = Phone(code: 960, serial: index).written(
            random.below(Phone.notationCount))
        if random.chance(0.15) {
            record.secondPhone = Phone(code: 961, serial: index).written(
                random.below(Phone.notationCount))
        }
        if random.chance(0.7) || planned == .emailDiffers {
            record.email = MailBox(
                name: name, serial: UInt32(index), host: UInt8(random.below(4)))
        }
        if random.chance(0.2) { record.birthday = Int32(random.within(-5000...13_000)) }
        record.dirt = .drawn(share: options.rates.dirt / 2, random: &random)
        return record
    }

    private func contact(
        of left: ContactPerson, company: Int64, _ planned: ContactFate?,
        random: inout RandomSource
    ) -> Contact {
        let created = left.createdAt + UInt32(random.below(3_000_000))
        var record = Contact(
            id: contactID(Int(left.person)), person: left.person, companyID: company,
            name: left.name, createdAt: created,
            modifiedAt: created + UInt32(random.below(40_000_000)),
            assignedBy: UInt16(random.within(1...Self.managerCount)),
            variation: UInt8(random.below(256)))
        record.phone = left.phone?.written(random.below(Phone.notationCount))
        record.secondPhone = left.secondPhone?.written(random.below(Phone.notationCount))
        record.email = left.email
        if random.chance(0.05) { record.email?.isUpperCase = true }
        if random.chance(0.8) || planned == .positionDiffers { record.position = left.position }
        if random.chance(0.8) { record.birthday = left.birthday }
        if company > 0 && random.chance(0.04) {
            let other = self.company(ofCustomer: random.pick(customers))
            record.secondCompanyID = other == company ? 0 : other
        }
        record.keepsNameInOneField = random.chance(0.12)
        record.dirt = .drawn(share: options.rates.dirt, random: &random)
        switch random.below(100) {
        case 0..<55: record.origin = left.key
        case 55..<65: record.userFieldOrigin = left.key
        default: break
        }
        // A person of whom a field differs is still found by the link.
        if let planned, planned.canBeMended || planned == .partner {
            record.origin = left.key
            record.userFieldOrigin = nil
        }
        return record
    }

    private mutating func spoil(
        _ left: inout ContactPerson, _ right: inout Contact, _ index: Int, _ fate: ContactFate?,
        _ fates: FateTable<ContactFate>, random: inout RandomSource
    ) {
        let pair = Concerned([left.key], [right.id])
        let isLinked = right.origin != nil || right.userFieldOrigin != nil
        func unlink() { (right.origin, right.userFieldOrigin) = (nil, nil) }
        switch fate {
        case nil, .partner, .companyDiffers: break
        case .missingLeft:
            unlink()
            note(.missing, "contact", nil, .left, Concerned([], [right.id]), "not_in_1c")
        case .missingRight:
            note(.missing, "contact", nil, .right, Concerned([left.key], []), "not_in_crm")
        case .duplicateLeft:
            note(
                .duplicate, "contact", nil, .left,
                Concerned([left.key, contactKey(index, copy: 1)], [right.id]), "kept_twice")
        case .duplicateRight:
            note(
                .duplicate, "contact", nil, .right,
                Concerned([left.key], [right.id, contactID(index, copy: 1)]), "kept_twice")
        case .nameDiffers:
            right.name = right.name.withOtherFamily(random: &random)
            right.dirt = .none
            note(.mismatch, "contact", "name", nil, pair, "differs")
        case .phoneDiffers:
            right.phone = Phone(code: 962, serial: index).written(
                random.below(Phone.notationCount))
            right.secondPhone = nil
            note(.mismatch, "contact", "phone", nil, pair, "differs")
            // One that came about overnight may have no link.
            if !isLinked { right.origin = left.key }
        case .emailDiffers:
            right.email?.serial += 5_000_000
            note(.mismatch, "contact", "email", nil, pair, "differs")
        case .positionDiffers:
            right.position = UInt8(
                (Int(left.position) + random.within(1...Positions.all.count - 1))
                    % Positions.all.count)
            note(.mismatch, "contact", "position", nil, pair, "differs")
        case .linkToNowhere:
            unlink()
            right.origin = KeySpace.contact.key(index, seed: ~seed)
            noteBrokenLink("contact", to: nil, own: left.key, from: right.id)
        case .linkToDeleted:
            unlink()
            left.isDeleted = true
            right.origin = left.key
            noteBrokenLink("contact", to: left.key, own: left.key, from: right.id)
        case .linkClaimedTwice:
            guard let partner = fates.partners[index] else { return }
            unlink()
            right.origin = contactKey(partner)
            noteClaimedTwice(
                "contact", claimed: contactKey(partner), own: left.key, by: right.id,
                partner: contactID(partner),
                fields: ["name", "phone", "email", "position", "born", "company"])
        case .invalidPhone:
            right.invalidPhone = random.pick(["12345", "8 (495) 123-45", "0", "+7 (000) 000"])
            note(.invalid, "contact", "phone", .right, pair, "not_a_number")
            note(.mismatch, "contact", "phone", nil, pair, "consequence", isRequired: false)
        }
    }

    /// Puts a contact under a company that is not the person's.
    private mutating func moveToOtherCompany(
        _ left: ContactPerson, _ right: inout Contact, from row: Int32,
        random: inout RandomSource
    ) {
        // A company that the two systems do not know as one thing could not be told from another.
        var other = row
        for _ in 0..<50 where other == row || !isPlainlyLinked(other) {
            other = random.pick(customers)
        }
        guard other != row, company(ofCustomer: other) > 0 else { return }
        right.companyID = company(ofCustomer: other)
        right.secondCompanyID = 0
        note(
            .mismatch, "contact", "company", nil, Concerned([left.key], [right.id]), "differs",
            isRequired: isPlainlyLinked(row) && isPlainlyLinked(other))
    }

    private func secondPerson(_ left: ContactPerson, random: inout RandomSource) -> ContactPerson {
        var copy = left
        copy.key = contactKey(Int(left.person), copy: 1)
        copy.code += 1
        copy.createdAt += 20_000_000
        copy.secondPhone = nil
        if random.chance(0.3) { copy.email = nil }
        copy.dirt = .none
        return copy
    }

    /// The same person typed in again, without a link.
    private func secondContact(_ right: Contact, random: inout RandomSource) -> Contact {
        var copy = right
        copy.id = contactID(Int(right.person), copy: 1)
        (copy.origin, copy.userFieldOrigin) = (nil, nil)
        copy.createdAt += 20_000_000
        copy.modifiedAt += 20_000_000
        copy.phone = copy.phone?.written(random.below(Phone.notationCount))
        if random.chance(0.3) { copy.email = nil }
        copy.keepsNameInOneField = random.chance(0.5)
        copy.dirt = .none
        return copy
    }

    /// A person who was marked as deleted in 1C long ago and never was in the portal.
    private mutating func addForgottenContact(_ number: Int) {
        let index = 2_000_000 + number
        var random = KeySpace.contact.random(index, seed: seed)
        let owner = counterparties[Int(random.pick(customers))]
        var record = contactPerson(
            index, key: contactKey(index), owner: owner, nil, random: &random)
        record.person = -1
        record.code = UInt32(2 * contactCount + number + 10)
        record.isDeleted = true
        infobase.contacts.append(record)
    }
}
