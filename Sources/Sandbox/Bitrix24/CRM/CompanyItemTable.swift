/// The same companies, as `crm.item.list` shows them: camel case, numbers as numbers.
struct CompanyItemTable: PortalTable {
    let world: World
    private var legacy: CompanyTable { CompanyTable(world: world) }

    init(world: World) { self.world = world }

    var name: String { "company" }
    var count: Int { world.companies.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -createdTime datetime Когда создана
        -updatedTime datetime Когда обновлена
        -createdBy user Кем создана
        -updatedBy user Кем обновлена
        assignedById user Ответственный
        opened boolean Доступна для всех
        title string Название компании
        typeId crm_status Тип компании
        logo file Логотип
        address string Адрес
        addressLegal string Юридический адрес
        bankingDetails string Банковские реквизиты
        industry crm_status Сфера деятельности
        employees crm_status Кол-во сотрудников
        revenue double Годовой оборот
        currencyId crm_currency Валюта
        comments string Комментарий
        leadId crm_lead Лид
        webformId integer Создана CRM-формой
        originatorId string Внешний источник
        originId string Идентификатор во внешнем источнике
        originVersion string Версия оригинала
        -hasPhone boolean Задан телефон
        -hasEmail boolean Задан e-mail
        -hasImol boolean Задана открытая линия
        isMyCompany boolean Моя компания
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
                "typeId": "COMPANY_TYPE",
            ][column.name] ?? PortalNames.upper(column.name)
        return CompanyTable.columns.firstIndex { $0.name == upper }
    }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let name = Self.columns[column].name
        switch name {
        case "revenue", "categoryId", "webformId": return .integer(0)
        case "observers": return .integers([])
        case "entityTypeId": return .integer(4)
        default:
            if let value = world.companies[row].multiField.item(name) { return value }
            guard let older = Self.older[column] else { return .null }
            return legacy.value(older, at: row)
        }
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        world.companies[row].multiField.writeAll(to: &writer)
        return true
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? { legacy.lowerBound(column, bound) }
    func owner(at row: Int) -> PortalOwner? { legacy.owner(at: row) }
}
