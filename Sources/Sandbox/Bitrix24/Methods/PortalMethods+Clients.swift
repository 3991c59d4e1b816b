extension PortalMethods {
    /// Companies and contacts with their legal details, and deals: the older methods.
    static let clients: [Method] = records + details + links

    private static let records: [Method] = [
        list("crm.company.list") { CompanyTable(world: $0) },
        get("crm.company.get") { CompanyTable(world: $0) },
        list("crm.contact.list") { ContactTable(world: $0) },
        get("crm.contact.get") { ContactTable(world: $0) },
        list("crm.deal.list") { DealTable(world: $0) },
        get("crm.deal.get") { DealTable(world: $0) },
        Method("crm.deal.productrows.get") { call throws(PortalError) in
            guard let id = call.parameter("id")?.integer, id > 0 else {
                throw .business("The parameter id is invalid or not defined.")
            }
            let lines = call.world.productRows(ofDeal: id)
            return try call.all(
                ProductRowTable(world: call.world, lines: lines, dialect: .legacy),
                parameters: .empty)
        },
    ]

    private static let details: [Method] = [
        list("crm.requisite.list", refusal: .requisiteAccessDenied) { RequisiteTable(world: $0) },
        get(
            "crm.requisite.get", refusal: .requisiteAccessDenied,
            missing: { .business("The Requisite with ID '\($0)' is not found") }
        ) { RequisiteTable(world: $0) },
        list("crm.requisite.preset.list", refusal: .requisiteAccessDenied) { _ in PresetTable() },
        list("crm.requisite.bankdetail.list") { BankDetailTable(world: $0) },
        get(
            "crm.requisite.bankdetail.get",
            missing: { .business("The RequisiteBankDetail with ID '\($0)' is not found") }
        ) { BankDetailTable(world: $0) },
        list("crm.requisite.link.list", refusal: .requisiteAccessDenied) {
            RequisiteLinkTable(world: $0)
        },
        list("crm.address.list") { AddressTable(world: $0) },
    ]

    private static let links: [Method] = [
        Method("crm.contact.company.items.get") { call throws(PortalError) in
            let table = ContactTable(world: call.world)
            guard let row = table.row(withID: try id(call)) else { throw .notFound }
            return json(
                links(call.world.portal.contacts[row].companyIDs, "COMPANY_ID"))
        },
        Method("crm.company.contact.items.get") { call throws(PortalError) in
            let id = try id(call)
            guard CompanyTable(world: call.world).row(withID: id) != nil else { throw .notFound }
            let contacts = call.session.portal.indexes.contacts(of: id, in: call.world)
            return json(links(contacts, "CONTACT_ID"))
        },
        Method("crm.deal.contact.items.get") { call throws(PortalError) in
            let table = DealTable(world: call.world)
            guard let row = table.row(withID: try id(call)) else { throw .notFound }
            let contact = call.world.portal.deals[row].contactID
            return json(links(contact == 0 ? [] : [contact], "CONTACT_ID"))
        },
        Method("crm.duplicate.findbycomm") { call throws(PortalError) in
            try PortalDuplicates(call).answer()
        },
    ]

    private static func id(_ call: PortalCall) throws(PortalError) -> Int64 {
        guard let id = call.parameter("id")?.integer, id > 0 else {
            throw .business("The parameter id is invalid or not defined.")
        }
        return id
    }

    private static func links(_ ids: [Int64], _ name: String) -> [String] {
        ids.enumerated().map { place, id in
            "{\"\(name)\":\(id),\"SORT\":\(100 + place * 10),\"ROLE_ID\":0,"
                + "\"IS_PRIMARY\":\"\(place == 0 ? "Y" : "N")\"}"
        }
    }
}
