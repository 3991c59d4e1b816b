/// Cities and streets of the sandbox.
enum PlaceStock {
    /// A city, with what its identifiers and telephone numbers begin with.
    struct City: Sendable {
        var name: String
        /// The region as 1C writes it, type after the name; empty for a city that is its own region.
        var province: String
        /// The region's number in ИНН, КПП and ОГРН.
        var region: Int
        var phoneCode: Int
        /// The first three digits of its postal codes.
        var postalPrefix: Int

        init(_ name: String, _ province: String, region: Int, phone: Int, postal: Int) {
            self.name = name
            self.province = province
            self.region = region
            phoneCode = phone
            postalPrefix = postal
        }
    }

    /// Cities; the first two hold a third of the companies.
    static let cities: [City] = [
        City("Москва", "", region: 77, phone: 495, postal: 115),
        City("Санкт-Петербург", "", region: 78, phone: 812, postal: 191),
        City("Новосибирск", "Новосибирская обл", region: 54, phone: 383, postal: 630),
        City("Екатеринбург", "Свердловская обл", region: 66, phone: 343, postal: 620),
        City("Казань", "Татарстан Респ", region: 16, phone: 843, postal: 420),
        City("Нижний Новгород", "Нижегородская обл", region: 52, phone: 831, postal: 603),
        City("Челябинск", "Челябинская обл", region: 74, phone: 351, postal: 454),
        City("Самара", "Самарская обл", region: 63, phone: 846, postal: 443),
        City("Уфа", "Башкортостан Респ", region: 2, phone: 347, postal: 450),
        City("Ростов-на-Дону", "Ростовская обл", region: 61, phone: 863, postal: 344),
        City("Красноярск", "Красноярский край", region: 24, phone: 391, postal: 660),
        City("Пермь", "Пермский край", region: 59, phone: 342, postal: 614),
        City("Воронеж", "Воронежская обл", region: 36, phone: 473, postal: 394),
        City("Краснодар", "Краснодарский край", region: 23, phone: 861, postal: 350),
        City("Саратов", "Саратовская обл", region: 64, phone: 845, postal: 410),
        City("Тюмень", "Тюменская обл", region: 72, phone: 345, postal: 625),
        City("Ижевск", "Удмуртская Респ", region: 18, phone: 341, postal: 426),
        City("Барнаул", "Алтайский край", region: 22, phone: 385, postal: 656),
        City("Иркутск", "Иркутская обл", region: 38, phone: 395, postal: 664),
        City("Хабаровск", "Хабаровский край", region: 27, phone: 421, postal: 680),
        City("Ярославль", "Ярославская обл", region: 76, phone: 485, postal: 150),
        City("Махачкала", "Дагестан Респ", region: 5, phone: 872, postal: 367),
        City("Томск", "Томская обл", region: 70, phone: 382, postal: 634),
        City("Оренбург", "Оренбургская обл", region: 56, phone: 353, postal: 460),
        City("Рязань", "Рязанская обл", region: 62, phone: 491, postal: 390),
        City("Пенза", "Пензенская обл", region: 58, phone: 841, postal: 440),
        City("Липецк", "Липецкая обл", region: 48, phone: 474, postal: 398),
        City("Тула", "Тульская обл", region: 71, phone: 487, postal: 300),
        City("Улан-Удэ", "Бурятия Респ", region: 3, phone: 301, postal: 670),
        City("Майкоп", "Адыгея Респ", region: 1, phone: 877, postal: 385),
        City("Тверь", "Тверская обл", region: 69, phone: 482, postal: 170),
        City("Калуга", "Калужская обл", region: 40, phone: 484, postal: 248),
        City("Псков", "Псковская обл", region: 60, phone: 811, postal: 180),
        City("Орёл", "Орловская обл", region: 57, phone: 486, postal: 302),
        City("Королёв", "Московская обл", region: 50, phone: 498, postal: 141),
    ]

    /// The kind of a street: as 1C writes it, as a person does, in full.
    enum StreetKind: Sendable {
        case street, avenue, lane, highway, square, embankment

        /// After the name, without a dot.
        var after: String {
            switch self {
            case .street: "ул"
            case .avenue: "пр-кт"
            case .lane: "пер"
            case .highway: "ш"
            case .square: "пл"
            case .embankment: "наб"
            }
        }
        /// Before the name, with a dot.
        var before: String {
            switch self {
            case .street: "ул."
            case .avenue: "пр."
            case .lane: "пер."
            case .highway: "ш."
            case .square: "пл."
            case .embankment: "наб."
            }
        }
        /// In full.
        var full: String {
            switch self {
            case .street: "улица"
            case .avenue: "проспект"
            case .lane: "переулок"
            case .highway: "шоссе"
            case .square: "площадь"
            case .embankment: "набережная"
            }
        }
    }

    /// Streets that most cities have.
    static let streets: [(name: String, kind: StreetKind)] =
        named(
            """
            Авиационная|Артёма|Баумана|Белинского|Берёзовая|Весенняя|Вокзальная|Гагарина|Гоголя|Горная
            Дачная|Декабристов|Дзержинского|Донская|Железнодорожная|Заводская|Заречная|Звёздная|Зелёная
            Индустриальная|Калинина|Кирова|Кленовая|Колхозная|Комсомольская|Королёва|Космонавтов|Красная
            Куйбышева|Ленина|Лермонтова|Лесная|Луговая|Маяковского|Мира|Молодёжная|Набережная|Некрасова
            Новая|Озёрная|Октябрьская|Первомайская|Полевая|Пролетарская|Промышленная|Пушкина|Рабочая
            Садовая|Свердлова|Северная|Советская|Солнечная|Спортивная|Строителей|Тургенева|Фрунзе
            Центральная|Чапаева|Чехова|Школьная|Энергетиков|Южная|Юбилейная
            """, .street)
        + named("Ленинский|Победы|Октября|Космический|Строителей|Металлургов|Науки", .avenue)
        + named("Банный|Тихий|Почтовый|Садовый|Кузнечный|Речной", .lane)
        + named("Московское|Южное|Заводское|Старое", .highway)
        + named("Революции|Труда|Вокзальная", .square)
        + named("Речная|Волжская|Адмиралтейская", .embankment)

    private static func named(_ text: String, _ kind: StreetKind) -> [(String, StreetKind)] {
        text.split { $0 == "|" || $0 == "\n" }.map { (String($0), kind) }
    }
}
