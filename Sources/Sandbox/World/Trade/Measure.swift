/// A unit of measure of the all-Russian classifier (ОКЕИ).
enum Measure: UInt8, CaseIterable, Sendable {
    case piece, kilogram, tonne, litre, metre, squareMetre, cubicMetre, pack, set, hour, unit

    /// Three digits: `796`.
    var code: String {
        switch self {
        case .piece: "796"
        case .kilogram: "166"
        case .tonne: "168"
        case .litre: "112"
        case .metre: "006"
        case .squareMetre: "055"
        case .cubicMetre: "113"
        case .pack: "778"
        case .set: "839"
        case .hour: "356"
        case .unit: "642"
        }
    }

    /// «шт», as in lists.
    var symbol: String {
        switch self {
        case .piece: "шт"
        case .kilogram: "кг"
        case .tonne: "т"
        case .litre: "л"
        case .metre: "м"
        case .squareMetre: "м2"
        case .cubicMetre: "м3"
        case .pack: "упак"
        case .set: "компл"
        case .hour: "ч"
        case .unit: "ед"
        }
    }

    /// «Штука».
    var title: String {
        switch self {
        case .piece: "Штука"
        case .kilogram: "Килограмм"
        case .tonne: "Тонна"
        case .litre: "Литр"
        case .metre: "Метр"
        case .squareMetre: "Квадратный метр"
        case .cubicMetre: "Кубический метр"
        case .pack: "Упаковка"
        case .set: "Комплект"
        case .hour: "Час"
        case .unit: "Единица"
        }
    }

    /// The international letters: `PCE`.
    var international: String {
        switch self {
        case .piece: "PCE"
        case .kilogram: "KGM"
        case .tonne: "TNE"
        case .litre: "LTR"
        case .metre: "MTR"
        case .squareMetre: "MTK"
        case .cubicMetre: "MTQ"
        case .pack: "NMP"
        case .set: "SET"
        case .hour: "HUR"
        case .unit: "NAR"
        }
    }

    /// The reference of 1C's classifier, the same in every world.
    var key: GUID { KeySpace.measure.key(Int(rawValue)) }

    /// The portal's id: not the code, and not in its order.
    var portalID: Int64 { self == .piece ? 5 : Int64(rawValue) * 2 + 7 }

    /// Whether goods are sold by fractions of it.
    var isDivisible: Bool {
        switch self {
        case .piece, .pack, .set, .unit: false
        default: true
        }
    }
}
