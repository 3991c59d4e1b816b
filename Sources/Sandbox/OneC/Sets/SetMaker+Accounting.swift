/// What a movement brings to one account of goods, or takes from it.
///
/// Accountants keep some goods on two accounts at a time: bought to be sold and to be used up. Of every
/// fourth balance a third, in whole units, stands on 10.01 and the rest on 41.01; what lies in the
/// warehouse is both together.
struct GoodsMovement: Sendable {
    var movement: StockMovement
    fileprivate var account: Account

    /// The movements of a world, each on one account or on two.
    static func all(of world: World) -> [GoodsMovement] {
        StockMovement.all(of: world).flatMap { movement in
            let goods = GoodsMovement(movement: movement, account: .goods)
            guard isShared(movement.balance) else { return [goods] }
            return [goods, GoodsMovement(movement: movement, account: .materials)]
        }
    }

    /// Whether a balance stands on two accounts.
    private static func isShared(_ balance: Int32) -> Bool { balance % 4 == 1 }

    func quantity(in world: World) -> Thousandths {
        share(of: movement.quantity(in: world), unit: 1_000)
    }

    func cost(in world: World) -> Kopecks { share(of: movement.cost(in: world), unit: 1) }

    private func share(of whole: Int64, unit: Int64) -> Int64 {
        guard Self.isShared(movement.balance) else { return whole }
        let third = whole / (3 * unit) * unit
        return account == .materials ? third : whole - third
    }

    /// The line of its recorder, which has ten balances at most.
    var line: Int64 { Int64(movement.balance % 10) + (account == .materials ? 11 : 1) }
}

extension SetMaker {
    /// `AccountingRegister_Хозрасчетный`: goods on accounts 41.01 and 10.01, by item and warehouse.
    var accounting: [any ODataSet] {
        let name = "AccountingRegister_Хозрасчетный"
        let (world, warehouse) = (world, warehouseKey)
        var records = columns("\(name)_RecordType", GoodsMovement.self)
        records.composite("Recorder", isKey: true) { $0.movement.recorder(in: world) }
        records.moment("Period", \.movement.period)
        records.long("LineNumber", isKey: true, \.line)
        records.flag("Active") { _ in true }
        for side in ["Dr", "Cr"] {
            let isGoods = { @Sendable (goods: GoodsMovement) in
                goods.movement.isReceipt == (side == "Dr")
            }
            records.reference("Account\(side)", to: Account.set) { goods in
                let other: Account = goods.movement.isReceipt ? .suppliers : .costOfSales
                return (isGoods(goods) ? goods.account : other).key
            }
            records.composite("ExtDimension\(side)1") {
                isGoods($0) ? ($0.movement.product(in: world).key, "Catalog_Номенклатура") : nil
            }
            records.composite("ExtDimension\(side)2") {
                isGoods($0) ? (warehouse($0), "Catalog_Склады") : nil
            }
            records.quantity("Количество\(side)") { isGoods($0) ? $0.quantity(in: world) : 0 }
        }
        let firm = world.infobase.firms.first?.key ?? .zero
        records.reference("Организация", to: "Catalog_Организации") { _ in firm }
        records.money("Сумма") { $0.cost(in: world) }
        records.blank("Содержание ВалютаDr_Key ВалютаCr_Key")
        let published = set("\(name)_RecordType", GoodsMovement.all(of: world), records)
        let balance = AccumulationTable(
            register: name, records: goodsMovements,
            dimensions: [
                "Account", "ExtDimension1", "ExtDimension2", "ExtDimension3", "Организация",
                "Валюта",
            ],
            resources: ["Сумма", "Количество"], kind: .accounting)
        return [RecordSetSet(name, of: published, virtualTables: [balance]), published]
    }

    /// The side of the accounts of goods, as the balance sees it.
    private var goodsMovements: any ODataSet {
        let (world, warehouse) = (world, warehouseKey)
        let name = "AccountingRegister_Хозрасчетный_Balance"
        var list = columns(name, GoodsMovement.self)
        list.moment("Period", \.movement.period)
        list.string("RecordType") { $0.movement.isReceipt ? "Receipt" : "Expense" }
        list.reference("Account", to: Account.set) { $0.account.key }
        list.composite("ExtDimension1") {
            ($0.movement.product(in: world).key, "Catalog_Номенклатура")
        }
        list.composite("ExtDimension2") { (warehouse($0), "Catalog_Склады") }
        // Batches are not kept.
        list.composite("ExtDimension3") { _ in nil }
        let firm = world.infobase.firms.first?.key ?? .zero
        list.reference("Организация", to: "Catalog_Организации") { _ in firm }
        list.blank("Валюта_Key")
        list.money("Сумма") { $0.cost(in: world) }
        list.quantity("Количество") { $0.quantity(in: world) }
        return set(name, GoodsMovement.all(of: world), list)
    }

    /// Where the goods of a movement lie.
    private var warehouseKey: @Sendable (GoodsMovement) -> GUID {
        let world = world
        return { world.infobase.stock[Int($0.movement.balance)].warehouse.key }
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
        list.flag("Количественный", \.isOfGoods)
        list.blank("Parent_Key Order OffBalance:b ЗапретитьИспользоватьВПроводках:b Валютный:b")
        list.predefined(\.predefinedName)
        list.presentation = \.rawValue
        return set(Account.set, Account.allCases, list)
    }
}

/// An account of the chart.
private enum Account: String, CaseIterable, Sendable {
    case goods = "41.01"
    case suppliers = "60.01"
    case costOfSales = "90.02.1"
    case materials = "10.01"

    static let set = "ChartOfAccounts_Хозрасчетный"

    /// The reference, the same in every world.
    var key: GUID { GUID(seed: 0xACC0, of: UInt64(index)) }

    private var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    var isOfGoods: Bool { self == .goods || self == .materials }

    var title: String {
        switch self {
        case .goods: "Товары на складах"
        case .suppliers: "Расчеты с поставщиками и подрядчиками"
        case .costOfSales: "Себестоимость продаж"
        case .materials: "Сырье и материалы"
        }
    }

    var predefinedName: String {
        switch self {
        case .goods: "ТоварыНаСкладах"
        case .materials: "СырьеИМатериалы"
        case .suppliers, .costOfSales: ""
        }
    }
}
