/// An amount of money: whole minor units of one currency, so that sums are exact.
public struct Money: Hashable, Sendable, Codable {
    /// The amount in the currency's minor unit: kopecks for rubles.
    public var minorUnits: Int64
    /// The currency's ISO 4217 code: `RUB`.
    public var currency: String

    /// Makes an amount of minor units.
    ///
    /// - Parameters:
    ///   - minorUnits: The amount in the currency's minor unit.
    ///   - currency: The ISO 4217 code.
    public init(minorUnits: Int64, currency: String = "RUB") {
        self.minorUnits = minorUnits
        self.currency = currency
    }
}
