/// The published sets of an infobase, by name.
final class Catalogue: Sendable {
    let sets: [any ODataSet]
    private let byName: [String: any ODataSet]

    init(_ sets: [any ODataSet]) {
        self.sets = sets
        byName = Dictionary(sets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: some StringProtocol) -> (any ODataSet)? { byName[String(name)] }

    /// What a person sees of an object that a reference leads to; empty when it leads nowhere.
    func presentation(of key: GUID, in set: String?) -> String {
        guard let set = set.flatMap({ self[$0] }), let row = set.orders.row(of: key, in: set) else {
            return ""
        }
        return set.presentation(at: row)
    }
}
