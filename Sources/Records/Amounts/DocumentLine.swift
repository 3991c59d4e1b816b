/// A line of a document as records keep it: what, how much of it, for how much.
///
/// A field of type ``FieldType/line`` keeps each line as one text, parts separated by tabs, so that
/// lines are stored, hashed and carried like any other texts.
public struct DocumentLine: Hashable, Sendable {
    /// The id that the source gives the product; `nil` for free text.
    public var product: String?
    /// What the source calls it.
    public var name: String?
    /// How much of it, in the unit of the line.
    public var quantity: Quantity?
    /// What the line adds to the document, after discounts and with VAT, in major units of the
    /// document's currency.
    public var sum: Quantity?
    /// The rate of VAT in per cent; `nil` without VAT.
    public var vat: String?

    /// Makes a line.
    public init(
        product: String? = nil, name: String? = nil, quantity: Quantity? = nil,
        sum: Quantity? = nil, vat: String? = nil
    ) {
        self.product = product
        self.name = name
        self.quantity = quantity
        self.sum = sum
        self.vat = vat
    }

    /// Reads a line as it is kept.
    ///
    /// The result is `nil` when there are not five parts, or a number is none.
    ///
    /// - Parameter text: Five parts, separated by tabs; an empty one has no value.
    public init?(_ text: String) {
        let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 5 else { return nil }
        func part(_ index: Int) -> String? { parts[index].isEmpty ? nil : String(parts[index]) }
        self.init(
            product: part(0), name: part(1), quantity: part(2).flatMap { Quantity($0) },
            sum: part(3).flatMap { Quantity($0) }, vat: part(4))
        guard (quantity == nil) == (part(2) == nil), (sum == nil) == (part(3) == nil) else {
            return nil
        }
    }

    /// The line as it is kept.
    public var text: String {
        var text = ""
        text.reserveCapacity((product?.utf8.count ?? 0) + (name?.utf8.count ?? 0) + 40)
        text += Self.withoutTabs(product)
        text += "\t"
        text += Self.withoutTabs(name)
        text += "\t"
        if let quantity { text += quantity.description }
        text += "\t"
        if let sum { text += sum.description }
        text += "\t"
        text += Self.withoutTabs(vat)
        return text
    }

    private static func withoutTabs(_ part: String?) -> String {
        guard let part else { return "" }
        let tab = UInt8(ascii: "\t")
        // The bytes themselves: by the view of the text it takes ten times as long.
        let hasTab =
            part.utf8.withContiguousStorageIfAvailable { $0.contains(tab) }
            ?? part.utf8.contains(tab)
        return hasTab ? part.replacing("\t", with: " ") : part
    }

    /// What one unit costs, rounded half away from zero to hundredths; `nil` where it cannot be told.
    public var unitPrice: Quantity? {
        guard let quantity, let sum, quantity.units != 0 else { return nil }
        // sum / quantity · 100 = sum.units · 10^(quantity.scale + 2) / (quantity.units · 10^sum.scale)
        let dividend = Int128(sum.units) * Self.power(quantity.scale + 2)
        let divisor = Int128(quantity.units) * Self.power(sum.scale)
        return Self.rounded(dividend, by: divisor).map { Quantity(units: $0, scale: 2) }
    }

    /// A price times a quantity, rounded half away from zero to hundredths.
    ///
    /// - Returns: `nil` when the product is too great.
    public static func sum(price: Quantity, quantity: Quantity) -> Quantity? {
        rounded(
            Int128(price.units) * Int128(quantity.units) * 100,
            by: power(price.scale) * power(quantity.scale)
        ).map { Quantity(units: $0, scale: 2) }
    }

    private static func power(_ exponent: UInt8) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }

    private static func rounded(_ dividend: Int128, by divisor: Int128) -> Int64? {
        let isNegative = (dividend < 0) != (divisor < 0)
        let (dividend, divisor) = (dividend.magnitude, divisor.magnitude)
        let magnitude = (dividend + divisor / 2) / divisor
        return Int64(exactly: magnitude).map { isNegative ? -$0 : $0 }
    }
}
