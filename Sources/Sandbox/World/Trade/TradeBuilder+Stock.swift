extension TradeBuilder {
    /// What lies of a product or variant in one warehouse: what one record of each side says.
    private struct StockSlot {
        var product: Int32
        var characteristic: Int32
        var warehouse: Warehouse
    }

    /// Makes the balances on both sides, warehouse by warehouse.
    mutating func makeStock() {
        let slots = stockSlots()
        let fates = FateTable<StockFate>(
            count: slots.count, space: .stock, options: options,
            isTaken: { !isComparable(Int(slots[$0].product)) })
        for index in slots.indices { makeBalance(slots[index], index, fates) }
        addEmptyRows()
        portal.stock.sort { $0.id < $1.id }
    }

    private func stockSlots() -> [StockSlot] {
        var slots: [StockSlot] = []
        for place in 0..<productCount where infobase.products[place].kind == .goods {
            let product = infobase.products[place]
            let variants: [Int32] =
                product.characteristics.isEmpty ? [-1] : Array(product.characteristics)
            for variant in variants {
                for warehouse in Warehouse.allCases
                where isKept(Int32(place), variant, warehouse) {
                    slots.append(
                        StockSlot(
                            product: Int32(place), characteristic: variant, warehouse: warehouse))
                }
            }
        }
        return slots
    }

    private func isKept(_ product: Int32, _ characteristic: Int32, _ warehouse: Warehouse) -> Bool {
        let number = (Int(product) * 8 + Int(characteristic) % 4 + 1) * 4 + Int(warehouse.rawValue)
        var random = KeySpace.stock.random(number, purpose: 1, seed: seed)
        return random.chance(warehouse == .main ? 0.9 : 0.3)
    }

    private mutating func makeBalance(
        _ slot: StockSlot, _ index: Int, _ fates: FateTable<StockFate>
    ) {
        // Stock moves more than anything else.
        let (fate, revisions) = fates.fate(index, nightlyShare: 0.05)
        var random = KeySpace.stock.random(
            index, purpose: UInt64(2 + min(revisions, 10)), seed: seed)
        let left = balance(slot, planned: fates.planned(index), random: &random)
        let place = catalogPlace(slot.product, slot.characteristic)
        let id = infobase.registerID(
            slot.product, slot.characteristic, slot.warehouse.key)
        guard place >= 0 else {
            infobase.stock.append(left)
            note(
                .missing, "stock", nil, .right, Concerned(id, []), "consequence", isRequired: false)
            return
        }
        let owner = portal.products[Int(place)]
        let right = StoreProduct(
            id: owner.id * 8 + Int64(slot.warehouse.rawValue), productID: owner.id,
            product: place, warehouse: slot.warehouse, amount: left.quantity,
            reserved: left.reserved)
        guard isComparable(Int(slot.product)) else {
            infobase.stock.append(left)
            portal.stock.append(right)
            note(
                .missing, "stock", nil, .right, Concerned(id, []), "consequence", isRequired: false)
            note(
                .missing, "stock", nil, .left, Concerned(nil, [right.id]), "consequence",
                isRequired: false)
            if let other = claimed(by: slot.product) {
                let id = infobase.registerID(other.product, -1, slot.warehouse.key)
                let theirs =
                    portal.products[Int(other.place)].id * 8 + Int64(slot.warehouse.rawValue)
                noteMixedUp("stock", id, [theirs, right.id], fields: ["quantity", "reserved"])
            }
            return
        }
        appendSpoilt(left, right, id, fate, random: &random)
    }

    private func balance(
        _ slot: StockSlot, planned: StockFate?, random: inout RandomSource
    ) -> StockBalance {
        let measure = infobase.products[Int(slot.product)].measure
        let quantity =
            measure.isDivisible
            ? Thousandths(random.within(50...900_000))
            : Thousandths(random.within(1...600)) * 1000
        let isReserved = random.chance(0.25) || planned == .reservedDiffers
        let reserved =
            isReserved && quantity >= 2000
            ? Thousandths(random.within(1...Int(quantity / 2000))) * 1000 : 0
        return StockBalance(
            product: slot.product, characteristic: slot.characteristic,
            warehouse: slot.warehouse, quantity: quantity, reserved: reserved)
    }

    private mutating func appendSpoilt(
        _ balance: StockBalance, _ stored: StoreProduct, _ id: String, _ fate: StockFate?,
        random: inout RandomSource
    ) {
        var (left, right) = (balance, stored)
        let pair = Concerned(id, [right.id])
        switch fate {
        case nil, .partner: break
        case .missingLeft:
            portal.stock.append(right)
            return note(.missing, "stock", nil, .left, Concerned(nil, [right.id]), "not_in_1c")
        case .missingRight:
            infobase.stock.append(left)
            return note(.missing, "stock", nil, .right, Concerned(id, []), "not_in_crm")
        case .quantityDiffers:
            right.amount += Thousandths(random.within(1...30)) * 1000
            note(.mismatch, "stock", "quantity", nil, pair, "differs")
        case .reservedDiffers:
            right.reserved += Thousandths(random.within(1...5)) * 1000
            note(.mismatch, "stock", "reserved", nil, pair, "differs")
        case .negative:
            left.quantity = -left.quantity
            left.reserved = 0
            right.amount = 0
            right.reserved = 0
            note(.invalid, "stock", "quantity", .left, pair, "below_zero")
            note(.mismatch, "stock", "quantity", nil, pair, "consequence", isRequired: false)
        }
        infobase.stock.append(left)
        portal.stock.append(right)
    }

    /// The portal keeps rows of what is sold out; a balance in 1C has none.
    private mutating func addEmptyRows() {
        for (place, record) in portal.products.enumerated()
        where record.product < productCount && (record.kind == .simple || record.kind == .offer)
            && record.id % 10 != 9
        {
            let product = infobase.products[Int(record.product)]
            let characteristic =
                record.variant < 0 ? -1 : product.characteristics.lowerBound + record.variant
            for warehouse in Warehouse.allCases
            where !isKept(record.product, characteristic, warehouse) {
                var random = KeySpace.stock.random(
                    Int(record.id) * 4 + Int(warehouse.rawValue), purpose: 14, seed: seed)
                guard random.chance(0.1) else { continue }
                let id = record.id * 8 + Int64(warehouse.rawValue)
                portal.stock.append(
                    StoreProduct(
                        id: id, productID: record.id, product: Int32(place),
                        warehouse: warehouse, amount: 0, reserved: 0))
                note(
                    .missing, "stock", nil, .left, Concerned(nil, [id]), "empty_row",
                    isRequired: false)
            }
        }
    }
}
