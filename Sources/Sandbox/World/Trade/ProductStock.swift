/// Words from which the products of the sandbox are named.
enum ProductStock {
    /// A group of products and what is sold in it.
    struct Group: Sendable {
        var title: String
        var nouns: [String]
        var modifiers: [String]
        /// What a size is written with: `М8х{}`.
        var size: String
        var measure: Measure
        var vat: VATRate
        var kind: ProductKind
        /// The cheapest and the dearest, in roubles.
        var price: ClosedRange<Int>
        var weightGrams: Int32
        /// Whether some are sold by colour and size.
        var hasVariants: Bool

        init(
            _ title: String, _ nouns: String, _ modifiers: String, size: String, _ measure: Measure,
            price: ClosedRange<Int>, weight: Int32, vat: VATRate = .twentyTwo,
            kind: ProductKind = .goods, hasVariants: Bool = false
        ) {
            self.title = title
            self.nouns = nouns.split(separator: ",").map(String.init)
            self.modifiers = modifiers.split(separator: ",").map(String.init)
            self.size = size
            self.measure = measure
            self.price = price
            weightGrams = weight
            self.vat = vat
            self.kind = kind
            self.hasVariants = hasVariants
        }
    }

    /// The top groups, each with a second level below.
    static let departments: [(title: String, groups: [Group])] = [
        (
            "Крепёж",
            [
                Group(
                    "Болты и гайки", "Болт,Гайка,Шпилька,Шайба,Винт",
                    "оцинкованный,нержавеющий,высокопрочный,чёрный", size: "М{}", .piece,
                    price: 2...90, weight: 25),
                Group(
                    "Саморезы", "Саморез по дереву,Саморез по металлу,Гвоздь,Дюбель",
                    "жёлтый,чёрный,оцинкованный,усиленный", size: "4,2х{}", .kilogram,
                    price: 120...900, weight: 1000),
            ]
        ),
        (
            "Инструмент",
            [
                Group(
                    "Ручной инструмент", "Молоток,Отвёртка,Пассатижи,Ключ рожковый,Ножовка,Рулетка",
                    "профессиональный,усиленный,облегчённый,слесарный", size: "{} мм", .piece,
                    price: 150...4500, weight: 450),
                Group(
                    "Электроинструмент", "Дрель,Шуруповёрт,Перфоратор,Лобзик,Шлифмашина",
                    "аккумуляторный,сетевой,ударный,компактный", size: "{} Вт", .piece,
                    price: 2500...39_000, weight: 2600),
            ]
        ),
        (
            "Электрика",
            [
                Group(
                    "Кабель и провод", "Кабель ВВГнг,Провод ПВС,Кабель ШВВП,Провод ПуГВ",
                    "белый,чёрный,серый,негорючий", size: "3х{}", .metre, price: 25...800,
                    weight: 120),
                Group(
                    "Лампы", "Лампа светодиодная,Светильник,Прожектор,Лампа накаливания",
                    "тёплый свет,холодный свет,дневной свет,матовый", size: "{} лм", .piece,
                    price: 60...5200, weight: 90),
            ]
        ),
        (
            "Стройматериалы",
            [
                Group(
                    "Краски и лаки", "Краска фасадная,Эмаль,Лак паркетный,Грунтовка",
                    "белый,матовый,глянцевый,быстросохнущий", size: "база {}", .litre,
                    price: 180...2200, weight: 1300),
                Group(
                    "Сухие смеси", "Цемент,Штукатурка,Клей плиточный,Шпаклёвка",
                    "серый,белый,морозостойкий,финишный", size: "{} кг", .pack, price: 240...1500,
                    weight: 25_000),
                Group(
                    "Напольные покрытия", "Линолеум,Ламинат,Плитка керамогранит",
                    "дуб,ясень,мрамор,бетон", size: "{} класс", .squareMetre, price: 350...3900,
                    weight: 7000),
            ]
        ),
        (
            "Спецодежда",
            [
                Group(
                    "Одежда", "Куртка рабочая,Брюки рабочие,Жилет сигнальный,Комбинезон",
                    "утеплённый,летний,влагостойкий,сигнальный", size: "модель {}", .piece,
                    price: 700...7800, weight: 900, hasVariants: true),
                Group(
                    "Перчатки и обувь", "Перчатки,Ботинки,Сапоги,Рукавицы",
                    "кожаный,прорезиненный,утеплённый,защитный", size: "модель {}", .pack,
                    price: 60...6400, weight: 700, hasVariants: true),
            ]
        ),
        (
            "Для офиса",
            [
                Group(
                    "Книги и учебники", "Справочник,Учебник,Пособие", "том первый,том второй,атлас",
                    size: "выпуск {}", .piece, price: 200...1900, weight: 500, vat: .ten),
                Group(
                    "Наборы", "Набор канцелярский,Набор инструмента,Аптечка",
                    "малый,большой,подарочный,дорожный", size: "№ {}", .set, price: 300...8500,
                    weight: 1500),
            ]
        ),
        (
            "Услуги",
            [
                Group(
                    "Доставка и монтаж", "Доставка,Монтаж,Подъём на этаж,Замер",
                    "срочный,обычный,ночной,под ключ", size: "зона {}", .unit, price: 300...15_000,
                    weight: 0, kind: .service),
                Group(
                    "Обучение", "Консультация,Обучение персонала", "очное,заочное", size: "курс {}",
                    .hour, price: 900...6000, weight: 0, vat: .none, kind: .service),
            ]
        ),
    ]

    /// The second level, in order.
    static let groups = departments.flatMap(\.groups)

    static let brands = [
        "Витязь", "Кедр", "Норд", "Сокол", "Титан", "Мастер", "Урал", "Балтика", "Ёлка", "Восток",
        "Эталон", "Полюс", "Гранит",
    ]
    static let colours = ["Синий", "Чёрный", "Оранжевый", "Зелёный"]
    static let sizes = ["44-46", "48-50", "52-54", "56-58"]
}
