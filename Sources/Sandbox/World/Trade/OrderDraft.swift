/// An order with its lines and what the portal says of it, before any of it is kept.
struct OrderDraft {
    var left: CustomerOrder
    var lines: [OrderLine]
    var right: Deal
    var rows: [DealRow]

    /// The records concerned.
    var pair: TradeBuilder.Concerned { TradeBuilder.Concerned([left.key], [right.id]) }

    /// Recomputes the deal's amounts from its rows.
    mutating func sumRows() {
        right.opportunity = rows.reduce(0) { $0 + $1.sum }
        right.taxValue = rows.reduce(0) { $0 + $1.vatSum }
    }

    /// Takes away every link from the portal's record.
    mutating func unlink() {
        right.origin = nil
        right.userFieldOrigin = nil
        left.dealID = 0
    }
}

/// Gives out the numbers of orders, anew each year and for each own firm.
struct NumberCounter {
    private var counts: [Int: UInt32] = [:]

    /// The next number of a firm in the year of a date.
    mutating func next(firm: UInt8, at date: UInt32) -> DocumentNumber {
        let slot = Moment.year(date) * 8 + Int(firm)
        counts[slot, default: 0] += 1
        return DocumentNumber(firm: firm, sequence: counts[slot] ?? 1)
    }
}
