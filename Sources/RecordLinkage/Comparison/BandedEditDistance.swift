/// The distance of ``EditDistance`` between texts that are too long for the bits of one word, as long as
/// it is short: of the classical table only the cells near the diagonal are filled.
///
/// Source: E. Ukkonen, "Algorithms for Approximate String Matching", Information and Control 64 (1985),
/// pp. 100–118.
enum BandedEditDistance {
    /// Longer texts are not compared: they would take some ten thousand times as long as a name.
    static let longest = 512

    /// The distance of two texts.
    ///
    /// - Parameters:
    ///   - left: The one text.
    ///   - right: The other.
    ///   - most: The greatest distance that is of interest, 0 or more.
    /// - Returns: `nil` when the distance is greater.
    /// - Complexity: O(length · `most`).
    static func distance(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, most: Int
    ) -> Int? {
        guard abs(left.count - right.count) <= most else { return nil }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        let far = most + 1
        // The rows of the letter before the last one, of the last one, and of the one at hand.
        // Made one by one: where they begin as copies of one array, the optimiser of Swift 6.3.1 writes
        // into all three at once.
        var before = [Int](repeating: far, count: right.count + 1)
        var last = [Int](repeating: far, count: right.count + 1)
        var row = [Int](repeating: far, count: right.count + 1)
        for j in 0...min(most, right.count) { last[j] = j }
        for i in 1...left.count {
            let (low, high) = (max(1, i - most), min(right.count, i + most))
            row[low - 1] = low == 1 ? min(i, far) : far
            for j in low...high {
                var least = min(last[j], row[j - 1]) + 1
                least = min(least, last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    least = min(least, before[j - 2] + 1)
                }
                row[j] = min(least, far)
            }
            if high < right.count { row[high + 1] = far }
            (before, last, row) = (last, row, before)
        }
        return last[right.count] <= most ? last[right.count] : nil
    }
}
