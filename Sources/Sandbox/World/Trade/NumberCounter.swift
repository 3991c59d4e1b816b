/// Gives out the numbers of one kind of document, anew each year and for each own firm.
struct NumberCounter {
    private var counts: [Int: UInt32] = [:]

    /// The next number of a firm in the year of a date.
    mutating func next(firm: UInt8, at date: UInt32) -> DocumentNumber {
        let slot = Moment.year(date) * 8 + Int(firm)
        counts[slot, default: 0] += 1
        return DocumentNumber(firm: firm, sequence: counts[slot] ?? 1)
    }
}
