/// A rate of the value-added tax.
enum VATRate: UInt8, CaseIterable, Sendable {
    case none, zero, ten, eighteen, twenty, twentyTwo

    /// Per cent; `nil` for sales without the tax, which differ from those at 0 %.
    var percent: Int? {
        switch self {
        case .none: nil
        case .zero: 0
        case .ten: 10
        case .eighteen: 18
        case .twenty: 20
        case .twentyTwo: 22
        }
    }

    /// The name of the value in 1C's enumeration: `НДС22`.
    var enumerationName: String { percent.map { "НДС\($0)" } ?? "БезНДС" }

    /// The name of the item in 1C's catalogue of rates: `22%`.
    var title: String { percent.map { "\($0)%" } ?? "Без НДС" }

    /// `ВидСтавкиНДС` of a product of 1C:Accounting.
    var kindName: String {
        switch self {
        case .none: "БезНДС"
        case .zero: "Нулевая"
        case .ten: "Пониженная"
        case .eighteen, .twenty, .twentyTwo: "Общая"
        }
    }

    /// The name in the portal's list: «НДС 22%».
    var portalTitle: String { percent.map { "НДС \($0)%" } ?? "Без НДС" }

    /// The reference of `Catalog_СтавкиНДС`, the same in every world.
    var key: GUID { KeySpace.vatRate.key(Int(rawValue)) }

    /// The portal's id.
    var portalID: Int64 { Int64(rawValue) * 2 + 1 }

    /// The rate of a sale at a moment: the general one was 20 % until the end of 2025.
    func at(_ seconds: UInt32) -> VATRate {
        self == .twentyTwo && seconds < VATRate.twentyTwoSince ? .twenty : self
    }

    /// The beginning of 2026 in Moscow.
    ///
    /// Source: Federal Law of 28.11.2025 № 425-ФЗ.
    static let twentyTwoSince: UInt32 = 1_767_214_800

    /// The tax within an amount that includes it.
    func included(in amount: Kopecks) -> Kopecks {
        guard let percent, percent > 0 else { return 0 }
        return Arithmetic.divide(amount * Int64(percent), by: Int64(100 + percent))
    }

    /// An amount with the tax put on top.
    func onTop(of amount: Kopecks) -> Kopecks {
        guard let percent, percent > 0 else { return amount }
        return amount + Arithmetic.share(amount, percent: percent)
    }
}
