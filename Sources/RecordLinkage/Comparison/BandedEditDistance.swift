/// The distance of ``EditDistance`` between texts that are too long for the bits of one word, as long as
/// it is short: of the classical table only the cells near the diagonal are filled.
///
/// Source: E. Ukkonen, "Algorithms for Approximate String Matching", Information and Control 64 (1985),
/// pp. 100–118.
enum BandedEditDistance {
    /// Longer texts are not compared: they would take some ten thousand times as long as a name.
    static let longest = 512

    /// Rows of the table, used again from pair to pair.
    ///
    /// Cells outside the band keep what they had: none of them is read.
    struct Rows {
        /// The rows of the letter before the last one, of the last one, and of the one at hand.
        fileprivate var before: [Int] = []
        fileprivate var last: [Int] = []
        fileprivate var row: [Int] = []

        init() {}

        /// Makes room for a text and the cell before it.
        ///
        /// Each row is made by itself: where they begin as copies of one array, the optimiser of Swift
        /// 6.3.1 writes into all three at once.
        fileprivate mutating func makeRoom(for count: Int) {
            guard row.count <= count else { return }
            let room = max(count, BandedEditDistance.longest) + 1
            before = [Int](repeating: 0, count: room)
            last = [Int](repeating: 0, count: room)
            row = [Int](repeating: 0, count: room)
        }

        /// Goes on to the next letter.
        fileprivate mutating func advance() {
            swap(&before, &last)
            swap(&last, &row)
        }
    }

    /// The distance of two texts.
    ///
    /// - Parameters:
    ///   - left: The one text.
    ///   - right: The other.
    ///   - most: The greatest distance that is of interest, 0 or more.
    ///   - rows: Memory to work in.
    /// - Returns: `nil` when the distance is greater.
    /// - Complexity: O(length · `most`), and O(`most`²) for texts that have little in common.
    static func distance(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, most: Int,
        _ rows: inout Rows
    ) -> Int? {
        guard abs(left.count - right.count) <= most else { return nil }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        let far = most + 1
        rows.makeRoom(for: right.count)
        let edge = min(most, right.count)
        for j in 0...edge { rows.last[j] = j }
        if edge < right.count { rows.last[edge + 1] = far }
        var isNear = true
        for i in 1...left.count {
            let (low, high) = (max(1, i - most), min(right.count, i + most))
            var nearest = low == 1 ? min(i, far) : far
            rows.row[low - 1] = nearest
            for j in low...high {
                var least = min(rows.last[j], rows.row[j - 1]) + 1
                least = min(least, rows.last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    least = min(least, rows.before[j - 2] + 1)
                }
                least = min(least, far)
                rows.row[j] = least
                nearest = min(nearest, least)
            }
            if high < right.count { rows.row[high + 1] = far }
            // Letters that were swapped reach over one row: two of them end it.
            let wasNear = isNear
            isNear = nearest < far
            guard isNear || wasNear else { return nil }
            rows.advance()
        }
        return rows.last[right.count] <= most ? rows.last[right.count] : nil
    }
}
