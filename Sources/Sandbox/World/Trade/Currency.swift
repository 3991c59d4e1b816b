/// A currency that the company trades in.
enum Currency: Int, CaseIterable, Sendable {
    case rouble = 643
    case dollar = 840
    case euro = 978
    case yuan = 156

    /// The reference in `Catalog_Валюты`, the same in every world.
    var key: GUID { KeySpace.currency.key(rawValue) }
    /// `CURRENCY_ID`.
    var code: String {
        switch self {
        case .rouble: "RUB"
        case .dollar: "USD"
        case .euro: "EUR"
        case .yuan: "CNY"
        }
    }
    /// The short name that an infobase gives it.
    var symbol: String { self == .rouble ? "руб." : code }
    var title: String {
        switch self {
        case .rouble: "Российский рубль"
        case .dollar: "Доллар США"
        case .euro: "Евро"
        case .yuan: "Китайский юань"
        }
    }
    /// Roubles for one, which stay the same all the time.
    var rate: Int64 {
        switch self {
        case .rouble: 1
        case .dollar: 80
        case .euro: 92
        case .yuan: 11
        }
    }

    /// A price in roubles as one in this currency; never nothing.
    func price(roubles: Kopecks) -> Kopecks {
        self == .rouble ? roubles : max(1, Arithmetic.divide(roubles, by: rate))
    }

    /// An amount as exports write it where they have no column for currencies: `99.50 USD`, and roubles
    /// without a word.
    func text(_ amount: Kopecks) -> String {
        self == .rouble ? Arithmetic.text(amount) : "\(Arithmetic.text(amount)) \(code)"
    }
}
