/// Legal details of companies, and of contacts that stand for a person.
struct RequisiteTable: PortalTable {
    let world: World

    var name: String { "requisite" }
    var manners: PortalManners { .mapped }
    var count: Int { world.requisites.count }
    var columns: [PortalColumn] { Self.columns }

    /// Fields of the portal's other countries too: they all come back, null when unused.
    static let columns: [PortalColumn] =
        [
            PortalColumn("ID", "integer", "ID", isReadOnly: true),
            PortalColumn("ENTITY_TYPE_ID", "integer", "Идентификатор типа сущности"),
            PortalColumn("ENTITY_ID", "integer", "ID сущности"),
            PortalColumn("PRESET_ID", "integer", "ID шаблона реквизита"),
            PortalColumn("DATE_CREATE", "datetime", "Дата создания", isReadOnly: true),
            PortalColumn("DATE_MODIFY", "datetime", "Дата изменения", isReadOnly: true),
            PortalColumn("CREATED_BY_ID", "user", "Кем создан", isReadOnly: true),
            PortalColumn("MODIFY_BY_ID", "user", "Кем изменён", isReadOnly: true),
            PortalColumn("NAME", "string", "Название реквизита"), PortalColumn("CODE"),
            PortalColumn("XML_ID", "string", "Внешний ключ"), PortalColumn("ORIGINATOR_ID"),
            PortalColumn("ACTIVE", "char", "Активность"),
            PortalColumn("ADDRESS_ONLY", "char", "Только адрес"),
            PortalColumn("SORT", "integer", "Сортировка"),
        ]
            + """
            RQ_NAME RQ_FIRST_NAME RQ_LAST_NAME RQ_SECOND_NAME RQ_COMPANY_ID RQ_COMPANY_NAME
            RQ_COMPANY_FULL_NAME RQ_COMPANY_REG_DATE RQ_DIRECTOR RQ_ACCOUNTANT RQ_CEO_NAME
            RQ_CEO_WORK_POS RQ_CONTACT RQ_EMAIL RQ_PHONE RQ_FAX RQ_IDENT_TYPE RQ_IDENT_DOC
            RQ_IDENT_DOC_SER RQ_IDENT_DOC_NUM RQ_IDENT_DOC_PERS_NUM RQ_IDENT_DOC_DATE
            RQ_IDENT_DOC_ISSUED_BY RQ_IDENT_DOC_DEP_CODE RQ_INN RQ_KPP RQ_USRLE RQ_IFNS RQ_OGRN
            RQ_OGRNIP RQ_OKPO RQ_OKTMO RQ_OKVED RQ_EDRPOU RQ_DRFO RQ_KBE RQ_IIN RQ_BIN RQ_ST_CERT_SER
            RQ_ST_CERT_NUM RQ_ST_CERT_DATE RQ_VAT_PAYER RQ_VAT_ID RQ_VAT_CERT_SER RQ_VAT_CERT_NUM
            RQ_VAT_CERT_DATE RQ_RESIDENCE_COUNTRY RQ_BASE_DOC RQ_REGON RQ_KRS RQ_PESEL RQ_LEGAL_FORM
            RQ_SIRET RQ_SIREN RQ_CAPITAL RQ_RCS RQ_CNPJ RQ_STATE_REG RQ_MNPL_REG RQ_CPF
            """.split { $0 == " " || $0 == "\n" }.map { PortalColumn(String($0)) }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let requisite = world.requisites[row]
        func text(_ value: String?) -> PortalValue { value.map { .text($0) } ?? .null }
        switch column {
        case 0: return .integer(requisite.id)
        case 1: return .integer(requisite.isOfContact ? 3 : 4)
        case 2: return .integer(requisite.companyID)
        case 3: return .integer(Int64(requisite.preset.rawValue))
        case 4: return .moment(requisite.createdAt)
        case 5: return requisite.modifiedAt == 0 ? .text("") : .moment(requisite.modifiedAt)
        case 6: return .integer(1)
        case 7: return requisite.modifiedAt == 0 ? .null : .integer(1)
        case 8: return .text(requisite.name)
        case 10: return text(requisite.xmlID?.text)
        case 11: return requisite.xmlID == nil ? .null : .text("1C")
        case 12: return .flag(requisite.isActive)
        case 13: return .flag(requisite.isAddressOnly)
        case 14: return .integer(500)
        case 16: return text(requisite.givenName)
        case 17: return text(requisite.familyName)
        case 18: return text(requisite.patronymic)
        case 20: return text(requisite.companyName)
        case 21: return text(requisite.fullName)
        case 39: return text(requisite.taxID)
        case 40: return text(requisite.kpp)
        case 43: return text(requisite.ogrn)
        case 44: return text(requisite.ogrnip)
        case 56: return requisite.isAddressOnly ? .null : .flag(false)
        case 57: return text(requisite.foreignTaxNumber)
        default: return .null
        }
    }

    func owner(at row: Int) -> PortalOwner? {
        let requisite = world.requisites[row]
        return PortalOwner(
            table: requisite.isOfContact ? "contact" : "company", id: requisite.companyID)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        switch column {
        case 0: search(bound) { world.requisites[$0].id }
        // Ids follow from the company's, so that both ascend together.
        case 2: search(bound) { world.requisites[$0].companyID }
        default: nil
        }
    }
}
