/// A row of `Catalog_Контрагенты`: a counterparty or a group of them.
struct Counterparty: Sendable {
    /// What the row is besides a counterparty.
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let deleted = Flags(rawValue: 1)
        static let folder = Flags(rawValue: 2)
        static let predefined = Flags(rawValue: 4)
        static let branch = Flags(rawValue: 8)
    }

    var key: GUID
    /// The organisation it is a record of; -1 for groups and leftovers that the CRM never had.
    var organization: Int32
    var code: UInt32
    var flags: Flags
    var kind: Organization.Kind
    var parent: GUID
    var head: GUID
    var description: String
    var fullName = ""
    var taxID = ""
    var kpp = ""
    var registrationNumber = ""
    var foreignTaxNumber = ""
    var comment = ""
    var email = ""
    var phone: Phone?
    var secondPhone: Phone?
    var address: Address?
    /// How the address is written.
    var addressNotation: UInt8 = 0
    /// How often the row was written.
    var version: UInt32 = 1
    var createdAt: UInt32 = 0

    /// A group of counterparties.
    init(folder name: String, key: GUID, code: UInt32, isPredefined: Bool) {
        self.key = key
        organization = -1
        self.code = code
        flags = isPredefined ? [.folder, .predefined] : .folder
        kind = .company
        parent = .zero
        head = .zero
        description = name
    }

    /// A counterparty that says of an organisation what is true.
    init(of organization: Organization, key: GUID, code: UInt32, parent: GUID, head: GUID) {
        self.key = key
        self.organization = Int32(organization.index)
        self.code = code
        flags = organization.head == nil ? [] : .branch
        kind = organization.kind
        self.parent = parent
        self.head = head
        description = organization.name.core()
        taxID = organization.taxID
        kpp = organization.kpp
        registrationNumber = organization.registrationNumber
        foreignTaxNumber = organization.foreignTaxNumber
        email = organization.email
        phone = organization.phone
        secondPhone = organization.secondPhone
        address = organization.address
        createdAt = organization.createdAt
    }

    /// The nine characters of the code: `00-000036`.
    var codeText: String {
        var writer = ByteWriter(capacity: 9)
        writer.number(Int64(code / 1_000_000), digits: 2)
        writer.byte(UInt8(ascii: "-"))
        writer.number(Int64(code % 1_000_000), digits: 6)
        return writer.text
    }
}
