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
}
