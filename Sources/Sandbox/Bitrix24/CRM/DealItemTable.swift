/// The same deals, as `crm.item.list` shows them.
struct DealItemTable: PortalTable {
    let world: World
    private var legacy: DealTable { DealTable(world: world) }

    init(world: World) { self.world = world }

    var name: String { "deal" }
    var count: Int { world.portal.deals.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -createdTime datetime Когда создана
        dateCreateShort datetime
        -updatedTime datetime Когда обновлена
        dateModifyShort datetime
        -createdBy user Кем создана
        -updatedBy user Кем обновлена
        assignedById user Ответственный
        opened boolean Доступна для всех
        leadId crm_lead Лид
        companyId crm_company Компания
        contactId crm_contact Контакт
        quoteId crm_quote Предложение
        title string Название
        productId integer
        categoryId crm_category Воронка
        stageId crm_status Стадия сделки
        -stageSemanticId string Группа стадии
        -isNew boolean Новая сделка
        -isRecurring boolean Регулярная сделка
        -isReturnCustomer boolean Повторная сделка
        -isRepeatedApproach boolean Повторное обращение
        closed boolean Закрыта
        typeId crm_status Тип
        opportunity double Сумма
        isManualOpportunity boolean Ручной режим расчёта суммы
        taxValue double Ставка налога
        currencyId crm_currency Валюта
        probability integer Вероятность
        comments string Комментарий
        begindate date Дата начала
        begindateShort datetime
        closedate date Дата завершения
        closedateShort datetime
        eventDate datetime
        eventDateShort datetime
        eventId crm_status
        eventDescription string
        locationId location Местоположение
        webformId integer Создана CRM-формой
        sourceId crm_status Источник
        sourceDescription string Дополнительно об источнике
        originatorId string Внешний источник
        originId string Идентификатор во внешнем источнике
        additionalInfo string Дополнительная информация
        searchContent string
        orderStage string
        -movedBy user Кем передвинута
        -movedTime datetime Когда передвинута
        -lastActivityBy user Кем сделана последняя активность
        -lastActivityTime datetime Последняя активность
        isWork string
        isWon string
        isLose string
        receivedAmount double
        lostAmount double
        hasProducts string
        ufCrm1cId string Код 1С
        ufCrm1cNumber string Номер заказа 1С
        ufCrm1cPaid double Оплачено по данным 1С
        utmSource string Рекламная система
        utmMedium string Тип трафика
        utmCampaign string Обозначение рекламной кампании
        utmContent string Содержание кампании
        utmTerm string Условие поиска кампании
        observers integer Наблюдатели
        contactIds crm_contact Контакты
        -entityTypeId integer Тип
        """)

    /// Where the older table has the same value.
    private static let older: [Int?] = columns.map { column in
        let upper =
            [
                "createdTime": "DATE_CREATE", "updatedTime": "DATE_MODIFY",
                "createdBy": "CREATED_BY_ID", "updatedBy": "MODIFY_BY_ID",
                "movedBy": "MOVED_BY_ID",
            ][column.name] ?? PortalNames.upper(column.name)
        return DealTable.columns.firstIndex { $0.name == upper }
    }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let deal = world.portal.deals[row]
        switch Self.columns[column].name {
        case "entityTypeId": return .integer(2)
        case "observers": return .integers([])
        case "contactIds": return .integers(deal.contactID == 0 ? [] : [deal.contactID])
        default:
            guard let older = Self.older[column] else { return .null }
            return legacy.value(older, at: row)
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? { legacy.lowerBound(column, bound) }
    func owner(at row: Int) -> PortalOwner? { legacy.owner(at: row) }
}
