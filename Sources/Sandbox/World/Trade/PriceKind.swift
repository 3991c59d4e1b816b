/// A kind of price: both systems keep retail and wholesale, the portal has a base price besides,
/// 1C the purchase price.
enum PriceKind: UInt8, CaseIterable, Sendable {
    case retail, wholesale, purchase, base

    /// The name in both systems.
    var title: String {
        switch self {
        case .retail: "Розничная"
        case .wholesale: "Оптовая"
        case .purchase: "Закупочная"
        case .base: "BASE"
        }
    }

    /// Whether 1C keeps it (`Catalog_ВидыЦен`).
    var isInInfobase: Bool { self != .base }
    /// Whether the portal keeps it.
    var isInPortal: Bool { self != .purchase }
    /// Whether its prices include VAT.
    var includesVAT: Bool { self != .purchase }

    /// The reference of `Catalog_ВидыЦен`, the same in every world.
    var key: GUID { KeySpace.priceKind.key(Int(rawValue)) }

    /// The portal's price type, `catalogGroupId` of a price.
    var portalID: Int64 {
        switch self {
        case .base: 1
        case .retail: 2
        case .wholesale: 3
        case .purchase: 0
        }
    }

    /// The portal's `xmlId`: an exchange leaves 1C's reference.
    var portalXMLID: String { self == .base ? "BASE" : key.text }
}
