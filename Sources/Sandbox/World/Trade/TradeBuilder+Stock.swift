extension TradeBuilder {
    /// Makes the balances on both sides, warehouse by warehouse.
    mutating func makeStock() {
        for place in portal.products.indices {
            let record = portal.products[place]
            guard record.kind == .simple || record.kind == .offer else { continue }
            let product = infobase.products[Int(record.product)]
            let characteristic =
                record.variant < 0 ? -1 : product.characteristics.lowerBound + record.variant
            for warehouse in Warehouse.allCases {
                var random = KeySpace.stock.random(
                    Int(record.id) * 4 + Int(warehouse.rawValue), seed: seed)
                guard random.chance(warehouse == .main ? 0.9 : 0.3) else { continue }
                let balance = Self.balance(
                    record.product, characteristic, warehouse, product.measure, random: &random)
                infobase.stock.append(balance)
                portal.stock.append(
                    StoreProduct(
                        id: record.id * 8 + Int64(warehouse.rawValue), productID: record.id,
                        product: Int32(place), warehouse: warehouse, amount: balance.quantity,
                        reserved: balance.reserved))
            }
        }
    }

    private static func balance(
        _ product: Int32, _ characteristic: Int32, _ warehouse: Warehouse, _ measure: Measure,
        random: inout RandomSource
    ) -> StockBalance {
        let quantity =
            measure.isDivisible
            ? Thousandths(random.within(50...900_000))
            : Thousandths(random.within(1...600)) * 1000
        let reserved =
            random.chance(0.25)
            ? quantity / 1000 * Thousandths(random.within(1...40)) / 100 * 1000 : 0
        return StockBalance(
            product: product, characteristic: characteristic, warehouse: warehouse,
            quantity: quantity, reserved: reserved)
    }
}
