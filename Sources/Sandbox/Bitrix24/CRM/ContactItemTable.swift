/// The same contacts, as `crm.item.list` shows them.
struct ContactItemTable: PortalTable {
    let world: World
    private var legacy: ContactTable { ContactTable(world: world) }

    init(world: World) { self.world = world }

    var name: String { "contact" }
    var count: Int { world.portal.contacts.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -createdTime datetime Когда создан
        -updatedTime datetime Когда обновлён
        -createdBy user Кем создан
        -updatedBy user Кем обновлён
        assignedById user Ответственный
        opened boolean Доступен для всех
        companyId crm_company Компания
        companyIds crm_company Компании
        leadId crm_lead Лид
        sourceId crm_status Источник
        sourceDescription string Описание источника
        name string Имя
        lastName string Фамилия
        secondName string Отчество
        -shortName string Короткое имя
        honorific crm_status Обращение
        post string Должность
        birthdate date Дата рождения
        photo file Фотография
        typeId crm_status Тип контакта
        export boolean Участвует в экспорте
        comments string Комментарий
        address string Адрес
        webformId integer Создан CRM-формой
        originatorId string Внешний источник
        originId string Идентификатор во внешнем источнике
        originVersion string Версия оригинала
        -hasPhone boolean Задан телефон
        -hasEmail boolean Задан e-mail
        -hasImol boolean Задана открытая линия
        categoryId crm_category Направление
        -searchContent string Индекс поиска
        -lastActivityBy user Кем сделана последняя активность
        -lastActivityTime datetime Последняя активность
        phoneMobile string Мобильный телефон
        phoneWork string Рабочий телефон
        phoneMailing string Телефон для рассылок
        emailHome string Частный e-mail
        emailWork string Рабочий e-mail
        emailMailing string E-mail для рассылок
        imol string Открытая линия
        login string Логин
        email string E-mail
        phone string Телефон
        ufCrm1cId string Код 1С
        utmSource string Рекламная система
        utmMedium string Тип трафика
        utmCampaign string Обозначение рекламной кампании
        utmContent string Содержание кампании
        utmTerm string Условие поиска кампании
        observers integer Наблюдатели
        -entityTypeId integer Тип
        +fm crm_multifield Мультиполя
        """)

    /// Where the older table has the same value.
    private static let older: [Int?] = columns.map { column in
        let upper =
            [
                "createdTime": "DATE_CREATE", "updatedTime": "DATE_MODIFY",
                "createdBy": "CREATED_BY_ID", "updatedBy": "MODIFY_BY_ID",
            ][column.name] ?? PortalNames.upper(column.name)
        return ContactTable.columns.firstIndex { $0.name == upper }
    }

    private func multiField(_ contact: Contact) -> MultiField {
        MultiField(
            owner: contact.id, phones: contact.phoneTexts,
            emails: contact.email.map { [$0.text] } ?? [])
    }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let contact = world.portal.contacts[row]
        let name = Self.columns[column].name
        switch name {
        case "companyIds": return .integers(contact.companyIDs)
        case "entityTypeId": return .integer(3)
        case "categoryId", "webformId": return .integer(0)
        case "observers": return .integers([])
        case "birthdate": return contact.birthday.map { .day(Int64($0)) } ?? .null
        case "ufCrm1cId":
            return contact.userFieldOrigin.map { .text($0.text) } ?? .unset(contact.variation, 4)
        default:
            if let value = multiField(contact).item(name) { return value }
            guard let older = Self.older[column] else { return .null }
            return legacy.value(older, at: row)
        }
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        multiField(world.portal.contacts[row]).writeAll(to: &writer)
        return true
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? { legacy.lowerBound(column, bound) }
    func owner(at row: Int) -> PortalOwner? { legacy.owner(at: row) }
}

extension Contact {
    /// The companies that the contact belongs to, the primary one first.
    var companyIDs: [Int64] { [companyID, secondCompanyID].filter { $0 != 0 } }
}
