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
    /// In how many records at hand each value stands, on both sides together.
    let counts: Frozen<UInt32>
    /// The same among the records that the rarity of values was learnt from.
    let expected: Frozen<UInt32>
    /// Whether at most one record of each side has the value.
    let isUniquePerSide: Frozen<Bool>
    /// What is worth of a value that was seen once, or never.
    let single: Single

    /// The bits of a value seen once at most.
    struct Single: Hashable, Sendable, Codable {
        var bits: Float
        var plainBits: Float
    }

    /// Counts values.
    ///
    /// - Parameters:
    ///   - counted: In how many records each value stands.
    ///   - hashes: The hashes of the values.
    ///   - known: The rarity of values as it was learnt before; `nil` to learn it from these records.
    init(_ counted: SideCounts, hashes: [UInt64], known: KnownFrequencies?) {
        let (left, right) = (counted.left, counted.right)
        let counts = zip(left, right).map { $0 + $1 }
        self.counts = Frozen(counts)
        isUniquePerSide = Frozen(zip(left, right).map { $0 <= 1 && $1 <= 1 })
        guard let known else {
            let learnt = Self.learnt(counted)
            (bits, plainBits, single) = (Frozen(learnt.bits), Frozen(learnt.plain), learnt.single)
            expected = Frozen(counts)
            return
        }
        single = known.single
        var (bits, plain, expected) = ([Float](), [Float](), [UInt32]())
        for hash in hashes {
            let place = known.place(of: hash)
            bits.append(place.map { known.bits[$0] } ?? known.single.bits)
            plain.append(place.map { known.plainBits[$0] } ?? known.single.plainBits)
            expected.append(place.map { known.counts[$0] } ?? 1)
        }
        (self.bits, plainBits, self.expected) = (Frozen(bits), Frozen(plain), Frozen(expected))
    }

    private static func learnt(
        _ counted: SideCounts
    ) -> (bits: [Float], plain: [Float], single: Single) {
        let discounts = (discount(counted.left), discount(counted.right))
        func bits(_ left: UInt32, _ right: UInt32, discounted: Bool) -> Float {
            let (first, second) = discounted ? discounts : (0, 0)
            let share = max(
                share(left, first, counted.leftTotal), share(right, second, counted.rightTotal))
            return Float(-log2(max(share, 1e-12)))
        }
        // Of a value that is not known it cannot be said on which side it was seen.
        let single = Single(
            bits: bits(1, 1, discounted: true), plainBits: bits(1, 1, discounted: false))
        var (found, plain) = ([Float](), [Float]())
        found.reserveCapacity(counted.left.count)
        plain.reserveCapacity(counted.left.count)
        for (left, right) in zip(counted.left, counted.right) {
            guard left + right > 1 else {
                found.append(single.bits)
                plain.append(single.plainBits)
                continue
            }
            found.append(bits(left, right, discounted: true))
            plain.append(bits(left, right, discounted: false))
        }
        return (found, plain, single)
    }

    /// A value seen once counts at least this.
    private static let least = 0.05

    private static func share(_ count: UInt32, _ discount: Double, _ total: Int) -> Double {
        guard count > 0, total > 0 else { return 0 }
        return max(least, Double(count) - discount) / Double(total)
    }

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

/// In how many records of each side values stand.
struct SideCounts {
    /// By the value's number.
    var left: [UInt32]
    var right: [UInt32]
    /// How many left records have a value.
    var leftTotal: Int
    /// How many right records have one.
    var rightTotal: Int
}

/// Counts in how many records values stand; a record that has one several times counts once.
struct SideCounter {
    private(set) var counts: SideCounts
    /// By the value's number, the record that it was seen in last.
    private var last: [UInt32]

    init(values: Int) {
        let none = [UInt32](repeating: 0, count: values)
        counts = SideCounts(left: none, right: none, leftTotal: 0, rightTotal: 0)
        last = [UInt32](repeating: .max, count: values)
    }

    /// Counts a record that has any value.
    mutating func addRecord(isLeft: Bool) {
        if isLeft { counts.leftTotal += 1 } else { counts.rightTotal += 1 }
    }

    /// Counts a value of a record; records come one after another.
    @inline(__always)
    mutating func add(_ value: UInt32, of record: Int, isLeft: Bool) {
        let value = Int(value)
        guard last[value] != UInt32(record) else { return }
        last[value] = UInt32(record)
        if isLeft { counts.left[value] += 1 } else { counts.right[value] += 1 }
    }
}
