/// An amount in whole hundredths: of roubles, where nothing is said of the currency.
typealias Kopecks = Int64

/// A quantity in thousandths of its unit, as 1C counts (three decimals).
typealias Thousandths = Int64

/// Arithmetic in whole numbers, so that both sides come to the same kopeck.
enum Arithmetic {
    /// A price times a quantity, rounded half away from zero to the kopeck.
    static func sum(_ price: Kopecks, _ quantity: Thousandths) -> Kopecks {
        divide(price * quantity, by: 1000)
    }

    /// A share of an amount in per cent, rounded half away from zero to the kopeck.
    static func share(_ amount: Kopecks, percent: Int) -> Kopecks {
        divide(amount * Int64(percent), by: 100)
    }

    /// Divides by a positive number and rounds half away from zero.
    static func divide(_ value: Int64, by divisor: Int64) -> Int64 {
        (value >= 0 ? value + divisor / 2 : value - divisor / 2) / divisor
    }

    /// `1234.50`, with a point and two decimals.
    static func text(_ amount: Kopecks) -> String { text(amount, decimals: 2) }

    /// `2.5`: thousandths without needless zeros.
    static func text(quantity: Thousandths) -> String {
        var text = text(quantity, decimals: 3)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private static func text(_ value: Int64, decimals: Int) -> String {
        let unit: Int64 = decimals == 2 ? 100 : 1000
        var writer = ByteWriter(capacity: 24)
        if value < 0 { writer.byte(UInt8(ascii: "-")) }
        writer.number(Int64(value.magnitude / UInt64(unit)))
        writer.byte(UInt8(ascii: "."))
        writer.number(Int64(value.magnitude % UInt64(unit)), digits: decimals)
        return writer.text
    }
}
