extension SetMaker {
    /// `Catalog_КонтактныеЛица`, or the partners' own catalogue of trade configurations.
    var contactPersons: any ODataSet {
        let name = configuration.contactPersons
        var list = columns(name, ContactPerson.self)
        list.object(version: \.version) { $0.key }
        list.flag("DeletionMark", \.isDeleted)
        list.string("Description", \.description)
        list.string(configuration.isTrade ? "ДолжностьПоВизитке" : "Должность") {
            Positions.all[Int($0.position)]
        }
        list.string("Комментарий") { _ in "" }
        if configuration != .bp30 {
            list.moment("ДатаРождения") {
                $0.birthday.map { UInt32(max(0, Int64($0) * 86_400 - Moment.moscow)) } ?? 0
            }
        }
        switch configuration {
        case .bp30:
            list.composite("ОбъектВладелец") { ($0.owner, "Catalog_Контрагенты") }
            list.string("ВидКонтактногоЛица") { _ in "КонтактноеЛицоКонтрагента" }
            list.string("Фамилия", \.name.family)
            list.string("Имя", \.name.given)
            list.string("Отчество", \.name.patronymic)
            list.string("Code") { Code.padded($0.code, 9) }
        case .unf3:
            list.reference("Owner", to: "Catalog_Контрагенты", \.owner)
            list.moment("ДатаСоздания", \.createdAt)
            list.blank("Пол Недействителен:b Ответственный_Key")
        case .ut11, .erp2:
            list.reference("Owner", to: "Catalog_Партнеры", \.partner)
            list.string("Code") { Code.padded($0.code, 9) }
            list.moment("ДатаРегистрацииСвязи", \.createdAt)
            list.blank("Пол ДатаПрекращенияСвязи:t Автор:c РолиКонтактногоЛица:r")
        }
        list.contacts(\.contactRows)
        list.additionalFields()
        list.predefined()
        list.presentation = \.description
        return set(name, world.infobase.contacts, list)
    }

    /// `Catalog_Пользователи`.
    var users: any ODataSet {
        let name = "Catalog_Пользователи"
        let places = places
        var list = columns(name, InfobaseUser.self)
        list.object(version: \.version) { $0.key }
        list.flag("DeletionMark", \.isDeleted)
        list.string("Description", \.description)
        list.flag("Недействителен", \.isInvalid)
        list.reference("Подразделение", to: departmentsName) { places.department($0.department) }
        list.flag("Служебный") { !$0.serviceName.isEmpty }
        list.any("ИдентификаторПользователяИБ", .guid) { .guid($0.key) }
        list.blank("ФизическоеЛицо_Key Комментарий Подготовлен:b ФотографияПользователя_Key")
        list.contacts { user in
            guard user.serviceName.isEmpty else { return [] }
            return [
                ContactRow(kind: .userPhone, text: user.phone.text),
                ContactRow(kind: .userEmail, text: user.email),
            ]
        }
        list.additionalFields()
        list.predefined()
        list.presentation = \.description
        return set(name, world.infobase.users, list)
    }

    private var departmentsName: String {
        switch configuration {
        case .bp30: "Catalog_ПодразделенияОрганизаций"
        case .unf3: configuration.warehouses
        case .ut11, .erp2: "Catalog_СтруктураПредприятия"
        }
    }

    /// The departments; a small firm keeps them with the warehouses.
    var departments: (any ODataSet)? {
        guard configuration != .unf3 else { return nil }
        let name = departmentsName
        let places = places
        var list = columns(name, String.self)
        list.object { places.department($0) }
        list.flag("DeletionMark") { _ in false }
        list.string("Code") { Code.padded(UInt32(places.departments.firstIndex(of: $0) ?? 0), 9) }
        list.string("Description") { $0 }
        list.blank("Parent_Key")
        list.predefined()
        list.presentation = { $0 }
        return set(name, places.departments, list)
    }
}

extension ContactPerson {
    /// The rows of `КонтактнаяИнформация`.
    var contactRows: [ContactRow] {
        var rows: [ContactRow] = []
        if let phone { rows.append(ContactRow(kind: .personPhone, text: phone.text)) }
        if let secondPhone { rows.append(ContactRow(kind: .personMobile, text: secondPhone.text)) }
        if let email { rows.append(ContactRow(kind: .personEmail, text: email.text)) }
        return rows
    }
}
