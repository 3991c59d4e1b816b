/// What came to a warehouse or left it; balances are what remains.
struct StockMovement: Sendable {
    /// The place of the balance in ``InfobaseRecords/stock``.
    var balance: Int32
    var isReceipt: Bool

    /// The movements of a world, recorder by recorder: receipts of ten balances at a time, then
    /// what left of every third.
    static func all(of world: World) -> [StockMovement] {
        let balances = world.infobase.stock.indices
        return balances.map { StockMovement(balance: Int32($0), isReceipt: true) }
            + balances.filter { $0 % 3 == 0 }.map {
                StockMovement(balance: Int32($0), isReceipt: false)
            }
    }

    /// What left of a balance before today.
    private func left(_ balance: StockBalance) -> Thousandths {
        self.balance % 3 == 0 ? 2000 * Thousandths(self.balance % 7 + 1) : 0
    }

    func quantity(in world: World) -> Thousandths {
        let balance = world.infobase.stock[Int(balance)]
        return isReceipt ? balance.quantity + left(balance) : left(balance)
    }

    func reserve(in world: World) -> Thousandths {
        isReceipt ? world.infobase.stock[Int(balance)].reserved : 0
    }

    func product(in world: World) -> Product {
        world.infobase.products[Int(world.infobase.stock[Int(balance)].product)]
    }

    /// What the goods cost when they came: a third below the first price that 1C knows.
    func cost(in world: World) -> Kopecks {
        Arithmetic.sum(Kopecks(10_000 + product(in: world).code % 50_000), quantity(in: world))
    }

    /// The document: a purchase or a sale, which is not published.
    func recorder(in world: World) -> (key: GUID, set: String) {
        let number = Int(balance) / 10 * 2 + (isReceipt ? 0 : 1)
        return (
            KeySpace.unknown.key(number, seed: world.options.seed),
            isReceipt ? "Document_ПоступлениеТоваровУслуг" : "Document_РеализацияТоваровУслуг"
        )
    }

    var period: UInt32 {
        let batch = UInt32(balance) / 10
        return isReceipt
            ? TradeBuilder.firstDay + batch % 300 * 86_400
            : TradeBuilder.lastDay - batch % 100 * 86_400
    }
}

extension SetMaker {
    /// The registers of what lies in the warehouses.
    var stock: [any ODataSet] {
        switch configuration {
        case .bp30: accounting
        case .unf3: smallFirmStock
        case .ut11, .erp2: tradeStock + freeStock
        }
    }

    private func movements(_ register: String) -> ColumnList<StockMovement> {
        let world = world
        var list = columns("\(register)_RecordType", StockMovement.self)
        list.composite("Recorder", isKey: true) { $0.recorder(in: world) }
        list.moment("Period", \.period)
        list.long("LineNumber", isKey: true) { Int64($0.balance % 10) + 1 }
        list.flag("Active") { _ in true }
        list.string("RecordType") { $0.isReceipt ? "Receipt" : "Expense" }
        return list
    }

    private func dimensions(_ list: inout ColumnList<StockMovement>) {
        let world = world
        list.reference("Номенклатура", to: "Catalog_Номенклатура") { $0.product(in: world).key }
        list.reference("Характеристика", to: "Catalog_ХарактеристикиНоменклатуры") {
            world.characteristicKey(world.infobase.stock[Int($0.balance)].characteristic)
        }
    }

    private func warehouse(_ list: inout ColumnList<StockMovement>, _ name: String) {
        let world = world
        list.reference(name, to: configuration.warehouses) {
            world.infobase.stock[Int($0.balance)].warehouse.key
        }
    }

    private func register(
        _ name: String, _ list: ColumnList<StockMovement>, dimensions: [String],
        resources: [String]
    ) -> [any ODataSet] {
        let records = set("\(name)_RecordType", StockMovement.all(of: world), list)
        let tables = [AccumulationTable.Kind.balance, .turnovers, .balanceAndTurnovers].map {
            AccumulationTable(
                register: name, records: records, dimensions: dimensions, resources: resources,
                kind: $0)
        }
        return [RecordSetSet(name, of: records, virtualTables: tables), records]
    }

    private var tradeStock: [any ODataSet] {
        let name = "AccumulationRegister_ТоварыНаСкладах"
        let world = world
        var list = movements(name)
        dimensions(&list)
        list.blank("Назначение_Key")
        warehouse(&list, "Склад")
        list.blank("Помещение_Key Серия_Key")
        list.quantity("ВНаличии") { $0.quantity(in: world) }
        list.quantity("КОтгрузке") { $0.reserve(in: world) }
        list.blank("КонтролироватьОстатки:b Сторно:b")
        return register(
            name, list,
            dimensions: [
                "Номенклатура", "Характеристика", "Назначение", "Склад", "Помещение", "Серия",
            ], resources: ["ВНаличии", "КОтгрузке"])
    }

    private var freeStock: [any ODataSet] {
        let name = "AccumulationRegister_СвободныеОстатки"
        let world = world
        var list = movements(name)
        dimensions(&list)
        warehouse(&list, "Склад")
        list.quantity("ВНаличии") { $0.quantity(in: world) }
        list.quantity("ВРезервеСоСклада") { $0.reserve(in: world) }
        list.blank("ВРезервеПодЗаказ:d")
        return register(
            name, list, dimensions: ["Номенклатура", "Характеристика", "Склад"],
            resources: ["ВНаличии", "ВРезервеСоСклада", "ВРезервеПодЗаказ"])
    }

    private var smallFirmStock: [any ODataSet] {
        let name = "AccumulationRegister_Запасы"
        let world = world
        var list = movements(name)
        let firm = world.infobase.firms.first?.key ?? .zero
        list.reference("Организация", to: "Catalog_Организации") { _ in firm }
        list.composite("СтруктурнаяЕдиница") { [warehouses = configuration.warehouses] in
            (world.infobase.stock[Int($0.balance)].warehouse.key, warehouses)
        }
        dimensions(&list)
        list.blank("Партия_Key")
        list.quantity("Количество") { $0.quantity(in: world) }
        list.money("Сумма") { $0.cost(in: world) }
        return register(
            name, list,
            dimensions: [
                "Организация", "СтруктурнаяЕдиница", "Номенклатура", "Характеристика", "Партия",
            ], resources: ["Количество", "Сумма"])
    }

    // MARK: Accounting

    /// `AccountingRegister_Хозрасчетный`: goods on account 41.01, by item and warehouse.
    private var accounting: [any ODataSet] {
        let name = "AccountingRegister_Хозрасчетный"
        let world = world
        var records = columns("\(name)_RecordType", StockMovement.self)
        records.composite("Recorder", isKey: true) { $0.recorder(in: world) }
        records.moment("Period", \.period)
        records.long("LineNumber", isKey: true) { Int64($0.balance % 10) + 1 }
        records.flag("Active") { _ in true }
        for side in ["Dr", "Cr"] {
            let isGoods = { @Sendable (movement: StockMovement) in
                movement.isReceipt == (side == "Dr")
            }
            records.reference("Account\(side)", to: Account.set) {
                (isGoods($0) ? Account.goods : $0.isReceipt ? .suppliers : .costOfSales).key
            }
            records.composite("ExtDimension\(side)1") {
                isGoods($0) ? ($0.product(in: world).key, "Catalog_Номенклатура") : nil
            }
            records.composite("ExtDimension\(side)2") {
                isGoods($0)
                    ? (world.infobase.stock[Int($0.balance)].warehouse.key, "Catalog_Склады") : nil
            }
            records.quantity("Количество\(side)") { isGoods($0) ? $0.quantity(in: world) : 0 }
        }
        let firm = world.infobase.firms.first?.key ?? .zero
        records.reference("Организация", to: "Catalog_Организации") { _ in firm }
        records.money("Сумма") { $0.cost(in: world) }
        records.blank("Содержание ВалютаDr_Key ВалютаCr_Key")
        let published = set(
            "\(name)_RecordType", StockMovement.all(of: world), records)
        let balance = AccumulationTable(
            register: name, records: goodsMovements,
            dimensions: [
                "Account", "ExtDimension1", "ExtDimension2", "ExtDimension3", "Организация",
                "Валюта",
            ],
            resources: ["Сумма", "Количество"], kind: .accounting)
        return [RecordSetSet(name, of: published, virtualTables: [balance]), published]
    }

    /// The side of the account of goods, as the balance sees it.
    private var goodsMovements: any ODataSet {
        let world = world
        var list = columns("AccountingRegister_Хозрасчетный_Balance", StockMovement.self)
        list.moment("Period", \.period)
        list.string("RecordType") { $0.isReceipt ? "Receipt" : "Expense" }
        list.reference("Account", to: Account.set) { _ in Account.goods.key }
        list.composite("ExtDimension1") { ($0.product(in: world).key, "Catalog_Номенклатура") }
        list.composite("ExtDimension2") {
            (world.infobase.stock[Int($0.balance)].warehouse.key, "Catalog_Склады")
        }
        // Batches are not kept.
        list.composite("ExtDimension3") { _ in nil }
        let firm = world.infobase.firms.first?.key ?? .zero
        list.reference("Организация", to: "Catalog_Организации") { _ in firm }
        list.blank("Валюта_Key")
        list.money("Сумма") { $0.cost(in: world) }
        list.quantity("Количество") { $0.quantity(in: world) }
        return set(
            "AccountingRegister_Хозрасчетный_Balance", StockMovement.all(of: world), list)
    }

    /// `ChartOfAccounts_Хозрасчетный`, as far as goods need it.
    var accounts: (any ODataSet)? {
        guard configuration == .bp30 else { return nil }
        var list = columns(Account.set, Account.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Code", \.rawValue)
        list.string("Description", \.title)
        list.string("Type") { $0 == .suppliers ? "ActivePassive" : "Active" }
        list.flag("Количественный") { $0 == .goods }
        list.blank("Parent_Key Order OffBalance:b ЗапретитьИспользоватьВПроводках:b Валютный:b")
        list.predefined { $0 == .goods ? "ТоварыНаСкладах" : "" }
        list.presentation = \.rawValue
        return set(Account.set, Account.allCases, list)
    }
}

/// An account of the chart.
private enum Account: String, CaseIterable, Sendable {
    case goods = "41.01"
    case suppliers = "60.01"
    case costOfSales = "90.02.1"

    static let set = "ChartOfAccounts_Хозрасчетный"

    /// The reference, the same in every world.
    var key: GUID { GUID(seed: 0xACC0, of: UInt64(index)) }

    private var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    var title: String {
        switch self {
        case .goods: "Товары на складах"
        case .suppliers: "Расчеты с поставщиками и подрядчиками"
        case .costOfSales: "Себестоимость продаж"
        }
    }
}
