/// The fewest insertions, deletions, substitutions and swaps of neighbours that turn one text into
/// another, no part being edited twice (optimal string alignment).
///
/// Bit-parallel for patterns of up to 64 letters: all cells of a column of the classical table are
/// bits of one word. Source: H. Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and
/// Damerau Edit Distances", Nordic Journal of Computing 10 (2003), pp. 29–39.
struct EditDistance: ~Copyable {
    /// For each letter, the places in the pattern where it stands; zeroed again after use.
    private let places: UnsafeMutablePointer<UInt64>

    init() {
        places = .allocate(capacity: 256)
        places.initialize(repeating: 0, count: 256)
    }

    deinit { places.deallocate() }

    /// The longest text that can be compared.
    static let longest = 64

    /// The distance; texts of more than 64 letters are cut.
    func distance(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let (pattern, text) = (Self.cut(left), Self.cut(right))
        guard !pattern.isEmpty, !text.isEmpty else { return max(pattern.count, text.count) }
        var bit: UInt64 = 1
        for letter in pattern {
            places[Int(letter)] |= bit
            bit &<<= 1
        }
        defer { for letter in pattern { places[Int(letter)] = 0 } }
        var distance = pattern.count
        let last = UInt64(pattern.count - 1)
        var (vp, vn, d0, previous) = (~UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        for letter in text {
            let matches = places[Int(letter)]
            let swapped = ((~d0 & matches) &<< 1) & previous
            d0 = (((matches & vp) &+ vp) ^ vp) | matches | vn | swapped
            var hp = vn | ~(d0 | vp)
            var hn = d0 & vp
            distance += Int((hp &>> last) & 1)
            distance -= Int((hn &>> last) & 1)
            hp = (hp &<< 1) | 1
            hn = hn &<< 1
            vp = hn | ~(d0 | hp)
            vn = hp & d0
            previous = matches
        }
        return distance
    }

    /// Jaro–Winkler similarity, 0 to 1; texts of more than 64 letters are cut.
    ///
    /// Source: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
    /// Fellegi–Sunter Model of Record Linkage" (1990); prefix of up to four letters, weight 0.1.
    func jaroWinkler(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Double {
        let (a, b) = (Self.cut(left), Self.cut(right))
        guard !a.isEmpty, !b.isEmpty else { return a.isEmpty && b.isEmpty ? 1 : 0 }
        var bit: UInt64 = 1
        for letter in a {
            places[Int(letter)] |= bit
            bit &<<= 1
        }
        defer { for letter in a { places[Int(letter)] = 0 } }
        let reach = max(0, max(a.count, b.count) / 2 - 1)
        var (takenA, takenB) = (UInt64(0), UInt64(0))
        var window = Self.ones(min(64, reach + 1))
        for (index, letter) in b.enumerated() {
            let free = places[Int(letter)] & window & ~takenA
            if free != 0 {
                takenA |= free & (0 &- free)
                takenB |= 1 &<< UInt64(index)
            }
            window = index < reach ? (window &<< 1) | 1 : window &<< 1
        }
        let matches = takenA.nonzeroBitCount
        guard matches > 0 else { return 0 }
        var (restA, restB, transposed) = (takenA, takenB, 0)
        while restB != 0 {
            let first = a[restA.trailingZeroBitCount]
            let second = b[restB.trailingZeroBitCount]
            if first != second { transposed += 1 }
            restA &= restA &- 1
            restB &= restB &- 1
        }
        let m = Double(matches)
        let jaro =
            (m / Double(a.count) + m / Double(b.count) + (m - Double(transposed / 2)) / m) / 3
        var common = 0
        for (first, second) in zip(a.prefix(4), b) {
            guard first == second else { break }
            common += 1
        }
        return jaro + Double(common) * 0.1 * (1 - jaro)
    }

    private static func cut(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.baseAddress, count: min(text.count, longest))
    }

    private static func ones(_ count: Int) -> UInt64 {
        count >= 64 ? ~0 : (1 &<< UInt64(count)) &- 1
    }
}
