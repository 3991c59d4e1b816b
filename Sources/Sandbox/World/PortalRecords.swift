/// A company of the portal.
struct Company: Sendable {
    var id: Int64
    /// The organisation it is a record of; -1 for the portal owner's own companies.
    var organization: Int32
    var title: String
    /// The 1C reference that an exchange module left here.
    var origin: GUID?
    var phones: [Phone] = []
    var email = ""
    var isMine = false
    var createdAt: UInt32
    var modifiedAt: UInt32
    var assignedBy: UInt16
    /// Bits that vary what an unset value looks like: `null`, `""` or `"0"`.
    var variation: UInt8
}

/// A set of legal details of a company.
struct Requisite: Sendable {
    /// The portal's presets, as a fresh Russian portal numbers them.
    enum Preset: UInt8, CaseIterable, Sendable {
        case organization = 1, soleProprietor, person, additional

        var title: String {
            switch self {
            case .organization: "Организация"
            case .soleProprietor: "ИП"
            case .person: "Физ. лицо"
            case .additional: "Организация (доп.)"
            }
        }
    }

    var id: Int64
    /// The company, or the contact when ``isOfContact``.
    var companyID: Int64
    /// Whether a contact has it (`ENTITY_TYPE_ID` 3 in place of 4).
    var isOfContact = false
    var preset: Preset
    var name: String
    /// The 1C reference that an exchange module left here.
    var xmlID: GUID?
    var isActive = true
    var isAddressOnly = false
    var createdAt: UInt32
    /// Zero when it was never modified.
    var modifiedAt: UInt32 = 0
    var companyName: String?
    var fullName: String?
    var familyName: String?
    var givenName: String?
    var patronymic: String?
    var taxID: String?
    var kpp: String?
    var ogrn: String?
    var ogrnip: String?
    var foreignTaxNumber: String?
}

/// An address of a requisite; it has no id of its own.
struct PortalAddress: Sendable {
    var requisiteID: Int64
    /// The company, or the contact when ``isOfContact``.
    var companyID: Int64
    /// Whether its requisite is a contact's (`ANCHOR_TYPE_ID` 3 in place of 4).
    var isOfContact = false
    /// 1 actual, 6 legal.
    var type: UInt8
    var address: Address
    /// How it is written.
    var notation: UInt8
}
