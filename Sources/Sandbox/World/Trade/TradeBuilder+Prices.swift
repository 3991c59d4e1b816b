extension TradeBuilder {
    /// Makes the prices on both sides: retail and wholesale on both, purchase in 1C only.
    mutating func makePrices() {
        for place in infobase.products.indices {
            let product = infobase.products[place]
            let variants: [Int32] =
                product.characteristics.isEmpty ? [-1] : Array(product.characteristics)
            for variant in variants {
                for kind in PriceKind.allCases where kind.isInInfobase {
                    guard kind == .retail || product.kind == .goods else { continue }
                    makePrice(Int32(place), variant, kind)
                }
            }
        }
        addPortalPrices()
    }

    /// The price of a product and kind, as it is now.
    func price(_ product: Int32, _ characteristic: Int32, _ kind: PriceKind) -> Kopecks {
        var price = basePrices[Int(product)]
        if characteristic >= 0 { price += price * Int64(characteristic % 4) / 50 }
        return switch kind {
        case .retail, .base: price
        case .wholesale: Arithmetic.share(price, percent: 85)
        case .purchase: Arithmetic.share(price, percent: 60)
        }
    }

    private mutating func makePrice(_ product: Int32, _ characteristic: Int32, _ kind: PriceKind) {
        let slot =
            Int(characteristic < 0 ? product : 100_000 + characteristic) * 4
            + Int(kind.rawValue)
        var random = KeySpace.price.random(slot, seed: seed)
        let price = price(product, characteristic, kind)
        var record = PriceRecord(
            period: Self.firstDay + UInt32(random.below(30_000_000)), recorder: .zero,
            product: product, characteristic: characteristic, kind: kind, price: price,
            measure: infobase.products[Int(product)].measure, isLast: true)
        record.recorder = Self.priceDocument(record.period, seed: seed)
        if random.chance(0.35) {
            var earlier = record
            earlier.price = Arithmetic.share(price, percent: random.within(80...97))
            earlier.isLast = false
            infobase.prices.append(earlier)
            record.period += UInt32(random.within(1_000_000...40_000_000))
            record.recorder = Self.priceDocument(record.period, seed: seed)
        }
        infobase.prices.append(record)
    }

    /// Prices are set by some four documents a month.
    private static func priceDocument(_ period: UInt32, seed: UInt64) -> GUID {
        KeySpace.price.key(Int(period / 650_000), seed: seed)
    }

    private mutating func addPortalPrices() {
        for place in portal.products.indices {
            let record = portal.products[place]
            guard record.kind != .withOffers else { continue }
            let product = infobase.products[Int(record.product)]
            let characteristic =
                record.variant < 0 ? -1 : product.characteristics.lowerBound + record.variant
            for kind in [PriceKind.retail, .wholesale] {
                guard kind == .retail || product.kind == .goods else { continue }
                portal.prices.append(
                    CatalogPrice(
                        id: record.id * 4 + Int64(kind.rawValue), productID: record.id,
                        product: Int32(place), kind: kind,
                        price: price(record.product, characteristic, kind),
                        modifiedAt: record.modifiedAt))
            }
        }
    }
}
