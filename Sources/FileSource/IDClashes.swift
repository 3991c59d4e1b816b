internal import Collection
public import Records

/// Records that were left out because another one before them has the same id.
public struct IDClashes: Hashable, Sendable {
    /// How many there are.
    public private(set) var count = 0
    /// The id of the first of them; `nil` where there is none.
    public private(set) var firstID: RecordID?

    /// Makes none.
    init() {}

    /// Takes one more.
    mutating func add(_ id: RecordID) {
        count += 1
        if firstID == nil { firstID = id }
    }

    /// Takes those of another place.
    mutating func add(_ others: IDClashes) {
        count += others.count
        if firstID == nil { firstID = others.firstID }
    }
}

extension CertificateBuilder {
    /// Notes what was left out for its id, which speaks against completeness: it may be the one that is
    /// missed.
    mutating func count(_ clashes: IDClashes) {
        guard let id = clashes.firstID else { return }
        for _ in 0..<clashes.count { countNote("id_of_another") }
        doubt(
            .partial(
                detail: "\(clashes.count) records were left out because another one before them "
                    + "has the same id ('\(id)', for one). Give each record an id of its own"))
    }
}
