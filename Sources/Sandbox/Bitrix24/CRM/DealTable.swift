/// Deals, as the older methods show them.
struct DealTable: PortalTable {
    let world: World

    var name: String { "deal" }
    var count: Int { world.portal.deals.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        TITLE string Название
        TYPE_ID crm_status Тип
        STAGE_ID crm_status Стадия сделки
        PROBABILITY integer Вероятность
        CURRENCY_ID crm_currency Валюта
        OPPORTUNITY double Сумма
        IS_MANUAL_OPPORTUNITY char Ручной режим расчёта суммы
        TAX_VALUE double Ставка налога
        -LEAD_ID crm_lead Лид
        COMPANY_ID crm_company Компания
        CONTACT_ID crm_contact Контакт
        -QUOTE_ID crm_quote Предложение
        BEGINDATE date Дата начала
        CLOSEDATE date Дата завершения
        ASSIGNED_BY_ID user Ответственный
        -CREATED_BY_ID user Кем создана
        -MODIFY_BY_ID user Кем изменена
        -DATE_CREATE datetime Дата создания
        -DATE_MODIFY datetime Дата изменения
        OPENED char Доступна для всех
        CLOSED char Закрыта
        COMMENTS string Комментарий
        ADDITIONAL_INFO string Дополнительная информация
        LOCATION_ID location Местоположение
        CATEGORY_ID crm_category Воронка
        -STAGE_SEMANTIC_ID string Группа стадии
        -IS_NEW char Новая сделка
        -IS_RECURRING char Регулярная сделка
        -IS_RETURN_CUSTOMER char Повторная сделка
        -IS_REPEATED_APPROACH char Повторное обращение
        SOURCE_ID crm_status Источник
        SOURCE_DESCRIPTION string Дополнительно об источнике
        ORIGINATOR_ID string Внешний источник
        ORIGIN_ID string Идентификатор элемента во внешнем источнике
        -MOVED_BY_ID user Кем передвинута
        -MOVED_TIME datetime Когда передвинута
        -LAST_ACTIVITY_TIME datetime Последняя активность
        UTM_SOURCE string Рекламная система
        UTM_MEDIUM string Тип трафика
        UTM_CAMPAIGN string Обозначение рекламной кампании
        UTM_CONTENT string Содержание кампании
        UTM_TERM string Условие поиска кампании
        -LAST_ACTIVITY_BY user Кем сделана последняя активность
        UF_CRM_1C_ID string Код 1С
        UF_CRM_1C_NUMBER string Номер заказа 1С
        UF_CRM_1C_PAID double Оплачено по данным 1С
        ?UF_CRM_1C_TAGS string Метки 1С
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let deal = world.portal.deals[row]
        let bits = deal.variation
        switch Self.columns[column].name {
        case "ID": return .integer(deal.id)
        case "TITLE": return .text(deal.title)
        case "TYPE_ID": return .text(bits & 1 == 1 ? "SALE" : "GOODS")
        case "STAGE_ID": return .text(deal.stageID)
        case "PROBABILITY": return bits & 2 == 2 ? .integer(50) : .null
        case "CURRENCY_ID": return .text(deal.currency.code)
        case "OPPORTUNITY": return .money(deal.opportunity)
        case "IS_MANUAL_OPPORTUNITY": return .flag(deal.isManualOpportunity)
        case "TAX_VALUE": return .money(deal.taxValue)
        case "LEAD_ID", "QUOTE_ID": return .reference(0, bits, 2)
        case "COMPANY_ID": return .reference(deal.companyID, bits, 3)
        case "CONTACT_ID": return .reference(deal.contactID, bits, 4)
        case "BEGINDATE": return .date(deal.beginDate)
        case "CLOSEDATE": return .date(deal.closeDate)
        case "ASSIGNED_BY_ID": return .integer(Int64(deal.assignedBy))
        case "CREATED_BY_ID": return .integer(deal.creatorID)
        case "MODIFY_BY_ID", "MOVED_BY_ID", "LAST_ACTIVITY_BY": return .integer(deal.editorID)
        case "DATE_CREATE": return .moment(deal.createdAt)
        case "DATE_MODIFY", "MOVED_TIME", "LAST_ACTIVITY_TIME": return .moment(deal.modifiedAt)
        case "OPENED": return .flag(bits >> 7 == 1)
        case "CLOSED": return .flag(deal.isClosed)
        case "COMMENTS", "SOURCE_ID": return .unset(bits, 5)
        case "CATEGORY_ID": return .integer(deal.funnel.id)
        case "STAGE_SEMANTIC_ID": return .text(deal.stage.semantics)
        case "IS_NEW": return .flag(deal.stage == .new)
        case "IS_RECURRING": return .flag(deal.isRecurring)
        case "IS_RETURN_CUSTOMER", "IS_REPEATED_APPROACH": return .flag(false)
        case "ORIGINATOR_ID": return deal.origin == nil ? .unset(bits, 6) : .text("1C")
        case "ORIGIN_ID": return deal.origin.map { .text($0.text) } ?? .unset(bits, 6)
        case "UF_CRM_1C_ID": return .text(deal.userFieldOrigin?.text ?? "")
        case "UF_CRM_1C_NUMBER":
            return .text(deal.showsOrderNumber ? deal.orderNumber?.text ?? "" : "")
        case "UF_CRM_1C_PAID": return .money(deal.paid)
        case "UF_CRM_1C_TAGS": return .unsetList
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.deals[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "deal", id: world.portal.deals[row].id)
    }
}
