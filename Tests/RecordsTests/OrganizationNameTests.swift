import Records
import Testing

@Suite("Names of organisations")
struct OrganizationNameTests {
    @Test(
        "the legal form is taken out, wherever and however it is written",
        arguments: [
            ("ООО \"Ромашка\"", "ООО", "ромашка"), ("Ромашка, ООО", "ООО", "ромашка"),
            ("РОМАШКА ООО", "ООО", "ромашка"), ("О.О.О. «Ромашка»", "ООО", "ромашка"),
            ("Общество с ограниченной ответственностью «Ромашка»", "ООО", "ромашка"),
            ("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"УФР\"", "ООО", "уфр"),
            ("OOO Romashka", "ООО", "romashka"), ("Romashka LLC", "ООО", "romashka"),
            ("Romashka, Ltd.", "ООО", "romashka"), ("ЗАО \"Заря\"", "ЗАО", "заря"),
            ("Закрытое акционерное общество Заря", "ЗАО", "заря"), ("НАО Заря", "АО", "заря"),
            ("Публичное акционерное общество «Сбербанк»", "ПАО", "сбербанк"),
            ("ФГБУ \"НИИ\"", "ФГБУ", "нии"),
            (
                "Государственное бюджетное учреждение здравоохранения «Больница № 3»", "ГБУЗ",
                "больница 3"
            ),
            ("Крестьянское (фермерское) хозяйство «Нива»", "КФХ", "нива"),
            ("ТСЖ Уют", "ТСЖ", "уют"), ("ТОО \"Алатау\"", "ТОО", "алатау"),
            ("Müller GmbH", "GMBH", "mueller"),
            ("Общество с ограниченой отвественностью «Ромашка»", "ООО", "ромашка"),
            ("Обшество с ограниченной ответсвенностью Ромашка", "ООО", "ромашка"),
            ("Общетсво с ограниченной ответственностью Ромашка", "ООО", "ромашка"),
            (
                "Индивидуальный предпринимател глава крестьянского фермерского хозяства Нива", "ИП",
                "нива"
            ),
            ("Обществo с огран. отв. «Ромашка»", "ООО", "ромашка"),
            ("Общ-во с огр. отв-тью Ромашка", "ООО", "ромашка"),
            ("О-во с ограниченной ответственностью «Ромашка»", "ООО", "ромашка"),
            ("Ромашка, общ. с огранич. ответств.", "ООО", "ромашка"),
            ("Общество с ограниченой отв-тью Ромашка", "ООО", "ромашка"),
            ("Общ. с доп. отв. «Ромашка»", "ОДО", "ромашка"),
            ("Закр. акц. общ-во «Заря»", "ЗАО", "заря"), ("Акц. общ-во «Заря»", "АО", "заря"),
            ("Муницип. бюджетн. дошк. образоват. учр-ние № 5 Сказка", "МБДОУ", "5 сказка"),
            ("Крест. ферм. хоз-во Нива", "КФХ", "нива"), ("О0О Ромашка", "ООО", "ромашка"),
            ("O0О «Ромашка»", "ООО", "ромашка"), ("Romashka O0O", "ООО", "romashka"),
            ("ЗА0 Заря", "ЗАО", "заря"), ("ГмбХ Мюллер", "GMBH", "мюллер"),
            ("Мюллер ГмбХ & Ко", "GMBH", "мюллер"), ("Мюллер ГмбХ и Ко. КГ", "GMBH", "мюллер"),
            ("Novartis AG", "AG", "novartis"), ("Philips Lighting B.V.", "BV", "philips lighting"),
            ("Nokia Oy", "OY", "nokia"), ("Ferrero Italia SRL", "SRL", "ferrero italia"),
            ("Danone Groupe S.A.", "SA", "danone groupe"), ("Haier Co., Ltd", "ООО", "haier"),
            ("000 Ромашка", "ООО", "ромашка"), ("000 «Ромашка»", "ООО", "ромашка"),
            // Beside another form a short one is part of the name.
            ("ПК Вектор", "ПК", "вектор"), ("ООО ПК Вектор", "ООО", "пк вектор"),
            ("УП Вектор, ООО", "ООО", "уп вектор"), ("ПК Вектор (ранее ООО Лютик)", "ПК", "вектор"),
            ("ООО ПК Вектор А.О.", "ООО", "пк вектор"),
            ("ООО Производственный кооператив Вектор", "ООО", "вектор"),
        ])
    func form(text: String, form: String, core: String) {
        let name = OrganizationName(text)
        #expect(name.legalForm == form)
        #expect(name.coreText == core)
    }

    @Test(
        "what only looks like a form is part of the name",
        arguments: [
            ("ТД Ромашка", "тд ромашка"), ("ЧОП «Щит»", "чоп щит"), ("КБ \"Луч\"", "кб луч"),
            ("Ромашкаооо", "ромашкаооо"), ("AG Experts", "ag experts"),
            ("Общество с ограниченными взглядами", "общество с ограниченными взглядами"),
            ("Общ. столовая отдыха", "общ столовая отдыха"), ("Бумага А0", "бумага а0"),
            ("Общ-во с огр. взглядами", "общ во с огр взглядами"), ("Сад Мечты", "сад мечты"),
            ("Авто Некоммерс Организатор", "авто некоммерс организатор"),
            ("1 000 мелочей", "1 000 мелочей"), ("Ромашка 000", "ромашка 000"),
        ])
    func noForm(text: String, core: String) {
        let name = OrganizationName(text)
        #expect(name.legalForm == nil)
        #expect(name.coreText == core)
    }

    @Test("a name that is nothing but a form stays a name", arguments: ["ООО", "ИП", "«АО»"])
    func onlyForm(text: String) {
        let name = OrganizationName(text)
        #expect(name.legalForm == nil)
        #expect(name.coreWords.count == 1)
    }

    @Test(
        "manner of writing makes no other name",
        arguments: [
            ("ООО \"Ромашка\"", "ромашка ооо"), ("ООО «Ёлочка»", "ООО \"ЕЛОЧКА\""),
            ("ООО &quot;Ромашка&quot;", "ООО \"Ромашка\""),
            ("ООО &amp;quot;Ромашка&amp;quot;", "ООО \"Ромашка\""),
            ("ООО \"\"Ромашка\"\"", "ООО ''Ромашка''"), ("Ромашка\u{A0}\tООО\n", "Ромашка ООО"),
            ("Cтройснаб", "Стройснаб"),  // Latin C
            ("ООО \"MBK\"", "ООО «МВК»"),  // all Latin, all Cyrillic
            ("OOO \"Ромашка\"", "ООО \"Ромашка\""), ("Строи\u{306}снаб", "Стройснаб"),
            ("Техно-Логистик", "Техно–Логистик"), ("Техно — Логистик", "ТЕХНО\u{2212}ЛОГИСТИК"),
            ("Техно\u{AD}логистик", "Технологистик"), ("Ро\u{200B}машка", "Ромашка"),
            ("Romashka LLC", "ООО Ромашка"), ("Romaška", "Ромашка"),
            ("Shchit i Mech", "Щит и Меч"), ("яяРомашка", "Ромашка"), ("!Ромашка", "Ромашка"),
            ("ООО Ромашка (старый)", "ООО Ромашка"), ("Ромашка ООО не использовать", "Ромашка"),
            ("ООО ＲＯＭＡ", "OOO Roma"),  // full-width letters
            ("ИП Иванов Иван Иванович", "Иванов И.И. ИП"),
            ("Ромашка новая", "Ромашка"), ("Заря опт, ООО", "ООО Заря"),
            ("(новый) Ромашка", "Ромашка"), ("Филиал Ромашка", "Ромашка"),
            ("000 Ромашка", "Ромашка ООО"), ("ООО «Волжская Сыроваренная Компания»", "ВСК ООО"),
        ])
    func sameWriting(left: String, right: String) {
        #expect(OrganizationName(left).isSameWriting(as: OrganizationName(right)))
        #expect(OrganizationName(right).isSameWriting(as: OrganizationName(left)))
    }

    @Test(
        "another name is another name",
        arguments: [
            ("ООО Ромашка", "ЗАО Ромашка"), ("Ромашка", "Ромашка 2"), ("АВИКА", "АВИКА1"),
            ("Гостиница Заря", "Заря"), ("ИП Иванов И.И.", "ИП Иванов П.И."),
            ("Ромашка Плюс", "Плюс Ромашка"), ("", "Ромашка"),
            ("Новая Заря", "Заря"), ("Город мастеров", "Мастеров"), ("Тест-Драйв", "Драйв"),
            ("ООО ПК Вектор", "ООО Вектор"), ("Волжская Компания", "ВК"),
            ("Волжская Сыроваренная Компания", "СВК"),
            ("Волжская Сыроваренная Компания Плюс", "ВСК"),
        ])
    func otherWriting(left: String, right: String) {
        #expect(!OrganizationName(left).isSameWriting(as: OrganizationName(right)))
    }

    @Test("a form in brackets yields to one outside them")
    func formInBrackets() {
        #expect(OrganizationName("Ромашка (ранее ЗАО Лютик), ООО").legalForm == "ООО")
        #expect(OrganizationName("ООО Ромашка (ранее ЗАО Лютик)").legalForm == "ООО")
        #expect(OrganizationName("Ромашка (ООО)").legalForm == "ООО")
    }

    @Test(
        "numbers written into a name are told apart from it",
        arguments: [
            ("ООО Ромашка ИНН 7707083893", "ромашка", "7707083893", nil),
            ("Ромашка 7707083893/770701001", "ромашка", "7707083893", nil),
            ("Ромашка (ИНН 7707083893, КПП 770701001)", "ромашка", "7707083893", nil),
            ("ООО Ромашка тел 8-900-123-45-67", "ромашка", nil, "9001234567"),
            ("Ромашка +7 (900) 123 45 67", "ромашка", nil, "9001234567"),
            ("Ромашка ИНН 7707083894", "ромашка", nil, nil),  // a wrong check digit
            ("Школа 1234", "школа 1234", nil, nil),
            // Sizes are no telephones, and neither is what one letter introduces.
            ("Профиль 60*27*0,6*3000", "профиль 60 27 0 6 3000", nil, nil),
            ("Уголок 80*80*10*11700", "уголок 80 80 10 11700", nil, nil),
            ("Труба ф 20", "труба ф 20", nil, nil), ("Цемент т 5", "цемент т 5", nil, nil),
            ("Ромашка ИНН 5", "ромашка 5", nil, nil),
            ("Ромашка тел. 22-33-44", "ромашка", nil, nil),
            ("Ромашка ф. 8 900 123-45-67", "ромашка", nil, "9001234567"),
            ("Ромашка (495) 123-45-67", "ромашка", nil, "4951234567"),
            ("Ромашка 9161234567", "ромашка", nil, "9161234567"),  // an ИНН by its check digit
            ("Ромашка 9161234567/910101001", "ромашка", "9161234567", nil),
        ] as [(String, String, String?, String?)])
    func numbers(text: String, core: String, taxID: String?, phone: String?) {
        let name = OrganizationName(text)
        #expect(name.coreText == core)
        #expect(name.taxID?.digits == taxID)
        #expect(name.phone?.digits == phone)
    }

    @Test("a name that is nothing but a number stays a name")
    func onlyNumber() {
        #expect(OrganizationName("7707083893").coreText == "7707083893")
    }

    @Test("notes about the record are kept apart, not lost")
    func notes() {
        let name = OrganizationName("ООО Ромашка (Тверь) дубль")
        #expect(name.coreText == "ромашка")
        #expect(name.noteWords.map(\.text) == ["тверь", "дубль"])
    }

    @Test("words that are also parts of names are notes behind the name only")
    func notesBehindName() {
        let name = OrganizationName("ООО Новый город старый")
        #expect(name.coreText == "новый город старый", "nothing else would be left")
        let another = OrganizationName("Новый мастер город (Тверь) старый")
        #expect(another.coreText == "новый мастер")
        #expect(another.noteWords.map(\.text) == ["город", "тверь", "старый"])
    }

    @Test("a name of notes only is a name", arguments: ["(Тверь)", "Архив", "Город"])
    func onlyNotes(text: String) {
        #expect(OrganizationName(text).coreWords.count == 1)
        #expect(OrganizationName(text).noteWords.isEmpty)
    }
}
