/// A field of a row that an HTTP service gives, with both its names.
struct ServiceField: Sendable {
    var russian: String
    var latin: String
    var value: ODataValue
    /// The rows, where the field is a list.
    var rows: [[ServiceField]]?

    init(_ russian: String, _ latin: String, _ value: ODataValue) {
        self.russian = russian
        self.latin = latin
        self.value = value
    }

    init(_ russian: String, _ latin: String, rows: [[ServiceField]]) {
        self.init(russian, latin, .null)
        self.rows = rows
    }
}

/// What the service gives out.
enum ServiceEntity: String, CaseIterable {
    case counterparties, contacts, products, prices, stock, orders, payments, users

    /// How the service calls the list in Russian.
    var title: String {
        switch self {
        case .counterparties: "Контрагенты"
        case .contacts: "КонтактныеЛица"
        case .products: "Номенклатура"
        case .prices: "Цены"
        case .stock: "Остатки"
        case .orders: "Заказы"
        case .payments: "Оплаты"
        case .users: "Пользователи"
        }
    }

    /// All rows.
    func rows(of world: World) -> [[ServiceField]] {
        let records = world.infobase
        return switch self {
        case .counterparties:
            world.counterparties.filter { !$0.flags.contains(.folder) }.map(\.serviceRow)
        case .contacts: records.contacts.map(\.serviceRow)
        case .products:
            records.products.map { $0.serviceRow(group: records.productGroups[Int($0.group)].key) }
        case .prices:
            records.prices.filter(\.isLast).map { $0.serviceRow(in: world) }
        case .stock: records.stock.map { $0.serviceRow(in: world) }
        case .orders: records.orders.map { $0.serviceRow(in: world) }
        case .payments: records.receipts.map { $0.serviceRow(in: world) }
        case .users:
            records.users.map {
                [
                    ServiceField("Ссылка", "guid", .guid($0.key)),
                    ServiceField("Наименование", "name", .string($0.description)),
                    ServiceField("Email", "email", .string($0.email)),
                    ServiceField("Подразделение", "department", .string($0.department)),
                    ServiceField("Недействителен", "is_invalid", .boolean($0.isInvalid)),
                ]
            }
        }
    }
}

extension Counterparty {
    /// What the service says of a counterparty: the kind by its synonym, not by its name.
    fileprivate var serviceRow: [ServiceField] {
        let kinds: [Organization.Kind: String] = [
            .company: "Юридическое лицо", .soleProprietor: "Индивидуальный предприниматель",
            .person: "Физическое лицо", .foreign: "Юридическое лицо (нерезидент)",
        ]
        func contact(_ type: String) -> ODataValue {
            let own = contactRows.filter { $0.kind.type == type }
            return .string(own.min { $0.kind.rawValue < $1.kind.rawValue }?.text ?? "")
        }
        return [
            ServiceField("Ссылка", "guid", .guid(key)),
            ServiceField("Код", "code", .string(codeText)),
            ServiceField("Наименование", "name", .string(description)),
            ServiceField("НаименованиеПолное", "full_name", .string(fullName)),
            ServiceField("ВидКонтрагента", "kind", .string(kinds[kind] ?? "")),
            ServiceField("ИНН", "inn", .string(taxID)), ServiceField("КПП", "kpp", .string(kpp)),
            ServiceField("ОГРН", "ogrn", .string(registrationNumber)),
            ServiceField("Телефон", "phone", contact("Телефон")),
            ServiceField("Email", "email", contact("АдресЭлектроннойПочты")),
            ServiceField("Адрес", "address", contact("Адрес")),
            ServiceField("ПометкаУдаления", "is_deleted", .boolean(flags.contains(.deleted))),
            ServiceField("ДатаСоздания", "created_at", .moment(createdAt)),
        ]
    }
}

extension ContactPerson {
    fileprivate var serviceRow: [ServiceField] {
        [
            ServiceField("Ссылка", "guid", .guid(key)),
            ServiceField("Владелец", "owner", .guid(owner)),
            ServiceField("Наименование", "name", .string(description)),
            ServiceField("Должность", "position", .string(Positions.all[Int(position)])),
            ServiceField("Телефон", "phone", .string(phone?.text ?? "")),
            ServiceField("Email", "email", .string(email?.text ?? "")),
            ServiceField("ПометкаУдаления", "is_deleted", .boolean(isDeleted)),
        ]
    }
}

extension Product {
    fileprivate func serviceRow(group: GUID) -> [ServiceField] {
        [
            ServiceField("Ссылка", "guid", .guid(key)),
            ServiceField("Родитель", "parent", .guid(group)),
            ServiceField("Код", "code", .string(codeText)),
            ServiceField("Наименование", "name", .string(description)),
            ServiceField("Артикул", "article", .string(article)),
            ServiceField("Штрихкод", "barcode", .string(barcode)),
            ServiceField("ЕдиницаИзмерения", "unit", .string(measure.symbol)),
            ServiceField("СтавкаНДС", "vat", .string(vat.title)),
            ServiceField("ЭтоУслуга", "is_service", .boolean(kind == .service)),
            ServiceField("ПометкаУдаления", "is_deleted", .boolean(isDeleted)),
        ]
    }
}

extension PriceRecord {
    fileprivate func serviceRow(in world: World) -> [ServiceField] {
        [
            ServiceField(
                "Номенклатура", "product", .guid(world.infobase.products[Int(product)].key)),
            ServiceField(
                "Характеристика", "variant", .guid(world.characteristicKey(characteristic))),
            ServiceField("ВидЦены", "price_type", .string(kind.title)),
            ServiceField("Цена", "price", .money(price)),
            ServiceField("Валюта", "currency", .string("RUB")),
            ServiceField("Период", "period", .moment(period)),
        ]
    }
}

extension StockBalance {
    fileprivate func serviceRow(in world: World) -> [ServiceField] {
        [
            ServiceField(
                "Номенклатура", "product", .guid(world.infobase.products[Int(product)].key)),
            ServiceField(
                "Характеристика", "variant", .guid(world.characteristicKey(characteristic))),
            ServiceField("Склад", "warehouse", .string(warehouse.title)),
            ServiceField("Количество", "quantity", .quantity(quantity)),
            ServiceField("Резерв", "reserved", .quantity(reserved)),
        ]
    }
}

extension CustomerOrder {
    fileprivate func serviceRow(in world: World) -> [ServiceField] {
        let lines = OrderLineRow.all(of: self, in: world).map { row in
            [
                ServiceField("Номенклатура", "product", .guid(row.product.key)),
                ServiceField("Характеристика", "variant", .guid(row.characteristic)),
                ServiceField("Количество", "quantity", .quantity(row.line.quantity)),
                ServiceField("Цена", "price", .money(row.line.price)),
                ServiceField("Сумма", "sum", .money(row.line.sumWithVAT)),
                ServiceField("СтавкаНДС", "vat", .string(row.line.vat.title)),
            ]
        }
        return [
            ServiceField("Ссылка", "guid", .guid(key)),
            ServiceField("Номер", "number", .string(number.text)),
            ServiceField("Дата", "date", .moment(date)),
            ServiceField("Контрагент", "counterparty", .guid(counterpartyKey)),
            ServiceField("Сумма", "total", .money(total)),
            ServiceField("Оплачено", "paid", .money(paid)),
            ServiceField("Валюта", "currency", .string(currency.code)),
            ServiceField("Состояние", "state", .string(state.stateName)),
            ServiceField(
                "Менеджер", "manager",
                .string(world.infobase.users[Int(manager)].description)),
            ServiceField("Проведен", "is_posted", .boolean(isPosted)),
            ServiceField("Товары", "lines", rows: lines),
        ]
    }
}

extension MoneyReceipt {
    fileprivate func serviceRow(in world: World) -> [ServiceField] {
        [
            ServiceField("Ссылка", "guid", .guid(key)),
            ServiceField("Номер", "number", .string(number.text)),
            ServiceField("Дата", "date", .moment(date)),
            ServiceField("Контрагент", "counterparty", .guid(counterpartyKey)),
            ServiceField("Сумма", "amount", .money(amount)),
            ServiceField("Валюта", "currency", .string(currency.code)),
            ServiceField("Наличные", "is_cash", .boolean(isCash)),
            ServiceField("Назначение", "purpose", .string(purpose)),
            ServiceField("Проведен", "is_posted", .boolean(isPosted)),
        ]
    }
}
