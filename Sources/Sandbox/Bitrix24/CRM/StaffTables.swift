/// Employees, as `user.get` shows them: real booleans and numbers among texts.
struct EmployeeTable: PortalTable {
    let world: World

    var name: String { "user" }
    var count: Int { world.portal.employees.count }
    var columns: [PortalColumn] { Self.columns }
    var manners: PortalManners { .mapped }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        XML_ID string Внешний код
        ACTIVE char Активность
        NAME string Имя
        LAST_NAME string Фамилия
        SECOND_NAME string Отчество
        EMAIL string E-mail
        -LAST_LOGIN datetime Последний вход
        -DATE_REGISTER datetime Дата регистрации
        TIME_ZONE string Часовой пояс
        IS_ONLINE char Онлайн
        TIMESTAMP_X unknown
        LAST_ACTIVITY_DATE unknown
        PERSONAL_GENDER string Пол
        PERSONAL_WWW string Домашняя страница
        PERSONAL_BIRTHDAY date Дата рождения
        PERSONAL_MOBILE string Мобильный телефон
        PERSONAL_CITY string Город
        WORK_PHONE string Рабочий телефон
        WORK_POSITION string Должность
        UF_EMPLOYMENT_DATE date Дата приёма на работу
        UF_DEPARTMENT integer Подразделения
        USER_TYPE string Тип пользователя
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let employee = world.portal.employees[row]
        switch Self.columns[column].name {
        case "ID": return .integer(employee.id)
        case "XML_ID": return .optional(employee.xmlID?.text)
        case "ACTIVE": return .bool(employee.isActive)
        case "NAME": return .text(employee.name.given)
        case "LAST_NAME": return .text(employee.name.family)
        case "SECOND_NAME": return .text(employee.name.patronymic)
        case "EMAIL": return .text(employee.email)
        case "LAST_LOGIN": return .moment(1_769_000_000)
        case "DATE_REGISTER": return .date(employee.registeredAt)
        case "IS_ONLINE": return .flag(false)
        // An object of PHP that became an empty list on its way.
        case "TIMESTAMP_X", "LAST_ACTIVITY_DATE": return .json("{}")
        case "WORK_PHONE": return .text(employee.phone.text)
        case "WORK_POSITION": return .text(employee.position)
        case "UF_DEPARTMENT": return .native(.integers(employee.departmentIDs))
        case "USER_TYPE": return .text("employee")
        default: return .text("")
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.employees[$0].id } : nil
    }
}

/// Departments, as `department.get` shows them.
struct DepartmentTable: PortalTable {
    let world: World

    var name: String { "department" }
    var count: Int { world.portal.departments.count }
    var columns: [PortalColumn] { Self.columns }
    var manners: PortalManners { .mapped }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        !NAME string Название
        SORT integer Сортировка
        PARENT integer Подразделение выше
        UF_HEAD integer Руководитель
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let department = world.portal.departments[row]
        switch column {
        case 0: return .integer(department.id)
        case 1: return .text(department.name)
        case 2: return .native(.integer(500))
        case 3: return department.parentID == 0 ? .null : .integer(department.parentID)
        default: return department.headID == 0 ? .null : .integer(department.headID)
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.departments[$0].id } : nil
    }
}
