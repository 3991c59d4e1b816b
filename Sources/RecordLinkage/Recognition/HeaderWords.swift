import Records

/// What a header says about its column.
struct HeaderWords: Hashable, Sendable {
    let words: [String]
    let type: FieldType?
    /// What columns of two tables may be about although no word of their headers is the same.
    let topic: Topic?

    init(_ header: String) {
        // "НаименованиеПолное", "RQ_INN", "firstName": capitals and marks begin words.
        var spaced = ""
        var wasLower = false
        for letter in header {
            if letter.isUppercase, wasLower { spaced.append(" ") }
            wasLower = letter.isLowercase
            let isPart = letter.isLetter || letter.isNumber
            spaced.append(letter == "№" ? " № " : isPart ? String(letter) : " ")
        }
        let words = spaced.lowercased().split(separator: " ").map(String.init)
        func known<Meaning>(_ list: [(Meaning, [String])]) -> Meaning? {
            list.first { item in words.contains { Self.isOne($0, of: item.1) } }?.0
        }
        type = known(Self.types)
        topic = known(Self.topics)
        self.words = words
    }

    private static func isOne(_ word: String, of known: [String]) -> Bool {
        known.contains { $0.hasSuffix("*") ? word.hasPrefix($0.dropLast()) : word == $0 }
    }

    /// How surely a column of values of their own is the id.
    enum IDKind: Int {
        case none, code, id
    }

    /// Whether the column may be the id: `Ref_Key`, `ID`, `rec_id`; `Код` and `№` are less sure.
    var idKind: IDKind {
        if words.contains(where: { Self.isOne($0, of: Self.ids) }) { return .id }
        return words.contains { Self.isOne($0, of: Self.codes) } ? .code : .none
    }

    /// The share of words in common with another header, 0 to 1.
    func share(with other: HeaderWords) -> Double {
        guard !words.isEmpty, !other.words.isEmpty else { return 0 }
        let (own, others) = (Set(words), Set(other.words))
        return Double(own.intersection(others).count) / Double(max(own.count, others.count))
    }

    private static let ids = ["id", "guid", "uuid", "key", "ref", "ид", "идентификатор", "ссылка"]
    private static let codes = ["код", "code", "номер", "number", "no", "num", "nr", "sku"]

    private static let types: [(FieldType, [String])] = [
        (.taxID, ["инн", "inn", "taxid", "tax"]),
        (.kpp, ["кпп", "kpp"]),
        (.registrationNumber, ["огрн", "огрнип", "ogrn", "ogrnip"]),
        (.email, ["email", "mail", "почта"]),
        (.phone, ["phone", "phones", "tel", "телефон*", "тел", "mobile", "fax", "факс"]),
        (.address, ["адрес*", "address"]),
        (
            .personName,
            [
                "surname", "фамилия", "имя", "отчество", "фио", "firstname", "lastname", "given",
                "first", "last", "patronymic", "fname", "lname", "mname", "fullname", "сотрудник",
            ]
        ),
        (
            .money,
            ["price", "цена", "сумма", "amount", "cost", "total", "sum", "стоимость", "оплата"]
        ),
        (.date, ["date", "дата", "born", "birth*", "dob", "birthday", "рождения"]),
        (
            .organizationName,
            [
                "организация", "контрагент", "компания", "company", "organization", "organisation",
                "поставщик", "покупатель", "заказчик", "customer", "supplier", "counterparty",
            ]
        ),
    ]

    /// What tables are about beside what ``FieldType`` tells.
    enum Topic: Hashable, Sendable {
        case title, person, birth, date, year, money, quantity, unit, maker, model, article, barcode
        case serial, number, color, author, publisher, city, region, street, postcode, country
        case position, department, category, comment, company, phone, email, address, plate, weight
    }

    /// The first that a header names counts: `Дата рождения` is no date of anything.
    private static let topics: [(Topic, [String])] = [
        (.birth, ["рожд*", "birth*", "born", "dob"]),
        (.barcode, ["штрихкод*", "штрих", "barcode", "ean", "ean13", "gtin", "upc", "isbn*"]),
        (.serial, ["серийн*", "serial*", "заводской", "зав", "vin", "шасси", "chassis"]),
        (.plate, ["госномер", "гос", "plate", "регистрационный"]),
        (.article, ["артикул*", "арт", "article", "sku", "partnumber", "mpn"]),
        (.phone, ["phone*", "tel", "телефон*", "тел", "mobile"]),
        (.email, ["email*", "mail", "почта"]),
        (.postcode, ["индекс", "zip", "postcode", "postal"]),
        (.city, ["город*", "city", "town", "suburb"]),
        (.region, ["регион", "область", "region", "state", "province"]),
        (.street, ["улица", "street"]),
        (.country, ["страна", "country"]),
        (.address, ["адрес*", "address*"]),
        (.year, ["год*", "year"]),
        (.author, ["автор*", "author*", "writer"]),
        (.publisher, ["издатель*", "publisher", "press"]),
        (.maker, ["производитель", "бренд", "марка", "brand", "vendor", "manufacturer", "make*"]),
        (.model, ["модель", "model"]),
        (.color, ["цвет", "color", "colour"]),
        (.unit, ["ед", "единица", "unit*", "measure"]),
        (.quantity, ["количество", "кол", "qty", "quantity", "остаток"]),
        (.weight, ["вес", "масса", "weight", "mass"]),
        (.money, ["price", "цена", "сумма", "amount", "cost", "total", "sum", "стоимость"]),
        (.position, ["должность", "position", "job"]),
        (.department, ["подразделение", "отдел", "department", "dept", "division"]),
        (.category, ["категория", "группа", "раздел", "category", "group", "section", "genre"]),
        (.comment, ["комментарий", "примечание", "comment*", "note*", "remark*"]),
        (
            .person,
            ["фио", "сотрудник", "employee", "person", "fullname", "surname", "фамилия", "lname"]
        ),
        (
            .company,
            [
                "организация", "контрагент", "компания", "company", "organization", "organisation",
                "поставщик", "покупатель", "заказчик", "customer", "supplier", "counterparty",
            ]
        ),
        (.title, ["наименование", "название", "заголовок", "title", "name", "subject", "предмет"]),
        (.date, ["дата", "date", "day"]),
        (.number, ["номер", "№", "number", "no", "num", "nr"]),
    ]
}
