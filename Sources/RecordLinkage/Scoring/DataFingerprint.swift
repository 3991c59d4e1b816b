public import Records

extension LinkageEngine {
    /// What tells one set of records from another: sixteen hexadecimal digits.
    ///
    /// - Parameters:
    ///   - left: The records of one source, in any order.
    ///   - right: Those of the other.
    /// - Returns: Equal for equal ids and values on both sides.
    /// - Complexity: O(letters of all values).
    public static func fingerprint(left: RecordTable, right: RecordTable) -> String {
        // A sum does not depend on the order of the rows.
        let sums = [left, right].map { table in
            (0..<table.count).reduce(UInt64(table.count)) { $0 &+ hash(table, $1) }
        }
        let digits = String(StableHash.of(sums[0], sums[1]), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// What tells one set of records from another, as ``fingerprint(left:right:)-(RecordTable,_)``.
    public static func fingerprint(left: [Record], right: [Record]) -> String {
        fingerprint(left: table(left), right: table(right))
    }

    private static func table(_ records: [Record]) -> RecordTable {
        RecordTable(records, fieldCount: records.map(\.fields.count).max() ?? 0)
    }

    private static func hash(_ table: RecordTable, _ row: Int) -> UInt64 {
        var hash = StableHash.of(table.id(row))
        for field in 0..<table.fieldCount {
            let cell = table.cell(row, field)
            guard !cell.isEmpty else { continue }
            hash = StableHash.of(hash, StableHash.of(cell, seed: UInt64(field)))
        }
        return hash
    }
}
