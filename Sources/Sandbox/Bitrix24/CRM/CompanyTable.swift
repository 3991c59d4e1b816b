/// Companies, as the older methods show them.
struct CompanyTable: PortalTable {
    let world: World

    var name: String { "company" }
    var count: Int { world.companies.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns: [PortalColumn] = [
        PortalColumn("ID", "integer", "ID", isReadOnly: true),
        PortalColumn("COMPANY_TYPE", "crm_status", "Тип компании"),
        PortalColumn("TITLE", "string", "Название компании", isRequired: true),
        PortalColumn("LOGO", "file", "Логотип"),
        PortalColumn("LEAD_ID", "crm_lead", "Лид", isReadOnly: true),
        PortalColumn("HAS_PHONE", "char", "Задан телефон", isReadOnly: true),
        PortalColumn("HAS_EMAIL", "char", "Задан e-mail", isReadOnly: true),
        PortalColumn("HAS_IMOL", "char", "Задана открытая линия", isReadOnly: true),
        PortalColumn("ASSIGNED_BY_ID", "user", "Ответственный"),
        PortalColumn("CREATED_BY_ID", "user", "Кем создана", isReadOnly: true),
        PortalColumn("MODIFY_BY_ID", "user", "Кем изменена", isReadOnly: true),
        PortalColumn("BANKING_DETAILS", "string", "Банковские реквизиты"),
        PortalColumn("INDUSTRY", "crm_status", "Сфера деятельности"),
        PortalColumn("REVENUE", "double", "Годовой оборот"),
        PortalColumn("CURRENCY_ID", "crm_currency", "Валюта"),
        PortalColumn("EMPLOYEES", "crm_status", "Кол-во сотрудников"),
        PortalColumn("COMMENTS", "string", "Комментарий"),
        PortalColumn("DATE_CREATE", "datetime", "Дата создания", isReadOnly: true),
        PortalColumn("DATE_MODIFY", "datetime", "Дата изменения", isReadOnly: true),
        PortalColumn("OPENED", "char", "Доступна для всех"),
        PortalColumn("IS_MY_COMPANY", "char", "Моя компания"),
        PortalColumn("ORIGINATOR_ID", "string", "Внешний источник"),
        PortalColumn("ORIGIN_ID", "string", "Идентификатор элемента во внешнем источнике"),
        PortalColumn("ORIGIN_VERSION", "string", "Версия оригинала"),
        PortalColumn("ADDRESS"), PortalColumn("ADDRESS_2"), PortalColumn("ADDRESS_CITY"),
        PortalColumn("ADDRESS_POSTAL_CODE"), PortalColumn("ADDRESS_REGION"),
        PortalColumn("ADDRESS_PROVINCE"), PortalColumn("ADDRESS_COUNTRY"),
        PortalColumn("ADDRESS_COUNTRY_CODE"), PortalColumn("ADDRESS_LOC_ADDR_ID", "integer"),
        PortalColumn("ADDRESS_LEGAL"), PortalColumn("REG_ADDRESS"), PortalColumn("REG_ADDRESS_2"),
        PortalColumn("REG_ADDRESS_CITY"), PortalColumn("REG_ADDRESS_POSTAL_CODE"),
        PortalColumn("REG_ADDRESS_REGION"), PortalColumn("REG_ADDRESS_PROVINCE"),
        PortalColumn("REG_ADDRESS_COUNTRY"), PortalColumn("REG_ADDRESS_COUNTRY_CODE"),
        PortalColumn("REG_ADDRESS_LOC_ADDR_ID", "integer"),
        PortalColumn("UTM_SOURCE"), PortalColumn("UTM_MEDIUM"), PortalColumn("UTM_CAMPAIGN"),
        PortalColumn("UTM_CONTENT"), PortalColumn("UTM_TERM"),
        PortalColumn("LAST_ACTIVITY_BY", "user"), PortalColumn("LAST_ACTIVITY_TIME", "datetime"),
        PortalColumn("LAST_COMMUNICATION_TIME", "string", "", isReadOnly: true),
        PortalColumn("UF_CRM_1C_ID", "string", "Код 1С"),
        PortalColumn("PHONE", "crm_multifield", "Телефон", isMultiple: true),
        PortalColumn("EMAIL", "crm_multifield", "E-mail", isMultiple: true),
        PortalColumn("WEB", "crm_multifield", "Сайт", isMultiple: true),
        PortalColumn("IM", "crm_multifield", "Мессенджер", isMultiple: true),
        // Added by the portal's people, as the number in its name shows.
        PortalColumn("UF_CRM_1594384571", "string", "GUID 1С"),
    ]

    func value(_ column: Int, at row: Int) -> PortalValue {
        let company = world.companies[row]
        let bit = { (index: UInt8) in company.variation >> index & 1 == 1 }
        switch column {
        case 0: return .integer(company.id)
        case 1: return .text(bit(0) ? "CUSTOMER" : "PARTNER")
        case 2: return .text(company.title)
        // An unset reference is null in one row and "0" in another.
        case 4: return bit(1) ? .integer(0) : .null
        case 5: return .flag(!company.phones.isEmpty)
        case 6: return .flag(!company.email.isEmpty)
        case 7: return .flag(false)
        case 8: return .integer(Int64(company.assignedBy))
        case 9: return .integer(company.creatorID)
        case 10, 48: return .integer(company.editorID)
        case 11: return bit(2) ? .text("") : .null
        case 12: return .text(bit(3) ? "MANUFACTURING" : "OTHER")
        case 13: return .text(bit(4) ? "0" : "0.00")
        case 14: return .text("RUB")
        case 15: return .text("EMPLOYEES_\(company.variation % 4 + 1)")
        case 16: return .comment(isNull: bit(5))
        case 17: return .moment(company.createdAt)
        case 18, 49: return .moment(company.modifiedAt)
        case 19: return .flag(bit(6))
        case 20: return .flag(company.isMine)
        case 21: return company.origin == nil ? (bit(7) ? .text("") : .null) : .text("1C")
        case 22: return company.origin.map { .text($0.text) } ?? (bit(7) ? .text("") : .null)
        case 51: return .text("")
        case 56: return .text(company.origin?.text ?? "")
        case 52...: return .texts(company.multiField.values(Self.columns[column].name))
        default: return .null
        }
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        world.companies[row].multiField.write(Self.columns[column].name, to: &writer)
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "company", id: world.companies[row].id)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.companies[$0].id } : nil
    }
}

extension Company {
    /// The telephone numbers and e-mail addresses.
    var multiField: MultiField {
        MultiField(owner: id, phones: phones.map(\.text), emails: email.isEmpty ? [] : [email])
    }
}
