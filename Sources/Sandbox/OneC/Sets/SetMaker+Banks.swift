extension SetMaker {
    /// `Catalog_БанковскиеСчета`, or the counterparties' own catalogue of trade configurations.
    var bankAccounts: any ODataSet {
        let name = configuration.bankAccounts
        var list = columns(name, BankAccount.self)
        let currency = Currency.rouble.key
        list.object { $0.key }
        list.flag("DeletionMark", \.isDeleted)
        list.string("Description") { "\($0.number), \($0.bank.title)" }
        list.string("НомерСчета", \.number)
        list.reference("Банк", to: configuration.banks, \.bank.key)
        list.reference("ВалютаДенежныхСредств", to: "Catalog_Валюты") { _ in currency }
        if configuration.isTrade {
            list.reference("Owner", to: "Catalog_Контрагенты", \.owner)
            list.string("БИКБанка", \.bank.code)
            list.string("НаименованиеБанка", \.bank.title)
            list.string("КоррСчетБанка", \.bank.correspondentAccount)
            list.string("ГородБанка", \.bank.city)
            list.blank(
                """
                ТекстКорреспондента ТекстНазначения ВариантВыводаМесяца \
                ВыводитьСуммуБезКопеек:b РучноеИзменениеРеквизитовБанка:b ИностранныйБанк:b \
                Закрыт:b
                """)
        } else {
            list.composite("Owner") { ($0.owner, "Catalog_Контрагенты") }
            list.string("Code") { "00-" + Code.padded($0.serial, 6) }
            list.string("ВидСчета") { _ in "Расчетный" }
            list.blank(
                """
                Валютный:b НомерИДатаРазрешения ДатаОткрытия:t ДатаЗакрытия:t \
                ПодразделениеОрганизации_Key БанкДляРасчетов_Key ТекстКорреспондента \
                ТекстНазначения МесяцПрописью:b СуммаБезКопеек:b ВсегдаУказыватьКПП:b \
                ГосударственныйКонтракт_Key СчетКорпоративныхРасчетов:b СчетБанк_Key
                """)
        }
        list.predefined()
        list.presentation = \.number
        return set(name, world.infobase.bankAccounts, list)
    }

    /// `Catalog_Банки`, the classifier of banks.
    var banks: any ODataSet {
        let name = configuration.banks
        var list = columns(name, Bank.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Code", \.code)
        list.string("Description", \.title)
        list.string("КоррСчет", \.correspondentAccount)
        list.string("Город", \.city)
        list.any("РучноеИзменение", .short) { _ in .int(0) }
        list.reference("Страна", to: "Catalog_СтраныМира") { _ in Country.russia.key }
        list.blank("Parent_Key IsFolder:b Адрес Телефоны СВИФТБИК")
        list.predefined()
        list.presentation = \.title
        return set(name, Bank.allCases, list)
    }

    /// `Catalog_Организации`: the own firms.
    var firms: any ODataSet {
        let name = "Catalog_Организации"
        var list = columns(name, OwnFirm.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Description", \.description)
        list.string("НаименованиеСокращенное", \.fullName)
        list.string("НаименованиеПолное") {
            "Общество с ограниченной ответственностью \"\($0.name.core())\""
        }
        list.string("Префикс", \.prefix)
        list.string("ИНН", \.taxID)
        list.string("КПП", \.kpp)
        list.string("ОГРН", \.registrationNumber)
        list.reference("ГоловнаяОрганизация", to: name, \.key)
        list.string("ЮридическоеФизическоеЛицо") { _ in "ЮридическоеЛицо" }
        list.contacts { _ in [] }
        list.additionalFields()
        list.blank("ОбособленноеПодразделение:b ИндивидуальныйПредприниматель_Key КодПоОКПО")
        if configuration == .bp30 { describeAccountant(&list) }
        list.predefined()
        list.presentation = \.description
        return set(name, world.infobase.firms, list)
    }

    private func describeAccountant(_ list: inout ColumnList<OwnFirm>) {
        list.string("Code") { "00-" + $0.prefix }
        list.blank(
            """
            ВидОбменаСКонтролирующимиОрганами:c КодНалоговогоОргана ДополнительныйКодФСС \
            ЕстьОбособленныеПодразделения:b ДатаРегистрации:t КодНалоговогоОрганаПолучателя \
            СвидетельствоНаименованиеОргана СвидетельствоКодОргана ОсновнойБанковскийСчет_Key \
            КодОрганаПФР УдалитьКодПоОКАТО КодОрганаФСГС НаименованиеНалоговогоОргана \
            КодПодчиненностиФСС ИПРегистрационныйНомерПФР КрупнейшийНалогоплательщик:b \
            РегистрационныйНомерТФОМС ИПРегистрационныйНомерТФОМС \
            НаименованиеТерриториальногоОрганаПФР НаименованиеТерриториальногоОрганаФСС \
            ИПРегистрационныйНомерФСС УдалитьИПКодПодчиненностиФСС \
            ОбменКаталогОтправкиДанныхОтчетности ОбменКаталогПрограммыЭлектроннойПочты КодОКОНХ \
            ОбменКодАбонента ПрефиксБП20 ПрименятьРайонныйКоэффициент:b \
            ПрименятьСевернуюНадбавку:b РайонныйКоэффициент:d ИностраннаяОрганизация:b \
            НаименованиеИнострОрганизации СтранаРегистрации_Key КодВСтранеРегистрации \
            СтранаПостоянногоМестонахождения_Key РегистрационныйНомерФСС \
            РегистрацияВНалоговомОргане_Key УдалитьТерриториальныеУсловияПФР_Key \
            РегистрационныйНомерПФР ВариантНаименованияДляПечатныхФорм \
            НаименованиеПлательщикаПриПеречисленииВБюджет СвидетельствоДатаВыдачи:t \
            СвидетельствоСерияНомер УчетнаяЗаписьОбмена:c КодОКВЭД \
            ЦифровойИндексОбособленногоПодразделения НаименованиеОКВЭД КодОКВЭД2 \
            НаименованиеОКВЭД2 ТерриториальныеУсловияПФР_Key КодОКОПФ НаименованиеОКОПФ \
            ВидСтавокЕСНиПФР УдалитьЮрФизЛицо УдалитьКодИФНС КодОКФС ФайлЛоготип_Key \
            ФайлФаксимильнаяПечать_Key ФайлПечать_Key ФайлПодписьРуководителя_Key \
            ФайлПодписьГлавногоБухгалтера_Key УдалитьРайонныйКоэффициентРФ:d \
            УдалитьФайлЛоготип_Key УдалитьФайлФаксимильнаяПечать_Key \
            УдалитьИПИспользуетТрудНаемныхРаботников:b РайонныйКоэффициентРФ:d \
            ДополнительныеУсловияПоУмолчанию_Key НекредитнаяФинансоваяОрганизация:b \
            КодОсновногоВидаДеятельностиНФО КодИныхВидовДеятельностиНФО \
            НаименованиеОсновногоВидаДеятельностиНФО НаименованиеИныхВидовДеятельностиНФО \
            УдалитьФайлПечать_Key УдалитьФайлПодписьРуководителя_Key \
            УдалитьФайлПодписьГлавногоБухгалтера_Key ФамилияИП ИмяИП ОтчествоИП НаименованиеОКФС \
            УдалитьGLN ДополнительныеКодыОКВЭД2 НаименованиеРегистрирующегоОргана \
            ИсторияНаименований:r ИсторияКонтактнойИнформации:r
            """)
    }
}
