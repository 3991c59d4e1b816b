public import Records

extension LinkageEngine {
    /// What tells one set of records from another: sixteen hexadecimal digits.
    ///
    /// - Parameters:
    ///   - left: The records of one source, in any order.
    ///   - right: Those of the other.
    /// - Returns: Equal for equal ids and values on both sides.
    /// - Complexity: O(letters of all values).
    public static func fingerprint(left: [Record], right: [Record]) -> String {
        // A sum does not depend on the order of the rows.
        let sums = [left, right].map { records in
            records.reduce(UInt64(records.count)) { $0 &+ hash($1) }
        }
        let digits = String(StableHash.of(sums[0], sums[1]), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func hash(_ record: Record) -> UInt64 {
        var hash = StableHash.of(record.id.rawValue.utf8)
        for (place, field) in record.fields.enumerated() {
            guard let field else { continue }
            hash = StableHash.of(hash, StableHash.of(field.plainText.utf8, seed: UInt64(place)))
        }
        return hash
    }
}
