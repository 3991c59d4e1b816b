/// A warehouse, which the portal calls a store: both systems keep the same ones by the same names.
enum Warehouse: UInt8, CaseIterable, Sendable {
    case main, shop, online, siberia

    var title: String {
        switch self {
        case .main: "Основной склад"
        case .shop: "Магазин на Ленина"
        case .online: "Склад интернет-магазина"
        case .siberia: "Склад Новосибирск"
        }
    }

    /// Where it stands.
    var address: String {
        switch self {
        case .main: "Москва, Складская ул, 4"
        case .shop: "Москва, Ленина ул, 17"
        case .online: "Подольск, Промышленная ул, 2"
        case .siberia: "Новосибирск, Станционная ул, 30"
        }
    }

    /// `ТипСклада` of 1C.
    var kindName: String { self == .shop ? "РозничныйМагазин" : "ОптовыйСклад" }

    /// The reference of `Catalog_Склады`, the same in every world.
    var key: GUID { KeySpace.warehouse.key(Int(rawValue)) }

    /// The portal's store id.
    var storeID: Int64 { Int64(rawValue) * 2 + 1 }
}
