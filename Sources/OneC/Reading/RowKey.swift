internal import Collection
internal import Records

/// The key of a row in sixteen bytes, to know it again.
///
/// A reference is kept as it is; any other key, of one part or several, as a hash of 128 bits: among a
/// hundred million keys two fall together with a probability below 10⁻²².
struct RowKey: Hashable {
    let bits: UInt128

    init(_ text: String) { bits = IdentitySet.number(of: text) ?? Self.hash(CollectionOfOne(text)) }

    init(_ parts: [String]) { bits = Self.hash(parts) }

    private static func hash(_ parts: some Sequence<String>) -> UInt128 {
        var hash = FNV1a128()
        for part in parts { hash.addPart(part) }
        return hash.value
    }

    func hash(into hasher: inout Hasher) {
        // Half of the bits spread the keys; all of them tell two apart.
        hasher.combine(UInt64(truncatingIfNeeded: bits ^ bits >> 64))
    }
}
