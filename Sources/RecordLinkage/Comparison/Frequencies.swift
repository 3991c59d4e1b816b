import Foundation

/// How frequent values are, as bits of information in an agreement on one of them.
///
/// Agreement of two different things on a value is as probable as the value is frequent. Counts
/// are discounted as in absolute discounting: most values seen once are never seen again with
/// another owner, and how many is told by the share of values seen twice. Sides are counted apart,
/// and the side where a value is more frequent speaks.
struct Frequencies: Sendable {
    /// Bits of information by the number of the value.
    let bits: Frozen<Float>
    /// The same without discount: for values that are only similar.
    let plainBits: Frozen<Float>
    /// In how many records each value stands, on both sides together.
    let counts: Frozen<UInt32>
    /// Whether at most one record of each side has the value.
    let isUniquePerSide: Frozen<Bool>

    /// Counts values.
    ///
    /// - Parameters:
    ///   - leftCounts: In how many left records each value stands.
    ///   - rightCounts: In how many right records.
    ///   - leftTotal: How many left records have a value.
    ///   - rightTotal: How many right records have one.
    init(leftCounts: [UInt32], rightCounts: [UInt32], leftTotal: Int, rightTotal: Int) {
        counts = Frozen(zip(leftCounts, rightCounts).map { $0 + $1 })
        isUniquePerSide = Frozen(zip(leftCounts, rightCounts).map { $0 <= 1 && $1 <= 1 })
        let (left, right) = (Self.discount(leftCounts), Self.discount(rightCounts))
        func share(_ count: UInt32, _ discount: Double, _ total: Int) -> Double {
            guard count > 0, total > 0 else { return 0 }
            return max(Self.least, Double(count) - discount) / Double(total)
        }
        var (bits, plainBits) = ([Float](), [Float]())
        bits.reserveCapacity(counts.count)
        plainBits.reserveCapacity(counts.count)
        for (l, r) in zip(leftCounts, rightCounts) {
            let discounted = max(share(l, left, leftTotal), share(r, right, rightTotal))
            let plain = max(share(l, 0, leftTotal), share(r, 0, rightTotal))
            bits.append(Float(-log2(max(discounted, 1e-12))))
            plainBits.append(Float(-log2(max(plain, 1e-12))))
        }
        self.bits = Frozen(bits)
        self.plainBits = Frozen(plainBits)
    }

    /// A value seen once counts at least this.
    private static let least = 0.05

    private static func discount(_ counts: [UInt32]) -> Double {
        var (once, twice) = (0.0, 0.0)
        for count in counts {
            if count == 1 { once += 1 }
            if count == 2 { twice += 1 }
        }
        return once > 0 ? once / (once + 2 * twice) : 0
    }

    /// Bits of information in something of a share.
    static func bits(ofShare share: Float) -> Float { max(0, -log2(share)) }
}
