/// Contacts, as the older methods show them.
struct ContactTable: PortalTable {
    let world: World

    var name: String { "contact" }
    var count: Int { world.portal.contacts.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        POST string Должность
        COMMENTS string Комментарий
        HONORIFIC crm_status Обращение
        NAME string Имя
        SECOND_NAME string Отчество
        LAST_NAME string Фамилия
        PHOTO file Фотография
        -LEAD_ID crm_lead Лид
        TYPE_ID crm_status Тип контакта
        SOURCE_ID crm_status Источник
        SOURCE_DESCRIPTION string Описание источника
        COMPANY_ID crm_company Компания
        BIRTHDATE date Дата рождения
        EXPORT char Участвует в экспорте контактов
        -HAS_PHONE char Задан телефон
        -HAS_EMAIL char Задан e-mail
        -HAS_IMOL char Задана открытая линия
        -DATE_CREATE datetime Дата создания
        -DATE_MODIFY datetime Дата изменения
        ASSIGNED_BY_ID user Ответственный
        -CREATED_BY_ID user Кем создан
        -MODIFY_BY_ID user Кем изменён
        OPENED char Доступен для всех
        ORIGINATOR_ID string Внешний источник
        ORIGIN_ID string Идентификатор элемента во внешнем источнике
        ORIGIN_VERSION string Версия оригинала
        FACE_ID integer Привязка к лицам из модуля faceid
        -LAST_ACTIVITY_TIME datetime Последняя активность
        ADDRESS string Адрес
        ADDRESS_2 string Адрес (стр. 2)
        ADDRESS_CITY string Город
        ADDRESS_POSTAL_CODE string Почтовый индекс
        ADDRESS_REGION string Район
        ADDRESS_PROVINCE string Область
        ADDRESS_COUNTRY string Страна
        ADDRESS_LOC_ADDR_ID integer Идентификатор адреса
        UTM_SOURCE string Рекламная система
        UTM_MEDIUM string Тип трафика
        UTM_CAMPAIGN string Обозначение рекламной кампании
        UTM_CONTENT string Содержание кампании
        UTM_TERM string Условие поиска кампании
        -LAST_ACTIVITY_BY user Кем сделана последняя активность
        UF_CRM_1C_ID string Код 1С
        +PHONE crm_multifield Телефон
        +EMAIL crm_multifield E-mail
        +WEB crm_multifield Сайт
        +IM crm_multifield Мессенджер
        """)

    private func multiField(_ contact: Contact) -> MultiField {
        MultiField(
            owner: contact.id, phones: contact.phoneTexts,
            emails: contact.email.map { [$0.text] } ?? [])
    }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let contact = world.portal.contacts[row]
        let bits = contact.variation
        let name = Self.columns[column].name
        switch name {
        case "ID": return .integer(contact.id)
        case "POST":
            return contact.position.map { .text(Positions.all[Int($0)]) } ?? .unset(bits, 0)
        case "COMMENTS": return .unset(bits, 1)
        case "NAME": return .text(contact.firstName)
        case "SECOND_NAME":
            return contact.secondName.isEmpty ? .unset(bits, 2) : .text(contact.secondName)
        case "LAST_NAME":
            return contact.lastName.isEmpty ? .unset(bits, 3) : .text(contact.lastName)
        case "LEAD_ID": return .reference(0, bits, 4)
        case "TYPE_ID": return .text(bits & 1 == 1 ? "CLIENT" : "PARTNER")
        case "SOURCE_ID": return .unset(bits, 5)
        case "COMPANY_ID": return .reference(contact.companyID, bits, 6)
        case "BIRTHDATE": return contact.birthday.map { .day(Int64($0)) } ?? .text("")
        case "EXPORT": return .flag(true)
        case "HAS_PHONE": return .flag(!contact.phoneTexts.isEmpty)
        case "HAS_EMAIL": return .flag(contact.email != nil)
        case "HAS_IMOL": return .flag(false)
        case "DATE_CREATE": return .moment(contact.createdAt)
        case "DATE_MODIFY", "LAST_ACTIVITY_TIME": return .moment(contact.modifiedAt)
        case "ASSIGNED_BY_ID": return .integer(Int64(contact.assignedBy))
        case "CREATED_BY_ID": return .integer(contact.creatorID)
        case "MODIFY_BY_ID", "LAST_ACTIVITY_BY": return .integer(contact.editorID)
        case "OPENED": return .flag(bits >> 7 == 1)
        case "ORIGINATOR_ID": return contact.origin == nil ? .unset(bits, 2) : .text("1C")
        case "ORIGIN_ID": return contact.origin.map { .text($0.text) } ?? .unset(bits, 2)
        case "UF_CRM_1C_ID": return .text(contact.userFieldOrigin?.text ?? "")
        case "PHONE", "EMAIL": return .texts(multiField(contact).values(name))
        default: return .null
        }
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        multiField(world.portal.contacts[row]).write(Self.columns[column].name, to: &writer)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.contacts[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "contact", id: world.portal.contacts[row].id)
    }
}
