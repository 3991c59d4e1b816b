extension PortalMethods {
    /// Companies with their legal details and addresses.
    static let clients: [Method] = [
        list("crm.company.list") { CompanyTable(world: $0) },
        get("crm.company.get") { CompanyTable(world: $0) },
        list("crm.requisite.list", refusal: .requisiteAccessDenied) { RequisiteTable(world: $0) },
        get(
            "crm.requisite.get", refusal: .requisiteAccessDenied,
            missing: { .business("The Requisite with ID '\($0)' is not found") }
        ) { RequisiteTable(world: $0) },
        list("crm.requisite.preset.list", refusal: .requisiteAccessDenied) { _ in PresetTable() },
        list("crm.requisite.bankdetail.list") { _ in BankDetailTable() },
        list("crm.address.list") { AddressTable(world: $0) },
    ]
}
