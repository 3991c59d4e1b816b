extension World {
    /// The same two systems a day later.
    ///
    /// About one counterparty in a hundred has moved on, on both sides alike; some planted errors
    /// were mended and some new ones made. Ids stay.
    public func next(seed: UInt64) -> World {
        var options = options
        options.changes.append(seed)
        return World(options)
    }

    /// The same two systems, one of which lost a share of its records overnight.
    ///
    /// What is planted stays listed as it was, although some of its records are gone.
    public func dropping(_ share: Double, from side: PlantedError.Side) -> World {
        func stays(_ id: UInt64) -> Bool {
            var random = RandomSource(seed: options.seed, stream: id)
            return !random.chance(share)
        }
        let isLeft = side == .left
        let kept = Set(
            companies.lazy.filter { isLeft || stays(UInt64($0.id)) }.map(\.id))
        return World(
            options: options, plantedErrors: plantedErrors,
            counterparties: counterparties.filter { !isLeft || stays($0.key.low) },
            companies: companies.filter { kept.contains($0.id) },
            requisites: requisites.filter { kept.contains($0.companyID) },
            addresses: addresses.filter { kept.contains($0.companyID) },
            infobase: infobase, portal: portal, operations: operations)
    }
}
