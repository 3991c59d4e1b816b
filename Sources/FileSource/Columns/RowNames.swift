internal import Records

/// Gives ids to rows that have none of their own: a hash of what they say, and a number where the
/// same is said again.
///
/// A row keeps its id when its file is renamed or cut at the front, as journals are.
struct RowNames {
    private var seen: [UInt128: Int] = [:]

    /// The id of the next row with such texts.
    mutating func name(of texts: some Sequence<String>) -> String {
        var hash = ContentHash()
        for text in texts { hash.addPart(text) }
        let count = seen[hash.value, default: 0] + 1
        seen[hash.value] = count
        let digits = String(hash.value, radix: 16)
        let padded = String(repeating: "0", count: 32 - digits.count) + digits
        return count == 1 ? padded : "\(padded)-\(count)"
    }
}
