/// An item of `Catalog_КонтактныеЛица`: a person of a counterparty.
struct ContactPerson: Sendable {
    var key: GUID
    /// Which person it is: equal to ``Contact/person`` of the same one on the other side.
    var person: Int32
    var code: UInt32
    /// The counterparty that owns it.
    var owner: GUID
    /// The partner that owns it in УТ and ERP.
    var partner: GUID
    var name: PersonName
    /// The place in ``Positions/all``.
    var position: UInt8
    var phone: Phone?
    var secondPhone: Phone?
    var email: MailBox?
    /// A day since 1970; `nil` when unknown.
    var birthday: Int32?
    var createdAt: UInt32
    var isDeleted = false
    var version: UInt32 = 1
    /// How the name is written.
    var dirt = TextDirt.none

    /// The name as it stands in `Description`.
    var description: String { dirt.applied(to: name.text) }
}

/// A contact of the portal.
struct Contact: Sendable {
    var id: Int64
    /// Which person it is: equal to ``ContactPerson/person`` of the same one on the other side.
    var person: Int32
    /// The organisation that it stands for, a sole proprietor or person that the portal keeps as a
    /// contact; -1 for a person of a company.
    var organization: Int32 = -1
    /// The primary company; zero for none.
    var companyID: Int64
    /// A further company; zero for none.
    var secondCompanyID: Int64 = 0
    var name: PersonName
    /// Whether the whole name stands in `NAME`, as people type it into a form of one field.
    var keepsNameInOneField = false
    /// How the name is written.
    var dirt = TextDirt.none
    /// The place in ``Positions/all``; `nil` when not filled in.
    var position: UInt8?
    var phone: Phone?
    var secondPhone: Phone?
    /// A telephone number that is none, in place of ``phone``.
    var invalidPhone: String?
    var email: MailBox?
    /// A day since 1970; `nil` when unknown.
    var birthday: Int32?
    /// The 1C reference that an exchange left in `ORIGIN_ID`.
    var origin: GUID?
    /// The same in `UF_CRM_1C_ID`.
    var userFieldOrigin: GUID?
    var createdAt: UInt32
    var modifiedAt: UInt32
    var assignedBy: UInt16
    /// Bits that vary what an unset value looks like.
    var variation: UInt8

    /// `LAST_NAME`; empty when the name stands in one field.
    var lastName: String { keepsNameInOneField ? "" : dirt.applied(to: name.family) }
    /// `NAME`.
    var firstName: String { keepsNameInOneField ? dirt.applied(to: name.text) : name.given }
    /// `SECOND_NAME`.
    var secondName: String { keepsNameInOneField ? "" : name.patronymic }

    /// The id by which a contact that is a counterparty is told from a company: `contact-42`.
    var counterpartyID: String { "contact-\(id)" }

    /// The telephone numbers as they were typed.
    var phoneTexts: [String] {
        if let invalidPhone { return [invalidPhone] }
        return [phone, secondPhone].compactMap { $0?.text }
    }
}

/// What people do in their companies.
enum Positions {
    static let all = [
        "Директор", "Главный бухгалтер", "Менеджер по закупкам", "Снабженец", "Бухгалтер",
        "Заместитель директора", "Кладовщик", "Инженер", "Секретарь", "Начальник отдела",
    ]
}
