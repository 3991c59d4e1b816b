/// Which standard configuration of 1C the infobase plays: it decides the names of sets and fields.
///
/// The data behind the names is the same.
public enum InfobaseConfiguration: String, Hashable, Sendable, CaseIterable {
    /// «Бухгалтерия предприятия» 3.0.
    case bp30
    /// «Управление торговлей» 11.5.
    case ut11
    /// «Управление нашей фирмой» 3.
    case unf3
    /// «ERP Управление предприятием» 2, whose sales are those of «Управление торговлей».
    case erp2

    /// Whether partners, agreements and statuses are those of the trade family.
    var isTrade: Bool { self == .ut11 || self == .erp2 }

    var banks: String { isTrade ? "Catalog_КлассификаторБанков" : "Catalog_Банки" }

    var bankAccounts: String {
        isTrade ? "Catalog_БанковскиеСчетаКонтрагентов" : "Catalog_БанковскиеСчета"
    }

    var contactPersons: String {
        isTrade ? "Catalog_КонтактныеЛицаПартнеров" : "Catalog_КонтактныеЛица"
    }

    var units: String {
        isTrade
            ? "Catalog_УпаковкиЕдиницыИзмерения" : "Catalog_КлассификаторЕдиницИзмерения"
    }

    var priceTypes: String { self == .bp30 ? "Catalog_ТипыЦенНоменклатуры" : "Catalog_ВидыЦен" }

    var warehouses: String { self == .unf3 ? "Catalog_СтруктурныеЕдиницы" : "Catalog_Склады" }

    /// The document that a customer orders by; an accountant's base has invoices only.
    var orders: String? {
        switch self {
        case .bp30: nil
        case .unf3: "Document_ЗаказПокупателя"
        case .ut11, .erp2: "Document_ЗаказКлиента"
        }
    }

    var invoices: String {
        self == .unf3
            ? "Document_СчетНаОплату"
            : isTrade ? "Document_СчетНаОплатуКлиенту" : "Document_СчетНаОплатуПокупателю"
    }

    var bankReceipts: String {
        switch self {
        case .bp30: "Document_ПоступлениеНаРасчетныйСчет"
        case .unf3: "Document_ПоступлениеНаСчет"
        case .ut11, .erp2: "Document_ПоступлениеБезналичныхДенежныхСредств"
        }
    }

    var cashReceipts: String {
        self == .unf3 ? "Document_ПоступлениеВКассу" : "Document_ПриходныйКассовыйОрдер"
    }
}
