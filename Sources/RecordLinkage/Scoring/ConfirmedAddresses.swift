internal import Records

/// Addresses that stand in more than one record, and so are no slips.
///
/// Two records that pass for one thing, each with an address that others have as well, are likely two
/// branches: one thing in two places would have one of the two addresses by mistake, and rarely the
/// same mistake twice. Where no keys tell relatives, these do.
struct ConfirmedAddresses: Sendable {
    private let comparison: Int
    /// House and rarest word of each record's address, as one number; 0 where it is not confirmed.
    private let confirmed: [UInt64]

    /// Levels from here on are no agreement to the house.
    private static let firstLevelOfStreets: UInt16 = 3

    /// - Returns: `nil` when no addresses are compared.
    init?(_ prepared: PreparedLinkage) {
        let comparisons = prepared.comparisons
        guard let index = comparisons.firstIndex(where: { $0 is AddressComparison }),
            let addresses = comparisons[index] as? AddressComparison
        else { return nil }
        comparison = index
        let keys = (0..<prepared.records.count).map { Self.key($0, addresses.column) }
        var counts: [UInt64: Int] = [:]
        for key in keys where key != 0 { counts[key, default: 0] += 1 }
        confirmed = keys.map { counts[$0, default: 0] > 1 ? $0 : 0 }
    }

    private static func key(_ record: Int, _ column: AddressColumn) -> UInt64 {
        let variants = column.variants(of: record)
        guard variants.count == 1 else { return 0 }
        let variant = column.variants[variants.lowerBound]
        guard variant.house != TextTable.none else { return 0 }
        let bits = column.frequencies.plainBits
        let rarest = column.places(of: variant).max { first, second in
            (bits[Int(first)], first) < (bits[Int(second)], second)
        }
        return rarest.map { UInt64(variant.house) << 32 | UInt64($0) + 1 } ?? 0
    }

    /// Whether two records have different addresses, both confirmed.
    func areApart(
        _ first: Int, _ second: Int, _ cells: UnsafeBufferPointer<UInt16>.SubSequence
    ) -> Bool {
        let level = cells[cells.startIndex + comparison] >> 8
        guard level >= Self.firstLevelOfStreets, level < 255 else { return false }
        let (a, b) = (confirmed[first], confirmed[second])
        // The same house in streets that are written differently is no other place.
        return a != 0 && b != 0 && a >> 32 != b >> 32
    }
}
