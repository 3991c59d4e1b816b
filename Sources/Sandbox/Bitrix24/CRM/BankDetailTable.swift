/// Bank details of legal details.
struct BankDetailTable: PortalTable {
    let world: World

    var name: String { "bankdetail" }
    var count: Int { world.portal.bankDetails.count }
    var columns: [PortalColumn] { Self.columns }
    var manners: PortalManners { .mapped }

    /// Fields of the portal's other countries too: they all come back, null when unused.
    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        !ENTITY_ID integer ID объекта
        COUNTRY_ID integer ID страны
        -DATE_CREATE datetime Дата создания
        -DATE_MODIFY datetime Дата изменения
        -CREATED_BY_ID user Создал
        -MODIFY_BY_ID user Изменил
        NAME string Название
        CODE string Код
        XML_ID string Внешний код
        ORIGINATOR_ID string Внешний источник
        ACTIVE char Активен
        SORT integer Сортировка
        RQ_BANK_NAME string Наименование банка
        RQ_BANK_CODE
        RQ_BANK_ADDR string Адрес банка
        RQ_BANK_ROUTE_NUM
        RQ_BIK string БИК
        RQ_MFO
        RQ_ACC_NAME
        RQ_ACC_NUM string Расчетный счёт
        RQ_ACC_TYPE
        RQ_IIK
        RQ_ACC_CURRENCY string Валюта счёта
        RQ_COR_ACC_NUM string Кор. счёт
        RQ_IBAN
        RQ_SWIFT string SWIFT
        RQ_BIC
        RQ_CODEB
        RQ_CODEG
        RQ_RIB
        RQ_AGENCY_NAME
        COMMENTS string Комментарий
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let detail = world.portal.bankDetails[row]
        switch Self.columns[column].name {
        case "ID": return .integer(detail.id)
        case "ENTITY_ID": return .integer(detail.requisiteID)
        case "COUNTRY_ID", "CREATED_BY_ID": return .integer(1)
        case "DATE_CREATE": return .moment(detail.createdAt)
        case "DATE_MODIFY": return .text("")
        case "NAME", "RQ_BANK_NAME": return .text(detail.bank.title)
        case "XML_ID": return .optional(detail.xmlID?.text)
        case "ACTIVE": return .flag(detail.isActive)
        case "SORT": return .integer(600)
        case "RQ_BANK_ADDR": return .text(detail.bank.city)
        case "RQ_BIK": return .text(detail.bank.code)
        case "RQ_ACC_NUM": return .text(detail.number)
        case "RQ_ACC_CURRENCY": return .text(detail.currency)
        case "RQ_COR_ACC_NUM": return .text(detail.bank.correspondentAccount)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        switch column {
        case 0: search(bound) { world.portal.bankDetails[$0].id }
        // Ids follow from the company's, so that both ascend together.
        case 1: search(bound) { world.portal.bankDetails[$0].requisiteID }
        default: nil
        }
    }

    func owner(at row: Int) -> PortalOwner? {
        let detail = world.portal.bankDetails[row]
        return PortalOwner(
            table: detail.isOfContact ? "contact" : "company", id: detail.companyID)
    }
}
