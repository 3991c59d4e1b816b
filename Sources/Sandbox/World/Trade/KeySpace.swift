/// Kinds of things that have 1C references and random streams of their own.
///
/// Counterparties use numbers below 2⁴⁸, so that nothing here meets them.
enum KeySpace: UInt64, Sendable {
    case measure = 1, vatRate, warehouse, priceKind, firm, bank, currency
    case department, user, contact, group, product, characteristic, price, stock
    case order, invoice, receipt, bankAccount, partner, operation, agreement, unknown

    /// The 1C reference of a thing.
    ///
    /// - Parameters:
    ///   - index: Its number among its kind, below 2⁴⁰.
    ///   - copy: 0 for the first record of it, 1 for one that was kept twice.
    ///   - seed: The world's seed; 0 for what every infobase has alike.
    /// - Returns: The reference, the same on every machine.
    func key(_ index: Int, copy: Int = 0, seed: UInt64 = 0) -> GUID {
        GUID(seed: seed, of: rawValue << 48 | UInt64(index) << 4 | UInt64(copy))
    }

    /// A random stream of a thing, one for each purpose.
    func random(_ index: Int, purpose: UInt64 = 0, seed: UInt64) -> RandomSource {
        RandomSource(seed: seed, stream: rawValue << 48 | UInt64(index) << 4 | purpose)
    }
}
