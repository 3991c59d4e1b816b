/// Smart invoices, which only `crm.item.list` shows.
struct InvoiceItemTable: PortalTable {
    let world: World

    var name: String { "invoice" }
    var count: Int { world.portal.smartInvoices.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        xmlId string Внешний код
        title string Тема
        -createdBy user Кем создан
        -updatedBy user Кем обновлён
        -movedBy user Кем передвинут
        -createdTime datetime Когда создан
        -updatedTime datetime Когда обновлён
        -movedTime datetime Когда передвинут
        categoryId crm_category Воронка
        opened boolean Доступен для всех
        stageId crm_status Стадия
        -previousStageId crm_status Предыдущая стадия
        begindate date Дата выставления
        closedate date Срок оплаты
        companyId crm_company Компания
        contactId crm_contact Контакт
        opportunity double Сумма
        isManualOpportunity boolean Ручной режим расчёта суммы
        taxValue double Сумма налога
        currencyId crm_currency Валюта
        mycompanyId crm_company Реквизиты вашей компании
        sourceId crm_status Источник
        sourceDescription string Дополнительно об источнике
        webformId integer Создан CRM-формой
        comments string Комментарий
        accountNumber string Номер
        locationId location Местоположение
        assignedById user Ответственный
        -lastActivityBy user Кем сделана последняя активность
        -lastActivityTime datetime Последняя активность
        parentId2 crm_deal Сделка
        parentId7 crm_quote Предложение
        utmSource string Рекламная система
        utmMedium string Тип трафика
        utmCampaign string Обозначение рекламной кампании
        utmContent string Содержание кампании
        utmTerm string Условие поиска кампании
        observers integer Наблюдатели
        contactIds crm_contact Контакты
        -entityTypeId integer Тип
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let invoice = world.portal.smartInvoices[row]
        let bits = invoice.variation
        switch Self.columns[column].name {
        case "id": return .integer(invoice.id)
        case "xmlId": return invoice.xmlID.map { .text($0.text) } ?? .unset(bits, 0)
        case "title": return .text(invoice.title)
        case "createdBy": return .integer(invoice.creatorID)
        case "updatedBy", "movedBy", "lastActivityBy": return .integer(invoice.editorID)
        case "createdTime": return .moment(invoice.createdAt)
        case "updatedTime", "movedTime", "lastActivityTime": return .moment(invoice.modifiedAt)
        case "categoryId": return .integer(SmartInvoice.category)
        case "opened": return .flag(bits >> 7 == 1)
        case "stageId": return .text(invoice.stageID)
        case "previousStageId": return .unset(bits, 1)
        case "begindate": return .date(invoice.beginDate)
        case "closedate": return .date(invoice.closeDate)
        case "companyId": return .reference(invoice.companyID, bits, 2)
        case "contactId": return .reference(invoice.contactID, bits, 3)
        case "opportunity": return .money(invoice.opportunity)
        case "isManualOpportunity": return .flag(false)
        case "taxValue": return .money(invoice.taxValue)
        case "currencyId": return .text(invoice.currency.code)
        case "mycompanyId": return .reference(invoice.myCompanyID, bits, 4)
        case "sourceId", "comments": return .unset(bits, 5)
        case "accountNumber": return .text(invoice.accountNumberText)
        case "assignedById": return .integer(Int64(invoice.assignedBy))
        case "parentId2": return .reference(invoice.dealID, bits, 6)
        case "observers": return .integers([])
        case "contactIds": return .integers(invoice.contactID == 0 ? [] : [invoice.contactID])
        case "entityTypeId": return .integer(31)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.smartInvoices[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "invoice", id: world.portal.smartInvoices[row].id)
    }
}
