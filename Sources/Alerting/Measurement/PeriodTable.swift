/// The periods in which anything was measured, each with a place in arrays of values.
///
/// Rules ask for the same periods over and over; a place is found by one look into an array.
struct PeriodTable: Hashable, Sendable {
    private let first: Int
    /// The place of each period from the first on; -1 for one in which nothing was measured.
    private let places: [Int32]
    /// The periods by their places, ascending.
    let periods: [Int]

    /// Makes a table of periods in any order, each as often as it comes.
    init(_ found: some Sequence<Int>) {
        periods = Set(found).sorted()
        first = periods.first ?? 0
        var places = [Int32](repeating: -1, count: (periods.last ?? first - 1) - first + 1)
        for (place, period) in periods.enumerated() { places[period - first] = Int32(place) }
        self.places = places
    }

    /// The place of a period; `nil` when nothing was measured in it.
    func place(of period: Int) -> Int? {
        let index = period - first
        guard places.indices.contains(index), places[index] >= 0 else { return nil }
        return Int(places[index])
    }
}
