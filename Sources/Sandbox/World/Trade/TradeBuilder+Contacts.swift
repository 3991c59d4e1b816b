extension TradeBuilder {
    /// How many persons the customers have.
    var contactCount: Int { options.size * 3 / 5 }

    /// Makes the contacts of the customers on both sides.
    mutating func makeContacts() {
        contactOf = [Int64](repeating: 0, count: counterparties.count)
        guard !customers.isEmpty else { return }
        infobase.contacts.reserveCapacity(contactCount * 21 / 20)
        portal.contacts.reserveCapacity(contactCount * 21 / 20)
        for index in 0..<contactCount { makeContact(index) }
        portal.contacts.sort { $0.id < $1.id }
    }

    private mutating func makeContact(_ index: Int) {
        var random = KeySpace.contact.random(index, seed: seed)
        let row = random.pick(customers)
        let owner = counterparties[Int(row)]
        let key = KeySpace.contact.key(index, seed: seed)
        let left = contactPerson(index, key: key, owner: owner, random: &random)
        infobase.contacts.append(left)
        let right = contact(of: left, company: company(ofCustomer: row), random: &random)
        portal.contacts.append(right)
        if contactOf[Int(row)] == 0 { contactOf[Int(row)] = right.id }
    }

    private func contactPerson(
        _ index: Int, key: GUID, owner: Counterparty, random: inout RandomSource
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
        if random.chance(0.7) {
            record.email = MailBox(
                name: name, serial: UInt32(index), host: UInt8(random.below(4)))
        }
        if random.chance(0.2) { record.birthday = Int32(random.within(-5000...13_000)) }
        record.dirt = .drawn(share: options.rates.dirt / 2, random: &random)
        return record
    }

    private func contact(
        of left: ContactPerson, company: Int64, random: inout RandomSource
    ) -> Contact {
        let created = left.createdAt + UInt32(random.below(3_000_000))
        var record = Contact(
            id: Int64(2 * (contactCount - 1 - Int(left.person)) + 9), person: left.person,
            companyID: company, name: left.name, createdAt: created,
            modifiedAt: created + UInt32(random.below(40_000_000)),
            assignedBy: UInt16(random.within(1...Self.managerCount)),
            variation: UInt8(random.below(256)))
        record.phone = left.phone?.written(random.below(Phone.notationCount))
        record.secondPhone = left.secondPhone?.written(random.below(Phone.notationCount))
        record.email = left.email
        if random.chance(0.05) { record.email?.isUpperCase = true }
        if random.chance(0.8) { record.position = left.position }
        if random.chance(0.8) { record.birthday = left.birthday }
        record.keepsNameInOneField = random.chance(0.12)
        record.dirt = .drawn(share: options.rates.dirt, random: &random)
        switch random.below(100) {
        case 0..<55: record.origin = left.key
        case 55..<65: record.userFieldOrigin = left.key
        default: break
        }
        return record
    }
}
