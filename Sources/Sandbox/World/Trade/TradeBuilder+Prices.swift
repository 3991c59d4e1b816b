extension TradeBuilder {
    /// The price of a product or variant of one kind: what one record of each side says.
    private struct PriceSlot {
        var product: Int32
        var characteristic: Int32
        var kind: PriceKind
    }

    /// Makes the prices on both sides: retail and wholesale on both, purchase in 1C only.
    mutating func makePrices() {
        findCatalogPlaces()
        let slots = priceSlots()
        let fates = FateTable<PriceFate>(
            count: slots.count, space: .price, options: options,
            isTaken: { !slots[$0].kind.isInPortal || !isComparable(Int(slots[$0].product)) })
        for index in slots.indices { makePrice(slots[index], index, fates) }
        addPricesOfPortalOnly()
        portal.prices.sort { $0.id < $1.id }
    }

    private func priceSlots() -> [PriceSlot] {
        var slots: [PriceSlot] = []
        for place in 0..<productCount {
            let product = infobase.products[place]
            let variants: [Int32] =
                product.characteristics.isEmpty ? [-1] : Array(product.characteristics)
            for variant in variants {
                for kind in [PriceKind.retail, .wholesale, .purchase]
                where kind == .retail || product.kind == .goods {
                    slots.append(
                        PriceSlot(product: Int32(place), characteristic: variant, kind: kind))
                }
            }
        }
        return slots
    }

    /// The price of a product and kind before any night.
    func price(_ product: Int32, _ characteristic: Int32, _ kind: PriceKind) -> Kopecks {
        var price = basePrices[Int(product)]
        if characteristic >= 0 { price += price * Int64(characteristic % 4) / 50 }
        return switch kind {
        case .retail, .base: price
        case .wholesale: Arithmetic.share(price, percent: 85)
        case .purchase: Arithmetic.share(price, percent: 60)
        }
    }

    private mutating func makePrice(
        _ slot: PriceSlot, _ index: Int, _ fates: FateTable<PriceFate>
    ) {
        let isShared = slot.kind.isInPortal
        let (fate, revisions) = isShared ? fates.fate(index) : (nil, 0)
        var random = KeySpace.price.random(index, seed: seed)
        let base = price(slot.product, slot.characteristic, slot.kind)
        let price = Arithmetic.share(base, percent: 100 + 3 * revisions)
        let place = isShared ? catalogPlace(slot.product, slot.characteristic) : -1
        let right = place < 0 ? nil : catalogPrice(slot, place, price, index)
        let id = infobase.registerID(
            slot.product, slot.characteristic, slot.kind.key)
        if fate != .missingLeft {
            addHistory(slot, base, random: &random)
            // A night's change is a record of its own.
            for revision in 0..<revisions {
                addRecord(
                    slot, Arithmetic.share(base, percent: 103 + 3 * revision),
                    at: Self.lastDay + UInt32(options.changes.count - revisions + revision)
                        * 86_400)
            }
        }
        guard let right else {
            if isShared {
                note(
                    .missing, "price", nil, .right, Concerned(id, []), "consequence",
                    isRequired: false)
            }
            return
        }
        guard isComparable(Int(slot.product)) else {
            portal.prices.append(right)
            note(
                .missing, "price", nil, .right, Concerned(id, []), "consequence", isRequired: false)
            note(
                .missing, "price", nil, .left, Concerned(nil, [right.id]), "consequence",
                isRequired: false)
            if let other = claimed(by: slot.product) {
                let id = infobase.registerID(other.product, -1, slot.kind.key)
                let theirs = portal.products[Int(other.place)].id * 8 + Int64(slot.kind.rawValue)
                noteMixedUp("price", id, [theirs, right.id], fields: ["price"])
            }
            return
        }
        appendSpoilt(right, id, fate, random: &random)
    }

    private func catalogPrice(
        _ slot: PriceSlot, _ place: Int32, _ price: Kopecks, _ index: Int
    ) -> CatalogPrice {
        let owner = portal.products[Int(place)]
        return CatalogPrice(
            id: owner.id * 8 + Int64(slot.kind.rawValue), productID: owner.id, product: place,
            kind: slot.kind, price: price, modifiedAt: owner.modifiedAt)
    }

    private mutating func appendSpoilt(
        _ price: CatalogPrice, _ left: String, _ fate: PriceFate?, random: inout RandomSource
    ) {
        var right = price
        let pair = Concerned(left, [right.id])
        switch fate {
        case nil, .partner: break
        case .missingLeft:
            note(.missing, "price", nil, .left, Concerned(nil, [right.id]), "not_in_1c")
        case .missingRight:
            note(.missing, "price", nil, .right, Concerned(left, []), "not_in_crm")
            return
        case .duplicateRight:
            var copy = right
            copy.id += 4
            copy.modifiedAt += 5_000_000
            portal.prices.append(copy)
            note(
                .duplicate, "price", nil, .right, Concerned(left, [right.id, copy.id]),
                "kept_twice")
        case .priceDiffers:
            let percent = random.pick([80, 90, 95, 105, 110, 120])
            right.price = max(1, Arithmetic.share(right.price, percent: percent))
            if right.price == price.price { right.price += 10 }
            note(.mismatch, "price", "price", nil, pair, "differs")
        case .invalidPrice:
            right.price = 0
            note(.invalid, "price", "price", .right, pair, "not_above_zero")
            note(.mismatch, "price", "price", nil, pair, "consequence", isRequired: false)
        }
        portal.prices.append(right)
    }

    // MARK: 1C's records

    private mutating func addHistory(
        _ slot: PriceSlot, _ price: Kopecks, random: inout RandomSource
    ) {
        let period = Self.firstDay + UInt32(random.below(30_000_000))
        guard random.chance(0.35) else { return addRecord(slot, price, at: period) }
        addRecord(slot, Arithmetic.share(price, percent: random.within(80...97)), at: period)
        addRecord(slot, price, at: period + UInt32(random.within(1_000_000...40_000_000)))
    }

    /// Adds a record that takes the place of the one before it.
    private mutating func addRecord(_ slot: PriceSlot, _ price: Kopecks, at period: UInt32) {
        if let last = infobase.prices.last, last.product == slot.product,
            last.characteristic == slot.characteristic, last.kind == slot.kind
        {
            infobase.prices[infobase.prices.count - 1].isLast = false
        }
        infobase.prices.append(
            PriceRecord(
                period: period,
                // Prices are set by some four documents a month.
                recorder: KeySpace.price.key(Int(period / 650_000), seed: seed),
                product: slot.product, characteristic: slot.characteristic, kind: slot.kind,
                price: price, measure: infobase.products[Int(slot.product)].measure, isLast: true))
    }

    private mutating func addPricesOfPortalOnly() {
        for (place, record) in portal.products.enumerated() where record.product >= 1_000_000 {
            var random = KeySpace.price.random(Int(record.product), purpose: 1, seed: seed)
            let price = CatalogPrice(
                id: record.id * 8, productID: record.id, product: Int32(place), kind: .retail,
                price: Kopecks(random.within(50_000...500_000)), modifiedAt: record.modifiedAt)
            portal.prices.append(price)
            note(
                .missing, "price", nil, .left, Concerned(nil, [price.id]), "consequence",
                isRequired: false)
        }
    }
}
