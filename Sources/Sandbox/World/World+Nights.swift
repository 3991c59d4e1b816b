extension World {
    /// The same two systems a day later.
    ///
    /// About one record in a hundred has moved on, on both sides alike (of the stock, one in
    /// twenty); some planted errors were mended and some new ones made; new orders came. Ids stay.
    public func next(seed: UInt64) -> World {
        var options = options
        options.changes.append(seed)
        return World(options)
    }

    /// The same two systems, one of which lost a share of its records overnight.
    ///
    /// Counterparties, contacts, prices, stock and 1C's receipts go; what other records point at
    /// by place (products, orders, deals) stays. What is planted stays listed as it was, although
    /// some of its records are gone.
    public func dropping(_ share: Double, from side: PlantedError.Side) -> World {
        func stays(_ id: UInt64) -> Bool {
            var random = RandomSource(seed: options.seed, stream: id)
            return !random.chance(share)
        }
        let isLeft = side == .left
        let kept = Set(
            companies.lazy.filter { isLeft || stays(UInt64($0.id)) }.map(\.id))
        var (infobase, portal) = (infobase, portal)
        if isLeft {
            infobase.contacts.removeAll { !stays($0.key.low) }
            infobase.receipts.removeAll { !stays($0.key.low) }
            infobase.prices.removeAll { !stays(UInt64($0.product) << 8 | UInt64($0.kind.rawValue)) }
            infobase.stock.removeAll {
                !stays(UInt64($0.product) << 8 | UInt64($0.warehouse.rawValue))
            }
        } else {
            portal.contacts.removeAll { !stays(UInt64($0.id)) }
            portal.prices.removeAll { !stays(UInt64($0.id)) }
            portal.stock.removeAll { !stays(UInt64($0.id)) }
        }
        return World(
            options: options, plantedErrors: plantedErrors,
            counterparties: counterparties.filter { !isLeft || stays($0.key.low) },
            companies: companies.filter { kept.contains($0.id) },
            requisites: requisites.filter { kept.contains($0.companyID) },
            addresses: addresses.filter { kept.contains($0.companyID) },
            infobase: infobase, portal: portal, operations: operations)
    }
}
